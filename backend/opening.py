"""What the server and the console begin with: the record that the settings name, and people whom no caller makes.

Apart from `app.py`, so that a command that only needs the record starts without the doors.
"""

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from backend import errors
from backend.domain.access import Role
from backend.domain.ids import new_id
from backend.domain.users import User
from backend.settings import Settings
from backend.storage.record import Record, open_record

FIRST_ADMIN: Final = "admin"

Clock = Callable[[], float]


def open_record_of(settings: Settings, clock: Clock) -> AbstractAsyncContextManager[Record]:
    return open_record(settings.database, settings.folder, settings.key_file, clock)


async def ensure_user(record: Record, role: Role, name: str, *, plus: bool, clock: Clock = time.time) -> User:
    """The user of that name that was made at the console; made now if there is none."""
    found = await record.users.by_name_at_console(name)
    if found is not None:
        if (found.role, found.plus) != (role, plus or role == "admin"):
            raise errors.AlreadyExists(
                f"There is already a user {name!r}: {found.role}, {'with' if found.plus else 'without'} Plus. "
                "Take another name."
            )
        return found
    now = clock()
    user = User(new_id(now), name, role, plus or role == "admin", None, None, int(now * 1_000_000))
    await record.users.create(user)
    return user


def sign_in_link(settings: Settings, base_url: str, secret: str) -> str:
    """The secret stands behind the `#`, so that no server and no log on the way sees it."""
    return f"{base_url}{settings.paths.sign_in}#link={secret}"

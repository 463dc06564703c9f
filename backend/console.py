"""What the command line asks of the record, or of the server that holds it."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend import errors
from backend.domain.access import Role
from backend.gateway.console import ask
from backend.gateway.identity import LINK_SECONDS, Identity
from backend.gateway.integrity import verify_all
from backend.opening import FIRST_ADMIN, ensure_user, open_record_of, sign_in_link
from backend.settings import Settings


def issue_key_at_console(settings: Settings, role: Role, name: str, plus: bool) -> str:
    """A key for the user of that name, made if there is none; the key is shown once."""

    async def issue() -> str:
        async with open_record_of(settings, time.time) as record:
            user = await ensure_user(record, role, name, plus=plus)
            return await Identity(record.keys, record.pepper, time.time).mint(user.id, "key", "made at the console")

    return asyncio.run(issue())


def link_at_console(settings: Settings, name: str | None) -> str:
    """A one-time link that signs a browser in as the user of that name, by default the first admin."""

    async def link() -> str:
        async with open_record_of(settings, time.time) as record:
            if name is None:
                user = await ensure_user(record, "admin", FIRST_ADMIN, plus=True)
            else:
                found = await record.users.by_name_at_console(name)
                if found is None:
                    raise errors.NotFound(f"There is no user {name!r} that was made at the console.")
                user = found
            secret = await Identity(record.keys, record.pepper, time.time).mint(user.id, "link", "link", LINK_SECONDS)
            return sign_in_link(settings, settings.base_url, secret)

    return asyncio.run(link())


def asked_at_console(settings: Settings, request: Mapping[str, Any]) -> dict[str, Any]:
    """What the command line asks: done by the server that holds the record or, without one, here."""

    async def act() -> dict[str, Any]:
        try:
            async with open_record_of(settings, time.time) as record:
                record.claim()  # so that the doors are imported only where no server has them
            from backend.app import open_house

            async with open_house(settings) as house:
                return await house.console.perform(request)
        except errors.RecordInUse:
            async with open_record_of(settings, time.time) as record:
                return await ask(record.upkeep, record.sealing, request, time.time)

    return asyncio.run(act())


def public_keys_at_console(settings: Settings) -> dict[str, str]:
    """The public keys of receipts by their ids; the first one signs now."""

    async def read() -> dict[str, str]:
        async with open_record_of(settings, time.time) as record:
            return record.signing.public_keys()

    return asyncio.run(read())


def verify_at_console(settings: Settings, ids: Sequence[str] | None, tell: Callable[[str], None]) -> bool:
    """Whether these conversations, None for all, are as they were written; `tell` gets each line."""

    async def verify() -> bool:
        async with open_record_of(settings, time.time) as record:
            return await verify_all(record.receipts, ids, tell)

    return asyncio.run(verify())

"""Imports and exports at the console, which may run beside a server: what they write, it sees."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from backend import errors
from backend.domain.ids import USER, IdSource, parse_id
from backend.domain.transfers import ImportReport
from backend.domain.users import User
from backend.gateway.exports import Exports
from backend.gateway.identity import caller_of
from backend.gateway.imports import Imports, Progress
from backend.gateway.legacy import Legacy
from backend.opening import open_record_of
from backend.settings import Settings
from backend.storage.record import Record
from backend.storage.sealing import place_of_secret
from backend.storage.upkeep import DEFINITION

Tell = Callable[[str], None]
Show = Callable[[Progress], None]


def import_at_console(settings: Settings, file: Path, user: str, show: Show, tell: Tell) -> None:
    """A file of conversations, into the record of one user."""

    async def take() -> None:
        async with open_record_of(settings, time.time) as record:
            found = await user_named(record, user)
            caller = caller_of(found, 0, plus=found.plus)
            imports = Imports(record.transfers, IdSource(time.time))
            with opened(file) as source:
                await told(imports.take(caller, source), show, tell)

    asyncio.run(take())


def export_at_console(settings: Settings, user: str, form: str, conversation: str | None, into: BinaryIO) -> None:
    """All conversations of one user, or one alone."""

    async def give() -> None:
        async with open_record_of(settings, time.time) as record:
            found = await user_named(record, user)
            caller = caller_of(found, 0, plus=found.plus)
            exports = Exports(record.transfers, record.conversations, record.turns, time.time)
            export = await exports.file(caller, form, conversation)
            async for piece in export.pieces:
                into.write(piece)

    asyncio.run(give())


def import_legacy_at_console(
    settings: Settings, users: Path | None, conversations: Path | None, zone: tzinfo, show: Show, tell: Tell
) -> None:
    """The old server's users.json and conversations.json."""

    async def take() -> None:
        async with open_record_of(settings, time.time) as record:
            legacy = Legacy(record.users, record.keys, record.transfers, record.pepper, time.time, IdSource(time.time))
            if users is not None:
                for line in (await legacy.users(read_json(users))).lines():
                    tell(line)
            if conversations is not None:
                with opened(conversations) as source:
                    await told(legacy.conversations(source, zone, await accounts(settings, record)), show, tell)

    asyncio.run(take())


async def accounts(settings: Settings, record: Record) -> dict[str, int]:
    """The built-in accounts' ids by e-mail: those kept in the record, then those of the settings."""
    found: dict[str, int] = {}
    for account, sealed, key_id in await record.upkeep.definitions():
        with suppress(errors.RecordUnusable):
            place = place_of_secret(account.id, DEFINITION)
            values: dict[str, Any] = orjson.loads(record.sealing.open(DEFINITION, place, sealed, key_id))
            if isinstance(email := values.get("email"), str):
                found[email.strip().lower()] = account.id
    now = int(time.time() * 1_000_000)
    for defined in settings.accounts:
        if defined.kind == "chatgpt" and defined.email is not None:
            row = await record.accounts.ensure(defined.name, "chatgpt", defined.plus, None, None, now)
            found[defined.email.lower()] = row.id
    return found


async def user_named(record: Record, name: str) -> User:
    """By id, or by the name of one that was made at the console."""
    number = parse_id(USER, name)
    found = None if number is None else await record.users.by_id(number)
    found = found or await record.users.by_name_at_console(name)
    if found is None:
        raise errors.NotFound(
            f"There is no user {name!r}: give an id, or the name of one that was made at the console."
        )
    return found


async def told(lines: AsyncGenerator[Progress | ImportReport, None], show: Show, tell: Tell) -> None:
    async for said in lines:
        if isinstance(said, Progress):
            show(said)
        else:
            for line in said.lines():
                tell(line)


def opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise errors.InvalidInput(f"{file} cannot be read: {error.strerror}.") from None


def read_json(file: Path) -> object:
    with opened(file) as source:
        try:
            return orjson.loads(source.read())
        except orjson.JSONDecodeError as error:
            raise errors.InvalidInput(f"{file} is not JSON: {error}.") from None

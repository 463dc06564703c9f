"""The commands that bring conversations in and out.  What a command needs is imported inside it."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from backend.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import tzinfo

    from backend.settings import Settings


class MakeCommand(Protocol):
    def __call__(
        self, commands: Any, name: str, sentence: str, run: Callable[[argparse.Namespace], None]
    ) -> argparse.ArgumentParser: ...


Load = Callable[[argparse.Namespace], "Settings"]


def add_commands(commands: Any, command: MakeCommand, load: Load) -> None:
    importing = command(commands, "import", "import a file of conversations for a user", of(import_file, load))
    importing.add_argument("file", type=Path, metavar="FILE", help="ChatGPT's export, its ZIP, or one of this server's")
    importing.add_argument("--user", required=True, help="whose they become: an id, or a name from the console")

    exporting = command(commands, "export", "write a user's conversations to a file", of(export_file, load))
    exporting.add_argument("--user", required=True, help="whose they are: an id, or a name from the console")
    exporting.add_argument("--format", choices=("markdown", "json", "chatgpt"), default="json")
    exporting.add_argument("--conversation", metavar="ID", help="this one alone")
    exporting.add_argument("--write", type=Path, metavar="FILE", help="a new file; stdout unless given")

    legacy = command(commands, "import-legacy", "take over what the old server left", of(import_legacy, load))
    legacy.add_argument("--users", type=Path, metavar="FILE", help="its users.json: users with their keys")
    legacy.add_argument("--conversations", type=Path, metavar="FILE", help="its conversations.json")
    legacy.add_argument("--settings-json", type=Path, metavar="FILE", help="its settings.json, as a settings.yaml")
    legacy.add_argument("--write", type=Path, metavar="FILE", help="where that goes, a new file; stdout unless given")
    legacy.add_argument("--time-zone", default="UTC", help="of the old server's clock, as in Europe/Berlin; UTC unless")


def of(run: Callable[[argparse.Namespace, Load], None], load: Load) -> Callable[[argparse.Namespace], None]:
    return lambda asked: run(asked, load)


def import_file(asked: argparse.Namespace, load: Load) -> None:
    settings = load(asked)
    from backend import console_transfers

    console_transfers.import_at_console(settings, asked.file, asked.user, show, print)


def export_file(asked: argparse.Namespace, load: Load) -> None:
    settings = load(asked)
    from backend import console_transfers

    if asked.write is None:
        console_transfers.export_at_console(settings, asked.user, asked.format, asked.conversation, sys.stdout.buffer)
        return
    with new_file(asked.write) as file:
        console_transfers.export_at_console(settings, asked.user, asked.format, asked.conversation, file)


def import_legacy(asked: argparse.Namespace, load: Load) -> None:
    """The settings come first: with what they carry over, the conversations find their accounts."""
    if not (asked.users or asked.conversations or asked.settings_json):
        raise InvalidInput("Say what to import: --users, --conversations, --settings-json, or several of them.")
    from backend import console_transfers

    zone = zone_of(asked.time_zone)
    if asked.settings_json is not None:
        from backend.settings.legacy import carried_over

        text, notes = carried_over(console_transfers.read_json(asked.settings_json))
        if asked.write is None:
            print(text, end="")
        else:
            with new_file(asked.write) as file:
                file.write(text.encode())
            print(f"{asked.write} is written.")
        for note in notes:
            print(f"Not taken over: {note}", file=sys.stderr)
    if asked.users or asked.conversations:
        settings = load(asked)
        console_transfers.import_legacy_at_console(settings, asked.users, asked.conversations, zone, show, print)


def new_file(path: Path) -> Any:
    """A file that was not there before and that its owner alone may read."""
    import os

    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise InvalidInput(f"{path} is there already, and stays as it is. Name a new file.") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.") from None


def zone_of(name: str) -> "tzinfo":
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise InvalidInput(f"There is no time zone {name!r}: one reads like Europe/Berlin.") from None


def show(progress: Any) -> None:
    """On a terminal alone: how far it is."""
    if sys.stderr.isatty():
        share = 100 * progress.done // max(1, progress.total)
        print(f"\r{share:>3} %", end="\n" if progress.done >= progress.total else "", file=sys.stderr, flush=True)

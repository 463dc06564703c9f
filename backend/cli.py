"""The command line.  What a command needs is imported inside it, so that each starts fast."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backend.errors import ProductError, SettingsInvalid

if TYPE_CHECKING:
    from backend.settings import Settings

Command = Callable[[argparse.Namespace], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command.  What a person can do something about is said in a sentence on stderr, with exit code 1."""
    parser = parser_of_commands()
    asked = parser.parse_args(arguments)
    if "run" not in asked:
        parser.print_help(sys.stderr)
        sys.exit(2)
    run: Command = asked.run
    try:
        run(asked)
    except ProductError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def parser_of_commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend", description="A chat server for shared ChatGPT accounts.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    serving = _command(commands, "serve", "serve the app and the doors for programs", serve)
    serving.add_argument("--host", help="listen on this address rather than the settings'")
    serving.add_argument("--port", type=_port, help="listen on this port rather than the settings'; 0 takes a free one")

    keys = commands.add_parser("keys", help="issue keys and sign-in links")
    of_keys = keys.add_subparsers(title="commands", metavar="COMMAND", required=True)
    issuing = _command(of_keys, "issue", "make a user and print its key, alone on stdout", issue_key)
    issuing.add_argument("--role", choices=("admin", "client", "user"), required=True)
    issuing.add_argument("--name", required=True, help="the user's name")
    issuing.add_argument("--plus", action="store_true", help="allow Plus accounts")
    linking = _command(of_keys, "link", "print a one-time link that signs a browser in", print_link)
    linking.add_argument("--name", help="the user's name; without it the first admin")

    verifying = _command(commands, "verify", "prove by its receipts that a conversation is as it was written", verify)
    verifying.add_argument("conversation", nargs="*", help="the conversation's id")
    verifying.add_argument("--all", action="store_true", help="verify every conversation, removed ones too")
    verifying.add_argument("--public-key", action="store_true", help="print the keys that sign; the first signs now")

    _command(commands, "check-settings", "list every mistake in the settings", check_settings)
    _command(commands, "schema", "print the GraphQL schema", print_schema, with_settings=False)
    rehearsing = _command(commands, "rehearse", "run the rehearsal upstream by itself", rehearse, with_settings=False)
    rehearsing.add_argument("--port", type=_port, default=0, help="0, the default, takes a free one")
    return parser


def serve(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import serving

    serving.serve(settings, asked.host, asked.port)


def issue_key(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import app

    print(app.issue_key_at_console(settings, asked.role, asked.name, asked.plus))


def print_link(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import app

    print(app.link_at_console(settings, asked.name))


def verify(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import app

    if asked.public_key:
        for id, key in app.public_keys_at_console(settings).items():
            print(f"ed25519 {id} {key}")
        return
    if bool(asked.conversation) == asked.all:
        sys.exit("Say which conversation, by its id, or --all.")
    if not app.verify_at_console(settings, None if asked.all else asked.conversation, print):
        sys.exit(1)


def check_settings(asked: argparse.Namespace) -> None:
    try:
        settings = _settings(asked)
    except SettingsInvalid as error:
        print(error)
        sys.exit(1)
    names = ", ".join(f"{account.name} ({account.kind})" for account in settings.accounts) or "none"
    print(f"{asked.settings}: everything in it is fine")
    print(f"accounts: {names}")
    print(f"reach: {settings.reach}, at {settings.base_url}")


def print_schema(_: argparse.Namespace) -> None:
    from backend.api.graphql import schema

    print(schema.sdl().rstrip("\n"))


def rehearse(asked: argparse.Namespace) -> None:
    import asyncio

    from backend.upstream import rehearsal

    asyncio.run(rehearsal.rehearse(asked.port))


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    sentence: str,
    run: Command,
    *,
    with_settings: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=sentence, description=f"{sentence[0].upper()}{sentence[1:]}.")
    parser.set_defaults(run=run)
    if with_settings:
        parser.add_argument("--settings", type=Path, metavar="FILE", help="settings.yaml unless given")
    return parser


def _settings(asked: argparse.Namespace) -> "Settings":
    from backend.settings import default_file, load_settings

    asked.settings = asked.settings or default_file()
    return load_settings(asked.settings)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port

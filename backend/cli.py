"""The command line.  What a command needs is imported inside it, so that each starts fast."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend import cli_transfers
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

    keys = commands.add_parser("keys", help="issue, list and revoke keys, and print sign-in links")
    of_keys = keys.add_subparsers(title="commands", metavar="COMMAND", required=True)
    issuing = _command(of_keys, "issue", "make a user and print its key, alone on stdout", issue_key)
    issuing.add_argument("--role", choices=("admin", "client", "user"), required=True)
    issuing.add_argument("--name", required=True, help="the user's name")
    issuing.add_argument("--plus", action="store_true", help="allow Plus accounts")
    linking = _command(of_keys, "link", "print a one-time link that signs a browser in", print_link)
    linking.add_argument("--name", help="the user's name; without it the first admin")

    listing = _command(of_keys, "list", "show a user's keys, also while a server runs", look_after_people)
    listing.add_argument("user", metavar="USER", help="the user's id, or its name")
    listing.set_defaults(action="list-keys")
    revoking = _command(of_keys, "revoke", "revoke a key, and end what goes on by it", look_after_people)
    revoking.add_argument("key", metavar="KEY", help="the key's id, as `keys list` shows it")
    revoking.set_defaults(action="revoke-key")

    of_users = commands.add_parser("users", help="list and remove users, also while a server runs").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    listing = _command(of_users, "list", "show the users, the newest first", look_after_people)
    listing.add_argument("--text", help="how the name or the external id begins")
    listing.set_defaults(action="list-users")
    removing = _command(of_users, "remove", "remove a user, and end what goes on by its keys", look_after_people)
    removing.add_argument("user", metavar="USER", help="the user's id, or its name")
    removing.set_defaults(action="remove-user")

    _accounts(commands)
    verifying = _command(commands, "verify", "prove by its receipts that a conversation is as it was written", verify)
    verifying.add_argument("conversation", nargs="*", help="the conversation's id")
    verifying.add_argument("--all", action="store_true", help="verify every conversation, removed ones too")
    verifying.add_argument("--public-key", action="store_true", help="print the keys that sign; the first signs now")

    cli_transfers.add_commands(commands, _command, _settings)
    _command(commands, "check-settings", "list every mistake in the settings", check_settings)
    _command(commands, "schema", "print the GraphQL schema", print_schema, with_settings=False)
    rehearsing = _command(commands, "rehearse", "run the rehearsal upstream by itself", rehearse, with_settings=False)
    rehearsing.add_argument("--port", type=_port, default=0, help="0, the default, takes a free one")
    return parser


def _accounts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    accounts = commands.add_parser("accounts", help="look after the built-in accounts, also while a server runs")
    of_accounts = accounts.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _command(of_accounts, "list", "show how each account stands", look_after)
    adding = _command(of_accounts, "add", "add an account, which the record keeps", look_after)
    adding.add_argument(
        "file",
        metavar="FILE",
        help="its keys, written as under `accounts` in settings.yaml; - reads them from stdin, and ${NAME} and "
        "${file:PATH} keep secrets out of them",
    )
    changing = _command(of_accounts, "change", "change an account that the record keeps", look_after)
    changing.add_argument(
        "file",
        metavar="FILE",
        help="its name and the keys that change, written likewise; null takes a key away, and what is left out stays",
    )
    for name, sentence in {
        "test": "ask an account what it offers, without a prompt",
        "sign-in": "get a new token for an account; the old one stays until then",
        "rest": "ask an account nothing for a while",
        "wake": "ask an account again that rests or needed attention",
        "disable": "ask an account nothing until it is enabled",
        "enable": "ask a disabled account again",
        "remove": "remove an account that the record keeps; its conversations stay",
        "check-proxy": "connect to an account's upstream through its proxy alone",
    }.items():
        _command(of_accounts, name, sentence, look_after).add_argument("name", metavar="NAME")
    how_long = of_accounts.choices["rest"].add_mutually_exclusive_group(required=True)
    how_long.add_argument("--until", type=_time, metavar="TIME", help="as in 2030-01-31T18:00+01:00")
    how_long.add_argument("--for", type=float, metavar="SECONDS", dest="seconds")
    for name, command in of_accounts.choices.items():
        command.set_defaults(action=name)


def serve(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import serving

    serving.serve(settings, asked.host, asked.port)


def issue_key(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import console

    print(console.issue_key_at_console(settings, asked.role, asked.name, asked.plus))


def print_link(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import console

    print(console.link_at_console(settings, asked.name))


def look_after(asked: argparse.Namespace) -> None:
    """Ask the server that holds the record or, without one, do it here."""
    import time

    settings = _settings(asked)
    request: dict[str, object] = {"action": asked.action}
    if "name" in asked:
        request["name"] = asked.name
    if asked.action == "rest":
        request["until"] = time.time() + asked.seconds if asked.until is None else asked.until
    if "file" in asked:
        from backend.settings import read_definition

        folder = Path() if asked.file == "-" else Path(asked.file).absolute().parent
        request["definition"] = read_definition(_read(asked.file), folder)
    from backend import console

    said = console.asked_at_console(settings, request)
    for account in said.get("accounts", ()):
        print(_line(account))
    if "sentence" in said:
        print(f"{said['sentence']} ({said['seconds']:.2f} s)")
    for model in said.get("models", ()):
        print(f"  {model}")
    if asked.action == "remove" and "code" not in said:
        print(f"{asked.name} is removed; its conversations stay.")
    if "code" in said:
        sys.exit(said.get("error", 1))


def look_after_people(asked: argparse.Namespace) -> None:
    """Likewise, about users and keys."""
    settings = _settings(asked)
    given = {name: value for name, value in vars(asked).items() if name in ("action", "user", "key", "text")}
    from backend import console

    said = console.asked_at_console(settings, given)
    for line in said.get("lines", ()):
        print(line)
    if "code" in said:
        sys.exit(said.get("error", 1))


def _line(account: dict[str, Any]) -> str:
    from datetime import UTC, datetime

    until = "" if account["until"] is None else f" until {datetime.fromtimestamp(account['until'], UTC):%F %T} UTC"
    facts = [
        account["kind"] + (" plus" if account["plus"] else ""),
        account["health"].replace("_", " ") + until + (f" ({account['why']})" if account["why"] else ""),
        f"{account['in_flight']} of {account['concurrency']} in use, {account['waiting']} waiting",
        "by a proxy" if account["proxy"] else "direct",
        f"from the {account['source']}",
    ]
    return f"{account['name']}: {'; '.join(facts)}"


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingsInvalid(f"{file}: cannot be read as text in UTF-8.") from None


def verify(asked: argparse.Namespace) -> None:
    settings = _settings(asked)
    from backend import console

    if asked.public_key:
        for id, key in console.public_keys_at_console(settings).items():
            print(f"ed25519 {id} {key}")
        return
    if bool(asked.conversation) == asked.all:
        sys.exit("Say which conversation, by its id, or --all.")
    if not console.verify_at_console(settings, None if asked.all else asked.conversation, print):
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
    settings = load_settings(asked.settings)
    if settings.sqlite_file is not None:
        # Peewee imports each driver that it finds, which takes 20 MiB and a quarter of a second.  Python takes a module
        # that is None for one that is not there.
        sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
    return settings


def _time(text: str) -> float:
    from datetime import datetime

    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise argparse.ArgumentTypeError("a time reads like 2030-01-31T18:00+01:00") from None


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port

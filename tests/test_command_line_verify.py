"""`verify`: one line per turn and a verdict, exit 0 or 1, while a server serves or not."""

import asyncio
import base64
from pathlib import Path

import apsw
import pytest

from backend import cli
from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import chat, follow_up
from tests.driver import Cast, Running, chatgpt_accounts, serving

Capture = pytest.CaptureFixture[str]


def in_a_thread(capsys: Capture, *arguments: str) -> tuple[object, list[str], str]:
    code: object = None
    try:
        cli.main(arguments)
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


async def verify(capsys: Capture, folder: Path, *arguments: str) -> tuple[object, list[str], str]:
    """Exit code (None: 0), lines of stdout, stderr."""
    settings = ("--settings", str(folder / "settings.yaml"))
    return await asyncio.to_thread(in_a_thread, capsys, "verify", *arguments, *settings)


def edit(folder: Path, statement: str) -> None:
    apsw.Connection(str(folder / "record.db")).execute(statement)


async def two_turns(server: Running, key: str) -> str:
    id: str = (await chat(server, key, "one"))["conversation"]["id"]
    await follow_up(server, key, id, "two")
    return id


async def test_a_conversation_is_proven_with_a_line_per_turn(
    server: Running, cast: Cast, tmp_path: Path, capsys: Capture
) -> None:
    id = await two_turns(server, cast.user)
    code, lines, err = await verify(capsys, tmp_path, id)
    assert (code, len(lines), err) == (None, 3, "")
    assert [line.split()[0] + line.split()[-1] for line in lines[:2]] == ["1proven", "2proven"]
    assert lines[2] == f"{id}: proven: 2 turns, in order, whole and of one owner."


async def test_what_is_wrong_is_named_and_the_exit_code_says_so(
    tmp_path: Path, fake: RehearsalServer, capsys: Capture
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        key = await server.key("uma")
        edited, good = await two_turns(server, key), await two_turns(server, key)
    edit(tmp_path, "UPDATE turns SET prompt = 'Mine' WHERE id = (SELECT MIN(id) FROM turns)")
    code, lines, _ = await verify(capsys, tmp_path, edited)
    assert code == 1
    assert lines[0].endswith("wrong  Turn 1 is not as it was signed: its prompt was edited.")
    assert lines[-1] == f"{edited}: NOT as it was written: 1 problem."
    assert (await verify(capsys, tmp_path, good))[0] is None
    code, lines, _ = await verify(capsys, tmp_path, "--all")
    assert (code, lines[-1]) == (1, "2 conversations: NOT all proven.")


async def test_a_reply_that_a_crash_interrupted_is_no_sign_of_tampering(
    tmp_path: Path, fake: RehearsalServer, capsys: Capture
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        id = await two_turns(server, await server.key("uma"))
    # As a crash leaves it: begun, and neither ended nor signed.
    edit(
        tmp_path,
        "INSERT INTO turns (id, conversation_id, user_id, position, prompt, reply, state, upstream_prompt_id, "
        "usage_source, reply_base, history_left_out, created_at) SELECT id + 1, conversation_id, user_id, 3, 'three', "
        "'Half of', 'writing', 'p', 'unknown', 0, 0, created_at FROM turns WHERE position = 2",
    )
    code, lines, _ = await verify(capsys, tmp_path, id)
    assert (code, lines[2].split()[-1]) == (None, "unfinished")
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake):
        pass
    code, lines, _ = await verify(capsys, tmp_path, id)
    assert (code, lines[2].split()[2:]) == (None, ["failed", "proven"])


async def test_the_public_key_is_printed(server: Running, tmp_path: Path, capsys: Capture) -> None:
    code, lines, _ = await verify(capsys, tmp_path, "--public-key")
    [[kind, id, key]] = [line.split() for line in lines]
    assert (code, kind, len(id), len(base64.b64decode(key))) == (None, "ed25519", 16, 32)
    assert server.house.record.signing.public_keys() == {id: key}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("c06fq8m2x0v1hk",), "There is no conversation of that id.\n"),
        (("nonsense",), "nonsense is no conversation's id: one reads like c06fq8m2x0v1hk.\n"),
        ((), "Say which conversation, by its id, or --all.\n"),
        (("c06fq8m2x0v1hk", "--all"), "Say which conversation, by its id, or --all.\n"),
    ],
)
async def test_what_cannot_be_verified_is_a_sentence(
    server: Running, tmp_path: Path, capsys: Capture, arguments: tuple[str, ...], sentence: str
) -> None:
    code, lines, _ = await verify(capsys, tmp_path, *arguments)
    assert (code, lines) == (sentence.rstrip("\n"), [])


async def test_a_stranger_with_the_database_file_alone_cannot_sign(
    tmp_path: Path, fake: RehearsalServer, capsys: Capture
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        id = await two_turns(server, await server.key("uma"))
    key_file = tmp_path / "record.db.key"
    key_file.write_bytes(base64.urlsafe_b64encode(b"the master secret of a stranger!") + b"\n")
    code, lines, _ = await verify(capsys, tmp_path, id)
    assert code == 1
    assert "not by this server" in lines[0]

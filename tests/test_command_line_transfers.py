"""`import` and `export` at the console, beside a running server."""

import asyncio
import json
from pathlib import Path

from tests.api.graphql_client import execute
from tests.driver import Cast, Running
from tests.files_of_conversations import archive, talk
from tests.test_command_line_verify import Capture, in_a_thread

LIST = "{ conversations { edges { node { id title importedFrom } } } }"


async def console(capsys: Capture, folder: Path, *words: str) -> tuple[object, list[str], str]:
    """Exit code (None: 0), lines of stdout, stderr."""
    settings = ("--settings", str(folder / "settings.yaml"))
    return await asyncio.to_thread(in_a_thread, capsys, *words, *settings)


async def test_a_file_is_imported_for_a_user_and_exported_again(
    server: Running, cast: Cast, tmp_path: Path, capsys: Capture
) -> None:
    file, out = tmp_path / "export.zip", tmp_path / "out.json"
    file.write_bytes(archive(conversations__json=[talk("c-1"), {"title": "Odd"}]))
    code, lines, err = await console(capsys, tmp_path, "import", str(file), "--user", "sam")
    assert (code, err) == (None, "")
    assert lines == [
        "1 conversations with 2 turns were imported.",
        "1 not taken. It is not a conversation in the form of its file.",
        "    Odd",
    ]
    [edge] = (await execute(server, cast.stranger, LIST))["data"]["conversations"]["edges"]
    assert (edge["node"]["title"], edge["node"]["importedFrom"]) == ("Tides", "CHATGPT")
    words = ("export", "--user", "sam", "--write", str(out))
    assert await console(capsys, tmp_path, *words) == (None, [], "")
    assert [each["id"] for each in json.loads(out.read_text("utf-8"))["conversations"]] == ["c-1"]
    assert out.stat().st_mode & 0o777 == 0o600
    code, _, _ = await console(capsys, tmp_path, *words)
    assert code == f"{out} is there already, and stays as it is. Name a new file."


async def test_what_cannot_be_done_is_a_sentence(server: Running, tmp_path: Path, capsys: Capture) -> None:
    await server.key("sam")
    words = ("import", str(tmp_path / "none.json"), "--user", "sam")
    assert (await console(capsys, tmp_path, *words))[
        0
    ] == f"{tmp_path / 'none.json'} cannot be read: No such file or directory."
    code, _, _ = await console(capsys, tmp_path, "export", "--user", "nobody")
    assert code == "There is no user 'nobody': give an id, or the name of one that was made at the console."
    code, _, _ = await console(capsys, tmp_path, "export", "--user", "sam", "--conversation", "c0000000000000")
    assert code == "There is no such conversation among yours. Nothing was sent."


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "c.json"
    file.write_text(json.dumps([talk("c-1")]))
    await console(capsys, tmp_path, "import", str(file), "--user", "sam")
    assert (await execute(server, cast.user, LIST))["data"]["conversations"]["edges"] == []
    code, _, _ = await console(capsys, tmp_path, "export", "--user", "pia", "--conversation", "c-1")
    assert code == "There is no such conversation among yours. Nothing was sent."

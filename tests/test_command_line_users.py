"""`python -m backend users …` and `keys …`, beside a server that runs and without one."""

import asyncio
import io
from contextlib import redirect_stdout
from pathlib import Path

from backend import cli
from backend.upstream.rehearsal import RehearsalServer
from tests.driver import Running, chatgpt_accounts, serving


def command(folder: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, lines on stdout, and what a person reads on stderr."""
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            cli.main([*arguments, "--settings", str(folder / "settings.yaml")])
    except SystemExit as ended:
        return 1, out.getvalue().splitlines(), str(ended.code)
    return 0, out.getvalue().splitlines(), ""


async def run(folder: Path, *arguments: str) -> tuple[int, list[str], str]:
    """In a thread, for the command has an event loop of its own."""
    return await asyncio.to_thread(command, folder, *arguments)


async def status(server: Running, key: str) -> int:
    async with server.client(key) as http:
        return (await http.post("/graphql", json={"query": "{ viewer { id } }"})).status_code


async def test_users_and_keys_are_listed_removed_and_revoked(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        ada, sam, uma = await server.key("ada", "admin"), await server.key("sam"), await server.key("uma")
        await server.house.identity.caller(sam)
        code, users, _ = await run(tmp_path, "users", "list")
        assert (code, [line.split()[1:3] for line in users]) == (
            0,
            [["uma:", "user;"], ["sam:", "user;"], ["ada:", "admin"]],
        )
        code, [key], _ = await run(tmp_path, "keys", "list", "sam")
        assert (code, sam.startswith(key.split(": ")[1].split("…")[0])) == (0, True)
        assert (await run(tmp_path, "keys", "revoke", key.split()[0]))[0] == 0
        assert await status(server, sam) == 401
        assert await status(server, uma) == 200
    code, lines, _ = await run(tmp_path, "users", "remove", "uma")
    assert (code, lines) == (0, ["uma is removed; the conversations stay."])
    code, lines, _ = await run(tmp_path, "users", "list", "--text", "u")
    assert (code, lines) == (0, [])
    code, lines, error = await run(tmp_path, "users", "remove", "ada")
    assert (code, lines) == (1, [])
    assert "only admin" in error
    assert ada not in error
    code, _, error = await run(tmp_path, "keys", "list", "nobody")
    assert (code, error) == (1, "There is no user 'nobody'.")

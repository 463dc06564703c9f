"""Files of conversations pass through a server without staying in its memory."""

import json
from pathlib import Path

import pytest

from tests.files_of_conversations import chatgpt, message
from tests.server_process import server_process

MOST_GROWTH = 24 * 1024 * 1024
COUNT = 2_000
SAID = "The moon pulls at the sea. " * 100


@pytest.mark.long
async def test_memory_stays_flat_while_thousands_of_conversations_come_and_go(tmp_path: Path) -> None:
    accounts = [{"name": "rehearsal", "kind": "rehearsal"}]
    some = [chatgpt(f"c-{place}", message("user", SAID), message("assistant", SAID)) for place in range(COUNT)]
    few, many = json.dumps(some[:20]).encode(), json.dumps(some).encode()
    assert len(many) > 10_000_000
    async with server_process(tmp_path, accounts) as server, server.client() as http:
        assert (await http.post("/imports", content=few)).status_code == 200
        assert (await http.get("/exports")).status_code == 200
        before = server.most_memory()
        lines = (await http.post("/imports", content=many)).text.splitlines()
        assert json.loads(lines[-1])["report"]["conversations"] == COUNT - 20
        assert len(lines) > 5
        for form in ("json", "chatgpt"):
            size = 0
            async with http.stream("GET", "/exports", params={"format": form}) as answer:
                async for part in answer.aiter_bytes():
                    size += len(part)
            assert size > 10_000_000
        assert server.most_memory() - before < MOST_GROWTH

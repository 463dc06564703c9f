"""The `openai` kind in front of LiteLLM's proxy, which others wrote: three turns, streamed, with the history."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import yaml

from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import TextAdded
from backend.gateway.prompts import Prompt
from tests.driver import Running, serving

ANSWER = "A mocked answer, in several words."
MODEL = {
    "model_name": "mocked",
    "litellm_params": {"model": "openai/mocked", "api_key": "none", "mock_response": ANSWER},
}


@asynccontextmanager
async def litellm(folder: Path) -> AsyncIterator[str]:
    program = os.environ.get("LITELLM") or shutil.which("litellm")
    if program is None:
        pytest.skip("LiteLLM is missing: pip install 'litellm[proxy]' (best in an environment of its own)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "litellm.yaml"
    config.write_text(yaml.safe_dump({"model_list": [MODEL], "general_settings": {"master_key": "sk-litellm"}}))
    environment = os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION"}
    process = await asyncio.create_subprocess_exec(
        program, "--config", str(config), "--host", "127.0.0.1", "--port", str(port), "--telemetry", "False",
        cwd=folder, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await until_alive(f"http://127.0.0.1:{port}/health/liveliness", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def until_alive(url: str, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(600):
            assert process.returncode is None, "LiteLLM ended at its start"
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
    raise TimeoutError(url)


@pytest.mark.long
async def test_three_turns_stay_together_and_a_wrong_key_fails(tmp_path: Path) -> None:
    async with litellm(tmp_path) as base_url:
        account = {"name": "lab", "kind": "openai", "base_url": base_url, "api_key": "sk-litellm", "model": "mocked"}
        async with serving(tmp_path, [account]) as server:
            await three_turns(server)
            stranger = await server.house.identity.caller(await server.key("sam"))
            assert (await server.house.gateway.conversations.page(stranger)).items == []
        async with serving(tmp_path, [account | {"api_key": "sk-wrong"}]) as server:
            caller = await server.house.identity.caller(await server.key("uma"))
            turn = await (await server.house.gateway.chat.send(caller, Prompt("one"))).end()
            assert turn.state == "failed"
            assert "sk-wrong" not in (turn.error_sentence or "")


async def three_turns(server: Running) -> None:
    caller = await server.house.identity.caller(await server.key("uma"))
    reply = await server.house.gateway.chat.send(caller, Prompt("one"))
    pieces = [piece async for event in reply.events() if isinstance(event, TextAdded) for piece in event.pieces]
    assert "".join(pieces) == ANSWER
    assert len(pieces) > 1
    conversation = show_id(CONVERSATION, reply.conversation_id)
    for position, text in enumerate(("two", "three"), 2):
        turn = await (await server.house.gateway.chat.follow_up(caller, conversation, Prompt(text))).end()
        assert (turn.state, turn.reply, turn.position) == ("finished", ANSWER, position)
        assert turn.usage.source == "reported"
        assert turn.usage.prompt_tokens is not None

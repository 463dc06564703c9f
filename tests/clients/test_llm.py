"""Datasette's `llm`, pointed at a running server by its `extra-openai-models.yaml`: chat completions and responses."""

from pathlib import Path

import pytest
import yaml

from tests.clients.programs import Ran, run
from tests.driver import Cast, Running


async def llm(server: Running, folder: Path, key: str, *arguments: str) -> Ran:
    home = folder / "llm"
    home.mkdir(exist_ok=True)
    here = {"model_name": "auto", "api_base": server.url + "/v1", "api_key_name": "here"}
    models = [{"model_id": "ours", **here}, {"model_id": "ours-responses", "responses": True, **here}]
    (home / "extra-openai-models.yaml").write_text(yaml.safe_dump(models))
    (home / "keys.json").write_text(f'{{"here": "{key}"}}')
    return await run("llm", *arguments, folder=folder, env={"LLM_USER_PATH": str(home)})


@pytest.mark.parametrize("arguments", [("-m", "ours"), ("-m", "ours", "--no-stream"), ("-m", "ours-responses")])
async def test_it_prompts(server: Running, cast: Cast, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = await llm(server, tmp_path, cast.stranger, "prompt", *arguments, "-s", "Be brief.", "Hello from llm")
    assert ran.code == 0, ran.said
    assert "> Hello from llm" in ran.said


async def test_it_goes_on_with_a_conversation(server: Running, cast: Cast, tmp_path: Path) -> None:
    """It sends all that was said before: here each call is a conversation of its own, with that for its history."""
    await llm(server, tmp_path, cast.stranger, "prompt", "-m", "ours", "One")
    ran = await llm(server, tmp_path, cast.stranger, "prompt", "-c", "Two")
    assert ran.code == 0, ran.said
    assert server.fake is not None
    first, second = [seen.prompt or "" for seen in server.fake.requests if seen.endpoint == "chat"]
    assert first == "One"
    assert second.startswith("What was said before:\n\nUser:\nOne\n\nAssistant:\n**This is")


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast, tmp_path: Path) -> None:
    ran = await llm(server, tmp_path, "wrong", "prompt", "-m", "ours", "Hello")
    assert ran.code != 0
    assert "invalid_api_key" in ran.said or "401" in ran.said

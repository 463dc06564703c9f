"""`langchain-openai`, pointed at a running server: invoked, streamed, asynchronous, and by the responses interface."""

import json
from pathlib import Path

from tests.clients.programs import run
from tests.driver import Cast, Running

SCRIPT = Path(__file__).with_name("langchain_calls.py")


async def test_langchain_speaks_with_the_server(server: Running, cast: Cast, tmp_path: Path) -> None:
    """The end of it is what a stranger cannot do: without a key that proves somebody it gets nothing."""
    env = {"LANGSMITH_TRACING": "false"}
    ran = await run("python", str(SCRIPT), server.url + "/v1", cast.stranger, folder=tmp_path, env=env)
    assert ran.code == 0, ran.said
    said = json.loads(ran.said.splitlines()[-1])
    assert "> Hello" in said["invoke"]
    assert said["stream"] == said["invoke"]
    assert said["pieces"] > 20
    assert said["stopped"] == said["streamed_stop"] == said["invoke"].partition("> Hello")[0] != ""
    assert said["usage"]["total_tokens"] > 0
    assert said["after"]
    assert ["> One" in said["ainvoke"][0], "> Two" in said["ainvoke"][1]] == [True, True]
    assert "> Three" in said["astream"]
    responses = said["responses"]
    assert responses["id"].startswith("resp_t")
    assert responses["usage"]["total_tokens"] > 0
    assert "number 2 of this conversation" in responses["second"]
    assert "> Three" in responses["stream"]
    assert said["refused"] == "OpenAIAuthenticationError"
    assert server.fake is not None
    asked = [seen.prompt for seen in server.fake.requests if seen.prompt and seen.prompt.endswith("And now?")]
    assert [prompt.partition("Assistant:")[0].split() for prompt in asked] == [
        "What was said before: Instructions: Be brief. User: Hello".split()
    ]

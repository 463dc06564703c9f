"""The options of a reply, as servers that speak OpenAI's interface are sent them."""

import pytest

from backend.errors import UpstreamRefused
from backend.upstream.openai_compatible import OpenAICompatible
from backend.upstream.protocol import Ask, Done
from tests.upstream.scripted_server import Reply, plain, scripted
from tests.upstream.test_openai_answers import HISTORY, answered, heard, text, told

LIMITED = Ask("Hi", "p", options=(("max_tokens", 5), ("temperature", 0.5)))
RENAMED = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
REFUSAL = plain({"error": {"message": RENAMED}}, "400 Bad Request")


async def test_options_are_sent_as_they_are() -> None:
    _, requests = await answered(Reply(told("a")), ask=LIMITED)
    assert (requests[0].json["max_tokens"], requests[0].json["temperature"]) == (5, 0.5)


async def test_a_server_that_has_another_name_for_the_limit_is_told_that_from_then_on() -> None:
    async with scripted(REFUSAL, Reply(told("a")), Reply(told("b")), plain({"choices": []})) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        assert (text(await heard(upstream, LIMITED)), text(await heard(upstream, LIMITED))) == ("a", "b")
        await upstream.title(None, None, "Why?", "Because.")
        await upstream.close()
    names = [{"max_tokens", "max_completion_tokens"} & request.json.keys() for request in server.requests]
    assert names == [{"max_tokens"}, *[{"max_completion_tokens"}] * 3]
    assert [request.json.get("max_completion_tokens") for request in server.requests[1:3]] == [5, 5]
    assert server.requests[1].json["temperature"] == 0.5


async def test_a_long_limit_leaves_less_room_for_the_history() -> None:
    ask = Ask("Next", "p", history=HISTORY, options=(("max_tokens", 500),))
    events, _ = await answered(Reply(told("a")), ask=ask, context=1200)
    unlimited, _ = await answered(Reply(told("a")), ask=Ask("Next", "p", history=HISTORY), context=1200)
    assert isinstance(events[-1], Done)
    assert isinstance(unlimited[-1], Done)
    assert events[-1].history_left_out > unlimited[-1].history_left_out


async def test_what_a_stranger_cannot_do() -> None:
    """A far end cannot make the server ask again and again: the name is changed once."""
    async with scripted(REFUSAL, REFUSAL, REFUSAL) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        with pytest.raises(UpstreamRefused):
            await heard(upstream, LIMITED)
        await upstream.close()
        assert len(server.requests) == 2

"""Byte by byte: deltas, edges and tokens, from a server that says exactly what the test wrote."""

import pytest

from backend import errors
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.protocol import Identified, TextAdded
from tests.upstream.listening import delta, done, heard, message, raw
from tests.upstream.scripted_server import Reply, page, plain, scripted


async def test_deltas_repeat_their_path_and_operation() -> None:
    stream = [
        b'event: delta_encoding\ndata: "v1"\n\n',
        delta({"p": "", "o": "add", "v": message("", id="u", author={"role": "user"}), "c": 0}),
        delta({"v": message(""), "c": 1}),
        delta({"p": "/message/content/parts/0", "o": "append", "v": "He"}),
        delta({"v": "llo"}),
        delta({"p": "", "o": "patch", "v": [{"p": "/message/content/parts/0", "o": "append", "v": " th"}]}),
        delta(
            {
                "v": [
                    {"p": "/message/content/parts/0", "o": "append", "v": "ere"},
                    {"p": "/message/a~1b", "o": "add", "v": 1},
                ]
            }
        ),
        delta({"p": "/message/metadata/nowhere/0", "o": "append", "v": "x"}),
        b"data: [DONE]\n\n",
    ]
    events = await raw(Reply([b"".join(stream)]))
    assert events[:2] == [Identified("c", "m"), TextAdded(["He", "llo", " th", "ere"])]
    assert done(events).message["a/b"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"p": "/message/content/parts/7/x", "o": "append", "v": "x"},
        {"p": "/message/content/parts/0", "o": "weave", "v": "x"},
        {"p": 5, "v": "x"},
        {"p": "", "o": "patch", "v": "x"},
    ],
)
async def test_a_change_of_the_text_that_is_not_understood_is_a_bad_answer(change: object) -> None:
    with pytest.raises(errors.UpstreamBadAnswer):
        await raw(Reply([delta({"p": "", "o": "add", "v": message("a"), "c": 0}), delta(change)]))


async def test_an_answer_without_a_reply_is_a_bad_answer() -> None:
    with pytest.raises(errors.UpstreamBadAnswer):
        await raw(Reply([b"data: [DONE]\n\n"]))


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (page("<title>Just a moment...</title>"), errors.HumanCheckRequired),
        (page("<h1>Maintenance</h1>"), errors.UpstreamBroken),
        (page("<h1>nginx</h1>", "404 Not Found"), errors.UpstreamBroken),
        (plain({"detail": "Too many requests"}), errors.UpstreamRateLimited),
        (plain({}, "503 Busy", "cf-mitigated: challenge"), errors.HumanCheckRequired),
        (plain({"detail": {"code": "token_expired secret-token"}}, "401 No"), errors.UpstreamUnauthorized),
        (plain({"detail": {"clears_in": -3}}, "429 No"), errors.UpstreamRateLimited),
        (plain({"detail": {"clears_in": 1e999}}, "429 No"), errors.UpstreamRateLimited),
    ],
)
async def test_answers_of_the_edge_have_their_errors(reply: Reply, failure: type[errors.UpstreamFailure]) -> None:
    with pytest.raises(failure) as caught:
        await raw(reply)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "with\r\nX-Evil: 1", "ümlaut", "two words"])
async def test_a_token_that_cannot_stand_in_a_header_is_refused(token: str) -> None:
    async with scripted() as server:
        upstream = ChatGPT("own", AccountTokens(access_token=token), server.url)
        with pytest.raises(errors.UpstreamUnauthorized):
            await heard(upstream)
        assert server.requests == []
        await upstream.close()

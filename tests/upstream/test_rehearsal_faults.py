import asyncio
import errno
import gzip
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

import aiohttp
import pytest

from backend.upstream.rehearsal import Fault, plans
from backend.upstream.rehearsal.faults import MEANINGS, AnswerKind, ReplyKind, command_of, fault_of

EMAILS = pytest.mark.parametrize("email", ["delta@example.org", "whole@example.org"])
EMAIL = "delta@example.org"


async def faulted(rehearsal: Any, speaker: Any, email: str, fault: Fault, way: str) -> Any:
    """The answer to a prompt that meets the fault, by the tests' script or by the prompt's own command."""
    if way == "command":
        return await speaker.ask(email, f"Please\n/rehearse {fault.kind}")
    rehearsal.script.next(fault)
    heard = await speaker.ask(email, "Please")
    assert rehearsal.script.pending == ()
    return heard


WAYS = pytest.mark.parametrize("way", ["script", "command"])


@WAYS
@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [
        ("limit", 429, "Too many requests"),
        ("limit-clears-in", 429, '"clears_in": 60'),
        ("limit-bare", 429, "Too many requests"),
        ("unauthorized", 401, "token_expired"),
        ("expired", 401, "token_expired"),
        ("human-check", 403, "<title>Just a moment...</title>"),
        ("human-check-json", 403, "challenge_required"),
        ("banned", 403, "account_deactivated"),
        ("lost", 404, "not found"),
        ("too-long", 413, "message_length_exceeds_limit"),
        ("broken", 500, "Internal server error"),
        ("edge-page", 502, "<h1>502 Bad Gateway</h1>"),
        ("redirect", 302, ""),
        ("bad-body", 200, '{"title": "'),
    ],
)
async def test_a_fault_answers_in_place_of_a_reply(
    rehearsal: Any, speaker: Any, kind: Any, status: int, says: str, way: str
) -> None:
    heard = await faulted(rehearsal, speaker, EMAIL, Fault(kind), way)
    assert (heard.status, says in heard.body.decode(errors="replace")) == (status, True)
    assert ("Retry-After" in heard.headers) == (kind == "limit")
    assert rehearsal.conversations == {}
    assert rehearsal.requests[-1].status == status
    assert rehearsal.violations == []


async def test_a_limit_lasts_as_long_as_the_prompt_says(speaker: Any) -> None:
    assert (await speaker.ask(EMAIL, "/rehearse limit 7")).headers["Retry-After"] == "7"
    assert (await speaker.ask(EMAIL, "/rehearse limit-clears-in 8")).json["detail"]["clears_in"] == 8


async def test_a_rehearsed_expiry_ends_the_tokens_and_the_next_try_is_answered(rehearsal: Any, speaker: Any) -> None:
    body = speaker.body("/rehearse expired")
    statuses = [
        (await speaker.send(EMAIL, body)).status,
        (await speaker.send(EMAIL, body)).status,
        (await speaker.send(EMAIL, body, rehearsal.issue_token(EMAIL))).status,
    ]
    assert (statuses, rehearsal.violations) == ([401, 401, 200], [])


async def test_a_redirect_that_is_followed_is_a_violation(rehearsal: Any, speaker: Any) -> None:
    location = (await speaker.ask(EMAIL, "/rehearse redirect")).headers["Location"]
    assert location == rehearsal.login_url.replace("127.0.0.1", "localhost") + "/elsewhere"
    async with speaker.http.post(location.replace("localhost", "127.0.0.1")) as response:
        assert response.status == 404
    assert len(rehearsal.violations) == 1


@dataclass
class Expected:
    """`text`: the whole reply, a start of it, or another text; `status` of the reply as it was last seen."""

    text: str
    done: bool = True
    broke: bool = False
    status: str = "finished_successfully"


BROKEN: dict[Any, Expected] = {
    "stall": Expected("whole"),
    "drip": Expected("whole"),
    "cut": Expected("start", done=False, broke=True, status="in_progress"),
    "hang-up": Expected("start", done=False, broke=True, status="in_progress"),
    "bad-json": Expected("whole"),
    "bad-utf8": Expected("whole"),
    "unknown-events": Expected("whole"),
    "no-done": Expected("whole", done=False),
    "no-end": Expected("start", done=False, status="in_progress"),
    "huge": Expected("whole"),
    "stream-error": Expected("start", status="in_progress"),
    "replaced": Expected("other"),
    "truncated": Expected("other"),
    "several-messages": Expected("whole"),
    "moderation": Expected("start"),
    "max-tokens": Expected("start"),
    "titled": Expected("whole"),
}


def test_every_fault_in_mid_reply_is_tested() -> None:
    assert set(BROKEN) | {"hang-mid"} == set(get_args(ReplyKind))
    assert set(MEANINGS) == {*get_args(ReplyKind), *get_args(AnswerKind), "expired"}


@EMAILS
@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_strikes_in_mid_reply(rehearsal: Any, speaker: Any, kind: Any, email: str) -> None:
    good = await speaker.ask(email, "Please")
    heard = await faulted(rehearsal, speaker, email, Fault(kind, seconds=0, size=200_000), "script")
    expected, kept = BROKEN[kind], rehearsal.conversations[heard.conversation_id].replies[-1]
    assert (heard.status, heard.broken is not None) == (200, expected.broke)
    assert heard.body.endswith(b"[DONE]\n\n") == expected.done
    assert heard.replies[-1]["status"] == kept.status == expected.status
    assert kept.id == heard.reply_id
    if expected.text == "whole":
        assert kept.text == good.text
    elif expected.text == "start":
        assert good.text.startswith(kept.text)
        assert 0 < len(kept.text) < len(good.text)
    else:
        assert not good.text.startswith(kept.text)
    if kind not in ("bad-utf8", "cut"):
        assert heard.text == kept.text
    assert rehearsal.violations == []


@EMAILS
async def test_faults_leave_their_marks_in_the_stream(rehearsal: Any, speaker: Any, email: str) -> None:
    async def stream(kind: Any) -> Any:
        return await faulted(rehearsal, speaker, email, Fault(kind, size=200_000), "script")

    assert b'"error":"Something went wrong' in (await stream("stream-error")).body
    assert b'data: {"message": {"id": \n\n' in (await stream("bad-json")).body
    with pytest.raises(UnicodeDecodeError):
        (await stream("bad-utf8")).body.decode()
    assert len((await stream("huge")).body) > 200_000
    unknown = await stream("unknown-events")
    assert {"ping", "weather"} < {name for name, _ in unknown.events}
    assert unknown.body.startswith((b"data:", b"event: delta_encoding"))
    assert "title_generation" in (await stream("titled")).notes
    moderated = await stream("moderation")
    assert "moderation" in moderated.notes
    assert moderated.replies[-1]["metadata"]["finish_details"]["type"] == "content_filter"
    assert (await stream("max-tokens")).replies[-1]["metadata"]["finish_details"]["type"] == "max_tokens"
    several = await stream("several-messages")
    ends = {m["message"]["id"]: m["message"]["end_turn"] for m in several.messages}
    assert list(ends.values()) == [None, None, False, None, True]
    shrunk = [r["content"]["parts"][0] for r in (await stream("replaced")).replies]
    assert any(len(later) < len(earlier) for earlier, later in pairwise(shrunk))


async def test_a_cut_is_a_reset_and_a_hang_up_is_not(rehearsal: Any, speaker: Any) -> None:
    cut = await faulted(rehearsal, speaker, EMAIL, Fault("cut"), "script")
    hung_up = await faulted(rehearsal, speaker, EMAIL, Fault("hang-up"), "script")
    assert "Connection reset by peer" in str(cut.broken)
    assert "Connection reset by peer" not in str(hung_up.broken)


@pytest.mark.parametrize("kind", [k for k in BROKEN if k not in ("stall", "huge")])
async def test_every_fault_in_mid_reply_can_be_asked_for(rehearsal: Any, speaker: Any, kind: Any) -> None:
    heard = await faulted(rehearsal, speaker, EMAIL, Fault(kind), "command")
    assert (heard.broken is not None) == BROKEN[kind].broke
    assert heard.body.endswith(b"[DONE]\n\n") == BROKEN[kind].done


def test_a_stall_lasts_as_long_as_the_prompt_says_but_not_for_ever() -> None:
    def pauses(prompt: str) -> list[float]:
        steps = plans.plan("one two three four", fault_of(command_of(prompt)))
        return [step.seconds for step in steps if isinstance(step, plans.Pause)]

    assert [pauses(f"/rehearse stall{n}") for n in ("", " 0.25", " 999999")] == [[5.0], [0.25], [600.0]]


@WAYS
async def test_a_reset_comes_before_any_answer(rehearsal: Any, speaker: Any, way: str) -> None:
    with pytest.raises(aiohttp.ClientOSError) as reset:
        await faulted(rehearsal, speaker, EMAIL, Fault("reset"), way)
    assert reset.value.errno == errno.ECONNRESET
    assert rehearsal.requests[-1].status is None
    assert (await speaker.ask(EMAIL, "Again")).status == 200


@pytest.mark.parametrize("kind", ["hang", "hang-mid"])
async def test_a_hang_lasts_until_the_server_stops(rehearsal: Any, speaker: Any, kind: Any) -> None:
    rehearsal.script.next(Fault(kind))
    asking = asyncio.create_task(speaker.ask(EMAIL, "Hello"))
    await asyncio.wait_for(rehearsal.script.used_up(), 5)
    for _ in range(50):
        await asyncio.sleep(0)
    assert not asking.done()
    await rehearsal.stop()
    if kind == "hang-mid":
        assert (await asking).broken is not None
    else:
        with pytest.raises(aiohttp.ClientError):
            await asking


@pytest.mark.parametrize("kind", MEANINGS)
def test_every_fault_has_its_command(kind: Any) -> None:
    assert fault_of(command_of(f"Please\n  /rehearse {kind.upper()} 9 \r\n")) in (
        Fault(kind),
        Fault(kind, seconds=9),
        Fault(kind, size=9),
    )


@pytest.mark.parametrize(
    "prompt", ["", "rehearse limit", "say /rehearse limit", "/rehearse limit at once", "/rehearse"]
)
def test_other_lines_are_no_commands(prompt: str) -> None:
    assert command_of(prompt) is None


async def test_a_bomb_is_small_until_it_is_unpacked(rehearsal: Any, speaker: Any) -> None:
    heard = await faulted(rehearsal, speaker, EMAIL, Fault("gzip-bomb", size=1 << 20), "script")
    assert heard.headers["Content-Encoding"] == "gzip"
    assert len(heard.body) < 20_000 < 1 << 20 < len(gzip.decompress(heard.body))


@pytest.mark.parametrize("endpoint", ["chat", "models"])
async def test_a_huge_body_does_not_end_for_long(rehearsal: Any, speaker: Any, endpoint: Any) -> None:
    rehearsal.script.next(Fault("huge-body", size=300_000), endpoint=endpoint)
    ask = speaker.ask(EMAIL, "Hi") if endpoint == "chat" else speaker.call(EMAIL, "GET", "/models")
    assert len((await ask).body) > 300_000


async def test_faults_are_used_one_per_request_by_those_they_fit(rehearsal: Any, speaker: Any) -> None:
    other = "whole@example.org"
    rehearsal.script.next(Fault("broken"), account=other)
    rehearsal.script.next(Fault("pass"), Fault("limit"))
    rehearsal.script.next(Fault("edge-page"), endpoint="models")
    statuses = [(await speaker.ask(email, "Hi")).status for email in (EMAIL, EMAIL, other, EMAIL)]
    assert statuses == [200, 429, 500, 200]
    assert [(await speaker.call(EMAIL, "GET", "/models")).status for _ in range(2)] == [502, 200]
    assert rehearsal.script.pending == ()


@pytest.mark.parametrize(
    ("fault", "endpoint"),
    [
        (Fault("drip"), "title"),
        (Fault("locked"), "chat"),
        (Fault("cut"), "sign_in"),
        (Fault("limit", step="csrf"), "chat"),
    ],
)
async def test_a_fault_that_cannot_happen_there_is_not_queued(rehearsal: Any, fault: Fault, endpoint: Any) -> None:
    with pytest.raises(ValueError, match="cannot happen at the"):
        rehearsal.script.next(fault, endpoint=endpoint)

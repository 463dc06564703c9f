"""Stop, failures, retries with the same idempotency key, replies nobody listens to."""

import asyncio
from pathlib import Path

import pytest

from backend import errors
from backend.domain.access import Caller
from backend.domain.accounts import AccountState
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import Ended, ReplyEvent, Started, TextAdded, Turn, Waiting
from backend.gateway.chat import failure_of
from backend.gateway.live_replies import Reply
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving


async def caller_of(server: Running, key: str) -> Caller:
    return await server.house.identity.caller(key)


async def send(server: Running, key: str, text: str, **options: object) -> Reply:
    return await server.house.gateway.chat.send(await caller_of(server, key), Prompt(text, **options))  # type: ignore[arg-type]


async def kept(server: Running, key: str, reply: Reply) -> list[Turn]:
    caller = await caller_of(server, key)
    conversation = await server.house.gateway.conversations.get(caller, show_id(CONVERSATION, reply.conversation_id))
    return (await server.house.gateway.conversations.turns(caller, conversation, Slice())).items


def asked(fake: RehearsalServer) -> int:
    return sum(request.endpoint == "chat" for request in fake.requests)


async def test_what_is_kept_is_what_was_shown(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "hello")
    text = "".join([piece async for event in reply.events() if isinstance(event, TextAdded) for piece in event.pieces])
    [turn] = await kept(server, cast.user, reply)
    assert turn.reply == text != ""
    assert turn.state == "finished"
    assert turn.usage.source == "estimated"


async def test_a_reply_that_nobody_follows_is_written_to_its_end(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "hello")
    follower = reply.events()
    await anext(follower)
    await follower.aclose()
    assert (await reply.end()).state == "finished"


async def test_a_stop_keeps_what_was_written_and_frees_the_account(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "/rehearse hang-mid")
    async for event in reply.events():
        if isinstance(event, TextAdded):
            break
    turn = await server.house.gateway.chat.stop(await caller_of(server, cast.user), show_id(TURN, reply.turn.id))
    assert turn.state == "stopped"
    assert turn.reply
    assert [(row.state, row.reply) for row in await kept(server, cast.user, reply)] == [("stopped", turn.reply)]
    assert all(state.in_flight == 0 for state in await overview(server, cast.admin))
    again = await server.house.gateway.chat.stop(await caller_of(server, cast.user), show_id(TURN, reply.turn.id))
    assert again == turn


async def overview(server: Running, key: str) -> list[AccountState]:
    return [state for _, state in await server.house.gateway.accounts.overview(await caller_of(server, key))]


PATIENCE = 3.0  # seconds; a title is waited for longer


async def asked_for_title(fake: RehearsalServer) -> None:
    async with asyncio.timeout(10):
        while not any(request.endpoint == "title" for request in fake.requests):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_stopped_reply_waits_for_no_title(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    fake.script.next(Fault("hang"), endpoint="title")
    reply = await send(server, cast.user, "/rehearse hang-mid")
    await anext(event async for event in reply.events() if isinstance(event, TextAdded))
    async with asyncio.timeout(PATIENCE):
        turn = await server.house.gateway.chat.stop(await caller_of(server, cast.user), show_id(TURN, reply.turn.id))
    assert (turn.state, reply.title) == ("stopped", "/rehearse hang-mid")
    assert not [request for request in fake.requests if request.endpoint == "title"]


async def test_a_stop_ends_the_wait_for_the_title_of_a_reply_that_is_whole(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    fake.script.next(Fault("hang"), endpoint="title")
    reply = await send(server, cast.user, "hello")
    await asked_for_title(fake)
    caller, turn_id = await caller_of(server, cast.user), show_id(TURN, reply.turn.id)
    async with asyncio.timeout(PATIENCE):
        turns = await asyncio.gather(*(server.house.gateway.chat.stop(caller, turn_id) for _ in range(3)))
    assert {(turn.state, turn.reply != "") for turn in turns} == {("finished", True)}
    assert reply.title == "hello"
    assert await kept(server, cast.user, reply) == turns[:1]


@pytest.mark.parametrize("prompt", ["hello", "/rehearse hang-mid"])
async def test_the_followers_of_a_removed_conversation_hear_its_end_without_its_title(
    server: Running, cast: Cast, fake: RehearsalServer, prompt: str
) -> None:
    fake.script.next(Fault("hang"), endpoint="title")
    reply = await send(server, cast.user, prompt)
    if prompt == "hello":
        await asked_for_title(fake)
    else:
        await anext(event async for event in reply.events() if isinstance(event, TextAdded))
    async with asyncio.timeout(PATIENCE):
        caller = await caller_of(server, cast.user)
        await server.house.gateway.conversations.remove(caller, show_id(CONVERSATION, reply.conversation_id))
        assert (await reply.end()).reply


async def test_a_server_that_stops_waits_for_a_title_no_longer_than_for_replies(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    fake.script.next(Fault("hang"), endpoint="title")
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        reply = await send(server, await server.key("uma"), "hello")
        await asked_for_title(fake)
        async with asyncio.timeout(PATIENCE):
            await server.house.gateway.chat._answering.close(0.1)
        assert (await reply.end()).state == "finished"


async def test_a_stopped_conversation_goes_on(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.user)
    reply = await send(server, cast.user, "/rehearse hang-mid")
    async for event in reply.events():
        if isinstance(event, TextAdded):
            break
    await server.house.gateway.chat.stop(caller, show_id(TURN, reply.turn.id))
    next_reply = await server.house.gateway.chat.follow_up(
        caller, show_id(CONVERSATION, reply.conversation_id), Prompt("go on")
    )
    turn = await next_reply.end()
    assert turn.state == "finished", turn.error_sentence
    assert not server.fake.violations


async def test_a_reply_that_breaks_off_is_kept_and_marked(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "/rehearse cut")
    turn = await reply.end()
    assert (turn.state, turn.error_code) == ("failed", "reply_cut_off")
    assert turn.reply
    failure = failure_of(turn)
    assert isinstance(failure, errors.ReplyCutOff)
    assert (await kept(server, cast.user, reply))[0].reply == turn.reply


async def test_a_new_conversation_goes_to_another_account_when_the_first_gives_no_word(
    server: Running, cast: Cast
) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("broken"), account=FREE[0])
    turn = await (await send(server, cast.user, "hello")).end()
    assert turn.state == "finished"
    states = {state.name: state.health for state in await overview(server, cast.admin)}
    assert states["free-a"] == "resting"
    assert states["free-b"] == "ready"


async def test_the_second_account_is_the_last_that_is_asked(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    for account in server.fake.accounts:
        server.fake.script.next(Fault("broken"), account=account.email)
    turn = await (await send(server, cast.plus, "hello")).end()
    assert (turn.state, turn.error_code) == ("failed", "upstream_broken")
    assert asked(server.fake) == 2


async def test_the_same_idempotency_key_never_asks_twice(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    replies = await asyncio.gather(*(send(server, cast.user, "hello", idempotency_key="k1") for _ in range(8)))
    turns = [await reply.end() for reply in replies]
    assert len({turn.id for turn in turns}) == 1
    assert asked(server.fake) == 1
    again = await send(server, cast.user, "hello", idempotency_key="k1")
    assert (await again.end()).reply == turns[0].reply
    with pytest.raises(errors.IdempotencyConflict):
        await send(server, cast.user, "something else", idempotency_key="k1")
    assert asked(server.fake) == 1


async def test_who_waits_is_told_the_place_and_served_in_order(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        key = await server.key("uma")
        first = await send(server, key, "/rehearse stall 0.3")
        second, third = await send(server, key, "second"), await send(server, key, "third")
        events: list[ReplyEvent] = [event async for event in third.events()]
        assert [event.place for event in events if isinstance(event, Waiting)] in ([2, 1], [2], [1])
        assert isinstance(events[-1], Ended)
        assert any(isinstance(event, Started) for event in events)
        assert [(await reply.end()).state for reply in (first, second, third)] == ["finished"] * 3
    assert [r.prompt for r in fake.requests if r.endpoint == "chat"][1:] == ["second", "third"]
    assert not fake.violations


async def test_waiting_for_an_account_has_an_end(tmp_path: Path, fake: RehearsalServer) -> None:
    accounts = chatgpt_accounts(fake)[:1]
    async with serving(tmp_path, accounts, fake=fake, timeouts={"queue": 0.2}) as server:
        key = await server.key("uma")
        first = await send(server, key, "/rehearse hang-mid")
        second = await (await send(server, key, "second")).end()
        assert (second.state, second.error_code) == ("failed", "queue_timeout")
        await server.house.gateway.chat.stop(await caller_of(server, key), show_id(TURN, first.turn.id))
        assert (await (await send(server, key, "third")).end()).state == "finished"


async def test_a_server_that_stops_marks_what_it_could_not_finish(tmp_path: Path, fake: RehearsalServer) -> None:
    timeouts = {"shutdown": 0.1}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, timeouts=timeouts) as server:
        key = await server.key("uma")
        reply = await send(server, key, "/rehearse hang-mid")
        async for event in reply.events():
            if isinstance(event, TextAdded):
                break
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, timeouts=timeouts) as server:
        [turn] = await kept(server, key, reply)
        assert (turn.state, turn.error_code) == ("failed", "reply_interrupted")
        assert turn.reply


@pytest.mark.parametrize("prompt", ["", "  \n", "x" * 200_001])
async def test_a_prompt_that_cannot_be_asked_is_refused_before_anything_is_kept(
    server: Running, cast: Cast, prompt: str
) -> None:
    assert server.fake is not None
    with pytest.raises(errors.InvalidInput):
        await send(server, cast.user, prompt)
    caller = await caller_of(server, cast.user)
    assert (await server.house.gateway.conversations.page(caller)).items == []
    assert asked(server.fake) == 0


async def test_a_stranger_cannot_follow_stop_or_read_a_reply(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "/rehearse hang-mid")
    turn_id = show_id(TURN, reply.turn.id)
    stranger = await caller_of(server, cast.stranger)
    for ask in (
        server.house.gateway.chat.follow(stranger, turn_id),
        server.house.gateway.chat.stop(stranger, turn_id),
        server.house.gateway.conversations.turn(stranger, turn_id),
    ):
        with pytest.raises(errors.NotFound):
            await ask
    await server.house.gateway.chat.stop(await caller_of(server, cast.user), turn_id)

"""A turn is asked again and both versions stay: each with what comes of it, in order, upstream as in the record."""

import asyncio
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

from backend import errors
from backend.domain.conversations import Change
from backend.domain.replies import TextAdded, Titled
from backend.gateway.pages import write_cursor
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer
from backend.upstream.rehearsal.faults import FaultKind
from tests.driver import Cast, Running, chatgpt_accounts, serving
from tests.gateway.growing import Growing, asked, finished, shown, three_turns, way_to

OURS = ContextVar("whether a read is of the test at hand", default=False)


async def test_the_last_turn_is_regenerated_any_number_of_times(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [first, _, third] = await three_turns(server, cast.user)
    again = await finished(await talk.ask_again(third))
    once_more = await finished(await talk.ask_again(again))
    assert [turn.prompt for turn in (again, once_more)] == ["three", "three"]
    assert await talk.path() == ["one", "two", "three"]
    assert [turn.position for turn in (await talk.page(Slice(last=5))).items] == [1, 2, 5]
    for turn in (third, again, once_more):
        assert await talk.versions(turn) == [3, 4, 5]
        assert way_to(fake, turn) == ["one", "two", "three"]
    assert await talk.versions(first) == [1]
    assert await talk.proven()


async def test_a_turn_in_the_middle_is_edited_and_what_came_of_it_stays(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [_, second, third] = await three_turns(server, cast.user)
    edited = await finished(await talk.ask_again(second, "two, put better"))
    after = await finished(await talk.follow_up("and now?"))
    assert await talk.path() == ["one", "two, put better", "and now?"]
    assert await talk.path(second) == await talk.path(third) == ["one", "two", "three"]
    assert way_to(fake, edited) == ["one", "two, put better"]
    assert way_to(fake, after) == ["one", "two, put better", "and now?"]
    assert asked(fake) == ["one", "two", "three", "two, put better", "and now?"]
    assert await talk.proven()


async def test_the_first_turn_is_edited_in_the_same_conversation_upstream(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [first, *_] = await three_turns(server, cast.user)
    edited = await finished(await talk.ask_again(first, "one, put better"))
    assert (edited.behind, edited.upstream_parent_id) == (0, first.upstream_parent_id)
    assert await talk.path() == ["one, put better"]
    assert len(fake.conversations) == 1
    assert way_to(fake, edited) == ["one, put better"]
    assert way_to(fake, await finished(await talk.follow_up("more"))) == ["one, put better", "more"]
    assert await talk.proven()


async def test_an_older_branch_is_gone_on_with(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    talk, [_, second, third] = await three_turns(server, cast.user)
    await finished(await talk.ask_again(second, "two, put better"))
    older = await finished(await talk.follow_up("four", after=third))
    beside = await finished(await talk.follow_up("instead of three", after=second))
    assert way_to(fake, older) == ["one", "two", "three", "four"]
    assert way_to(fake, beside) == ["one", "two", "instead of three"]
    assert await talk.path(third) == ["one", "two", "three", "four"]
    assert await talk.path() == ["one", "two", "instead of three"]
    assert await talk.versions(beside) == [third.position, beside.position]
    assert await talk.proven()


async def test_pages_go_along_one_path_in_both_directions(server: Running, cast: Cast) -> None:
    talk, [first, second, third] = await three_turns(server, cast.user)
    await finished(await talk.ask_again(second, "two, put better"))
    for text in ("four", "five"):
        third = await finished(await talk.follow_up(text, after=third))
    through, whole = shown(second), ["one", "two", "three", "four", "five"]
    forwards: list[str] = []
    page = await talk.page(Slice(first=2, through=through))
    while True:
        forwards += [turn.prompt for turn in page.items]
        assert all(page.place_of(turn).follows_id is not None or turn.position == 1 for turn in page.items)
        if not page.has_next:
            break
        page = await talk.page(Slice(first=2, after=page.cursor(page.items[-1]), through=through))
    backwards: list[str] = []
    page = await talk.page(Slice(last=2, through=through))
    while True:
        backwards[:0] = [turn.prompt for turn in page.items]
        if not page.has_previous:
            break
        page = await talk.page(Slice(last=2, before=page.cursor(page.items[0]), through=through))
    assert forwards == backwards == whole
    assert page.place_of(first).follows_id is None


async def test_a_page_is_one_read_and_where_turns_branch_three_however_many_are_on_it(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, turns = await three_turns(server, cast.user)
    reads: list[object] = []
    database = server.house.record.database
    inner = database.many

    async def counted(query: Any, **values: object) -> Any:
        if OURS.get():  # and not the server's own, such as the indexing's
            reads.append(query)
        return await inner(query, **values)

    monkeypatch.setattr(database, "many", counted)
    OURS.set(True)

    async def reads_of(part: Slice) -> int:
        reads.clear()
        page = await talk.page(part)
        assert all(page.place_of(turn).versions for turn in page.items)
        return len(reads)

    parts = (Slice(), Slice(last=2), Slice(last=1, through=shown(turns[0])), Slice(first=1, after=write_cursor(1)))
    assert [await reads_of(part) for part in parts] == [1] * 4
    for turn in turns[1:]:
        await finished(await talk.ask_again(turn))
    assert [await reads_of(part) for part in parts] == [3] * 4


async def test_two_that_are_asked_again_at_once_are_taken_in_order(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [first, second, _] = await three_turns(server, cast.user)
    slow = await talk.ask_again(second, "slow\n/rehearse stall 0.2")
    early, late = await asyncio.gather(talk.ask_again(first, "early"), talk.ask_again(second, "late"))
    behind_slow = await talk.follow_up("behind slow", after=slow.turn)
    turns = [await finished(reply) for reply in (slow, early, late, behind_slow)]
    in_order = sorted(turns, key=lambda turn: turn.position)
    assert [turn.prompt for turn in in_order] == asked(fake)[3:]
    assert way_to(fake, turns[3]) == ["one", "slow\n/rehearse stall 0.2", "behind slow"]
    assert [way_to(fake, turn)[:-1] for turn in turns[1:3]] == [[], ["one"]]
    assert await talk.proven()


async def test_a_turn_that_is_being_written_is_not_asked_again_until_it_is_stopped(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, first = await Growing.begun(server, cast.user, "one")
    reply = await talk.ask_again(first, "one again\n/rehearse hang-mid")
    async for event in reply.events():
        if isinstance(event, TextAdded):
            break
    with pytest.raises(errors.ConversationBusy, match="still being written"):
        await talk.ask_again(reply.turn)
    stopped = await talk.stop(reply.turn)
    assert stopped.state == "stopped"
    again = await finished(await talk.ask_again(stopped, "once more"))
    assert await talk.versions(again) == [1, 2, 3]
    assert way_to(fake, again) == ["once more"]
    assert await talk.proven()


async def test_where_settings_refuse_a_second_prompt_they_refuse_it_beside_too(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake, follow_ups="refuse") as server:
        talk, first = await Growing.begun(server, await server.key("uma"), "one")
        reply = await talk.follow_up("two\n/rehearse hang-mid")
        with pytest.raises(errors.ConversationBusy, match="Nothing was sent"):
            await talk.ask_again(first)
        await talk.stop(reply.turn)
        await finished(await talk.ask_again(first))


async def test_the_same_key_asks_again_once(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    talk, [first, second, _] = await three_turns(server, cast.user)
    one, other = await asyncio.gather(*(talk.ask_again(second, key="k-1") for _ in range(2)))
    assert one.turn.id == other.turn.id
    await finished(one)
    assert len(asked(fake)) == 4
    with pytest.raises(errors.IdempotencyConflict):
        await talk.ask_again(first, "two", key="k-1")


async def test_a_title_by_a_finished_reply_stays_when_the_first_turn_is_asked_again(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, first = await Growing.begun(server, cast.user, "one")
    title = (await talk.conversation()).title
    titles = [request for request in fake.requests if request.endpoint == "title"]
    await finished(await talk.ask_again(first, "quite another thing"))
    assert (await talk.conversation()).title == title
    assert [request for request in fake.requests if request.endpoint == "title"] == titles


async def test_a_first_turn_that_failed_is_named_by_the_version_that_does_not(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    fake.script.next(Fault("too-long"))
    talk, first = await Growing.begun(server, cast.user, "one")
    assert first.state == "failed"
    again = await finished(await talk.ask_again(first))
    assert way_to(fake, again) == ["one"]
    assert [request.message_id for request in fake.requests if request.endpoint == "title"] == [again.upstream_reply_id]


@pytest.mark.parametrize(
    ("fault", "again", "titled"),
    [("too-long", True, [False, True]), ("pass", True, [True, False]),
     ("pass", False, [True, False]), ("titled", False, [True, False])],
)  # fmt: skip
async def test_whoever_comes_back_hears_of_a_title_as_those_did_who_listened(
    server: Running, cast: Cast, fake: RehearsalServer, fault: FaultKind, again: bool, titled: list[bool]
) -> None:
    fake.script.next(Fault(fault))
    caller = await server.house.identity.caller(cast.user)
    chat = server.house.gateway.chat
    first = await chat.send(caller, Prompt("one"))
    heard = [[event async for event in first.events()]]
    talk = Growing(server, caller, first)
    second = await talk.ask_again(first.turn) if again else await talk.follow_up("two")
    heard.append([event async for event in second.events()])
    title = (await talk.conversation()).title
    for reply, live, named in zip((first, second), heard, titled, strict=True):
        assert [event.title for event in live if isinstance(event, Titled)] == [title] * named
        numbers = [event.number for event in live]
        for after in (0, *numbers):
            kept = [event async for event in (await chat.reply(caller, shown(reply.turn))).events(after)]
            rest = [event.number for event in live if event.number > after and not isinstance(event, TextAdded)]
            assert [event.number for event in kept if not isinstance(event, TextAdded)] == rest
            assert kept[-2:] == live[-2:] or len(kept) < 2 or isinstance(kept[-2], TextAdded)


@pytest.mark.parametrize("first", [True, False])
async def test_a_title_that_a_person_gave_meanwhile_is_told_to_whoever_comes_back(
    server: Running, cast: Cast, first: bool
) -> None:
    caller = await server.house.identity.caller(cast.user)
    chat, slow = server.house.gateway.chat, "slow\n/rehearse stall 0.2"
    if first:
        reply = await chat.send(caller, Prompt(slow))
        talk = Growing(server, caller, reply)
    else:
        talk, _ = await Growing.begun(server, cast.user, "one")
        reply = await talk.follow_up(slow)
    await server.house.gateway.conversations.change(caller, talk.shown_id, Change(title="Mine"))
    live = [event async for event in reply.events()]
    kept = [event async for event in (await chat.reply(caller, shown(reply.turn))).events()]
    assert live[-2:] == kept[-2:]
    assert isinstance(kept[-2], Titled)


async def test_a_first_turn_that_was_stopped_is_named_by_the_version_that_finishes(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    caller = await server.house.identity.caller(cast.user)
    first = await server.house.gateway.chat.send(caller, Prompt("one\n/rehearse hang-mid"))
    talk = Growing(server, caller, first)
    await anext(event async for event in first.events() if isinstance(event, TextAdded))
    assert (await talk.stop(first.turn)).state == "stopped"
    again = await finished(await talk.ask_again(first.turn, "two"))
    assert [request.message_id for request in fake.requests if request.endpoint == "title"] == [again.upstream_reply_id]
    assert (await talk.conversation()).title == "Rehearsal: two"


async def test_of_two_versions_at_once_the_first_to_finish_names_the_conversation(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    fake.script.next(Fault("too-long"))
    talk, first = await Growing.begun(server, cast.user, "one")
    replies = [await talk.ask_again(first, text) for text in ("seas", "lakes")]
    sooner, _ = [await finished(reply) for reply in replies]
    assert [request.message_id for request in fake.requests if request.endpoint == "title"] == [
        sooner.upstream_reply_id
    ]


async def test_a_stranger_can_neither_ask_again_nor_go_on_behind_a_turn(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [_, second, _] = await three_turns(server, cast.user)
    theirs, mine = await Growing.begun(server, cast.stranger, "mine")
    sent, chat = len(asked(fake)), server.house.gateway.chat
    for key in (cast.stranger, cast.client, cast.admin):
        caller = await server.house.identity.caller(key)
        with pytest.raises(errors.NotFound):
            await chat.ask_again(caller, shown(second), Prompt("mine now"))
        with pytest.raises(errors.NotFound):
            await chat.follow_up(caller, talk.shown_id, Prompt("mine now"), shown(second))
    with pytest.raises(errors.NotFound):
        await theirs.follow_up("mine now", after=second)
    with pytest.raises(errors.NotFound):
        await theirs.path(through=second)
    assert len(asked(fake)) == sent
    assert await talk.path() == ["one", "two", "three"]
    assert await theirs.path() == [mine.prompt]

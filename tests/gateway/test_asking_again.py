"""A turn is asked again and both versions stay: each with what comes of it, in order, upstream as in the record."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from backend import errors
from backend.domain.replies import TextAdded, Turn
from backend.gateway.chat import Prompt
from backend.gateway.live_replies import Reply
from backend.gateway.pages import write_cursor
from backend.gateway.paths import Slice
from backend.upstream.protocol import Message
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.graphql_client import CHAT
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving
from tests.gateway.growing import Growing, asked, shown, way_to
from tests.server_process import server_process
from tests.upstream.scripted_server import Reply as Scripted
from tests.upstream.scripted_server import ScriptedServer, scripted
from tests.upstream.test_openai_answers import told

ASK_AGAIN = """mutation ($input: AskAgainInput!) { askAgain(input: $input) { turn { id } } }"""
HANGING = "one again\n/rehearse hang-mid"


async def three_turns(server: Running, key: str) -> tuple[Growing, list[Turn]]:
    talk, first = await Growing.begun(server, key, "one")
    return talk, [first, *[await (await talk.follow_up(text)).end() for text in ("two", "three")]]


async def finished(reply: Reply) -> Turn:
    turn = await reply.end()
    assert turn.state == "finished", turn.error_sentence
    return turn


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
        reads.append(query)
        return await inner(query, **values)

    monkeypatch.setattr(database, "many", counted)

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


async def test_what_failed_without_a_reply_is_passed_over_on_the_way_back(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [_, second, _] = await three_turns(server, cast.user)
    fake.script.next(Fault("too-long"), account=FREE[0])
    failed = await (await talk.ask_again(second, "too long")).end()
    assert (failed.state, failed.upstream_reply_id) == ("failed", None)
    behind = await finished(await talk.follow_up("behind what failed", after=failed))
    assert way_to(fake, behind) == ["one", "behind what failed"]
    assert await talk.path() == ["one", "too long", "behind what failed"]
    again = await finished(await talk.ask_again(failed))
    assert way_to(fake, again) == ["one", "too long"]
    assert await talk.proven()


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


async def test_a_first_turn_of_an_older_record_is_refused_on_an_account_that_remembers(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [first, second, _] = await three_turns(server, cast.user)
    engine = server.house.record.database

    def forget(connection: object) -> None:
        connection.execute("UPDATE turns SET upstream_parent_id = NULL WHERE position = 1", ())  # type: ignore[attr-defined]

    await engine.write(forget)
    sent = len(asked(fake))
    with pytest.raises(errors.InvalidInput, match="cannot be asked again"):
        await talk.ask_again(first)
    assert len(asked(fake)) == sent
    assert way_to(fake, await finished(await talk.ask_again(second, "all others can"))) == ["one", "all others can"]


async def test_an_account_without_memory_is_told_the_turns_of_the_path_alone(tmp_path: Path) -> None:
    async with scripted() as far:
        far.otherwise = lambda _: Scripted([b"".join(told("Well."))])
        account = {"name": "lab", "kind": "openai", "base_url": far.url + "/v1", "model": "m"}
        async with serving(tmp_path, [account]) as server:
            talk, [first, second, _] = await three_turns(server, await server.key("uma"))
            await finished(await talk.ask_again(second, "two, put better"))
            assert said(far) == ["one", "two, put better"]
            await finished(await talk.follow_up("more"))
            assert said(far) == ["one", "two, put better", "more"]
            await finished(await talk.ask_again(first, "anew"))
            assert said(far) == ["anew"]


def said(far: ScriptedServer) -> list[str]:
    """The prompts that came along with the last one, and that one."""
    return [message["content"] for message in far.requests[-1].json["messages"] if message["role"] == "user"]


async def test_what_came_along_with_the_first_prompt_comes_along_with_its_versions(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    caller = await server.house.identity.caller(cast.user)
    told_before = (Message("system", "Be brief."),)
    reply = await server.house.gateway.chat.send(caller, Prompt("one", history=told_before))
    talk = Growing(server, caller, reply)
    await finished(await talk.ask_again(await reply.end(), "two"))
    assert ["Be brief." in prompt for prompt in asked(fake)] == [True, True]
    assert asked(fake)[1].endswith("two")
    assert await talk.proven()


async def test_going_on_elsewhere_tells_the_newest_path_alone(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    talk, [_, second, _] = await three_turns(server, cast.user)
    await finished(await talk.ask_again(second, "put better"))
    caller = await server.house.identity.caller(cast.user)
    await finished(await server.house.gateway.elsewhere.go_on(caller, talk.shown_id, Prompt("on")))
    asks = [line for line in asked(fake)[-1].split("\n\n") if line.startswith("User:")]
    assert asks == ["User:\none", "User:\nput better", "User:\non"]


async def test_a_reply_that_a_kill_broke_off_can_be_asked_again(tmp_path: Path, fake: RehearsalServer) -> None:
    accounts = chatgpt_accounts(fake)[:1]
    async with server_process(tmp_path, accounts) as process, process.client() as client:
        answer = await client.post("/graphql", json={"query": CHAT, "variables": {"input": {"prompt": "one"}}})
        again = {"turnId": answer.json()["data"]["chat"]["turn"]["id"], "prompt": HANGING, "wait": False}
        await client.post("/graphql", json={"query": ASK_AGAIN, "variables": {"input": again}})
        async with asyncio.timeout(20):
            while HANGING not in asked(fake):  # noqa: ASYNC110  the fake has no event for it
                await asyncio.sleep(0.01)
        process.process.kill()
        await process.process.wait()
    async with serving(tmp_path, accounts, fake=fake) as server:
        caller = await server.house.identity.caller(process.key)
        first, _ = await server.house.gateway.conversations.turn(caller, again["turnId"])
        talk = Growing(server, caller, Reply(first, None))
        assert await talk.path() == [HANGING]
        [broken] = (await talk.page(Slice())).items
        assert (broken.state, broken.error_code) == ("failed", "reply_interrupted")
        assert await talk.versions(broken) == [1, 2]
        whole = await finished(await talk.ask_again(broken, "two"))
        assert way_to(fake, whole) == ["two"]
        assert await talk.path(first) == ["one"]
        assert await talk.proven()
    assert not fake.violations


async def test_the_rehearsal_upstream_takes_any_branch_up_after_a_restart(tmp_path: Path) -> None:
    account, one, two, four = {"name": "rehearsal", "kind": "rehearsal"}, *(f"{n}\n/rehearse long 1" for n in (1, 2, 4))
    async with serving(tmp_path, [account]) as server:
        key = await server.key("uma")
        talk, first = await Growing.begun(server, key, one)
        second = await finished(await talk.follow_up(two))
        stopped = await talk.stop((await talk.ask_again(first, "/rehearse hang")).turn)
    async with serving(tmp_path, [account]) as server:
        talk = Growing(server, await server.house.identity.caller(key), Reply(first, None))
        for turn in (second, first, stopped):
            await finished(await talk.ask_again(turn, f"instead of {turn.position}\n/rehearse long 1"))
        await finished(await talk.follow_up(four, after=second))
        assert await talk.path(second) == await talk.path() == [one, two, four]
        assert await talk.proven()


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

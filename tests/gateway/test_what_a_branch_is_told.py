"""What accounts are told of a branch: its own way from the first prompt, through failures, restarts and kills."""

import asyncio
from pathlib import Path

import pytest

from backend import errors
from backend.gateway.live_replies import Reply
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.upstream.protocol import Message
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.graphql_client import CHAT
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving
from tests.gateway.growing import Growing, asked, finished, three_turns, way_to
from tests.server_process import server_process
from tests.upstream.scripted_server import Reply as Scripted
from tests.upstream.scripted_server import ScriptedServer, scripted
from tests.upstream.test_openai_answers import told

ASK_AGAIN = """mutation ($input: AskAgainInput!) { askAgain(input: $input) { turn { id } } }"""
HANGING = "one again\n/rehearse hang-mid"


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


async def test_a_stranger_is_told_nothing_of_any_branch(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    talk, [_, second, _] = await three_turns(server, cast.user)
    await finished(await talk.ask_again(second, "put better"))
    sent = len(asked(fake))
    for key in (cast.stranger, cast.client, cast.admin):
        caller = await server.house.identity.caller(key)
        with pytest.raises(errors.NotFound):
            await server.house.gateway.elsewhere.go_on(caller, talk.shown_id, Prompt("mine now"))
    assert len(asked(fake)) == sent

"""The pool over the strict fake: accounts take turns, a follow-up stays, parents are right."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend import errors
from backend.domain.access import Caller
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.gateway.live_replies import Reply
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer, SeenRequest
from tests.driver import FREE, PLUS, Cast, Running, chatgpt_accounts, serving

PROXY_EXIT = "127.0.0.9"  # the address that microsocks speaks from, so that its connections are told from direct ones


def prompts(fake: RehearsalServer) -> list[SeenRequest]:
    return [request for request in fake.requests if request.endpoint == "chat"]


async def caller_of(server: Running, key: str) -> Caller:
    return await server.house.identity.caller(key)


async def follow_up(server: Running, caller: Caller, first: Reply, text: str) -> Reply:
    conversation = show_id(CONVERSATION, first.conversation_id)
    return await server.house.gateway.chat.follow_up(caller, conversation, Prompt(text))


async def three_turns(server: Running, caller: Caller) -> Reply:
    first = await server.house.gateway.chat.send(caller, Prompt("one"))
    await first.end()
    for text in ("two", "three"):
        turn = await (await follow_up(server, caller, first, text)).end()
        assert turn.state == "finished", turn.error_sentence
    return first


async def test_new_conversations_go_round_the_accounts_and_follow_ups_stay(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.plus)
    for _ in range(4):
        await three_turns(server, caller)
    seen = prompts(server.fake)
    assert [request.account for request in seen[::3]] == [FREE[0], PLUS[0], FREE[1], PLUS[1]]
    for start in range(0, 12, 3):
        first, second, third = seen[start : start + 3]
        assert first.account == second.account == third.account
        assert first.conversation_id is None
        assert second.conversation_id == third.conversation_id is not None
        assert second.parent_message_id != third.parent_message_id
    assert not server.fake.violations


async def test_without_the_right_to_plus_only_free_accounts_serve(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.user)
    for _ in range(3):
        await (await server.house.gateway.chat.send(caller, Prompt("hello"))).end()
    assert [request.account for request in prompts(server.fake)] == [FREE[0], FREE[1], FREE[0]]
    with pytest.raises(errors.NoAccountAvailable):
        await server.house.gateway.chat.send(caller, Prompt("hello", plan="plus"))


async def test_the_plan_chooses_between_free_and_plus(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.plus)
    for plan in ("plus", "free", "plus"):
        await (await server.house.gateway.chat.send(caller, Prompt("hello", plan=plan))).end()
    assert [request.account for request in prompts(server.fake)] == [PLUS[0], FREE[0], PLUS[1]]


async def test_a_follow_up_fails_with_nothing_sent_when_its_account_is_gone(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    accounts = chatgpt_accounts(fake)
    async with serving(tmp_path, accounts[:1], fake=fake) as server:
        key = await server.key("uma")
        first = await server.house.gateway.chat.send(await caller_of(server, key), Prompt("one"))
        await first.end()
    sent = len(prompts(fake))
    async with serving(tmp_path, accounts[2:3], fake=fake) as server:
        with pytest.raises(errors.AccountUnavailable, match="no longer available"):
            await follow_up(server, await caller_of(server, key), first, "two")
    assert len(prompts(fake)) == sent


async def test_a_conversation_goes_on_after_a_restart(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        key = await server.key("uma")
        first = await three_turns(server, await caller_of(server, key))
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        turn = await (await follow_up(server, await caller_of(server, key), first, "four")).end()
    assert (turn.state, turn.position) == ("finished", 4)
    assert not fake.violations


async def test_prompts_that_come_while_a_reply_is_written_are_taken_in_order(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.user)
    first = await server.house.gateway.chat.send(caller, Prompt("/rehearse stall 0.2"))
    later = await asyncio.gather(*(follow_up(server, caller, first, f"number {n}") for n in range(5)))
    turns = [await reply.end() for reply in later]
    assert [turn.state for turn in turns] == ["finished"] * 5
    assert sorted(turn.position for turn in turns) == [2, 3, 4, 5, 6]
    asked = [request.prompt for request in prompts(server.fake)][1:]
    assert asked == [turn.prompt for turn in sorted(turns, key=lambda turn: turn.position)]
    assert not server.fake.violations


@asynccontextmanager
async def microsocks() -> AsyncIterator[int]:
    program = shutil.which("microsocks")
    if program is None:
        pytest.skip("microsocks is missing: apt-get install microsocks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        program, "-i", "127.0.0.1", "-p", str(port), "-b", PROXY_EXIT, "-u", "pool", "-P", "s3cret",
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                break
        yield port
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_proxied_account_is_reached_through_its_proxy_alone(tmp_path: Path, fake: RehearsalServer) -> None:
    async with microsocks() as port:
        accounts = chatgpt_accounts(fake)
        accounts[0]["proxy"] = f"socks5://pool:s3cret@127.0.0.1:{port}"
        async with serving(tmp_path, accounts, fake=fake) as server:
            caller = await caller_of(server, await server.key("pia", plus=True))
            for _ in range(4):
                await three_turns(server, caller)
            ways_out = {(request.account, request.peer_host) for request in prompts(fake)}
            assert ways_out == {(FREE[0], PROXY_EXIT)} | {(email, "127.0.0.1") for email in (FREE[1], *PLUS)}
            assert any(request.peer_host == PROXY_EXIT for request in fake.requests if request.endpoint == "sign_in")
    assert not fake.violations


async def test_with_its_proxy_down_an_account_fails_and_never_goes_direct(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    account = chatgpt_accounts(fake)[0] | {"proxy": f"socks5h://127.0.0.1:{port}"}
    async with serving(tmp_path, [account], fake=fake) as server:
        caller = await caller_of(server, await server.key("uma"))
        turn = await (await server.house.gateway.chat.send(caller, Prompt("hello"))).end()
    assert (turn.state, turn.error_code) == ("failed", "proxy_unreachable")
    assert fake.requests == []


async def test_a_stranger_cannot_go_on_with_another_persons_conversation(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    first = await three_turns(server, await caller_of(server, cast.user))
    sent = len(prompts(server.fake))
    for key in (cast.stranger, cast.client, cast.admin):
        with pytest.raises(errors.NotFound):
            await follow_up(server, await caller_of(server, key), first, "mine now")
    assert len(prompts(server.fake)) == sent


async def test_a_prompt_behind_one_that_was_stopped_in_the_line_does_not_overtake(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.user)
    first = await server.house.gateway.chat.send(caller, Prompt("/rehearse stall 0.2"))
    second = await follow_up(server, caller, first, "second")
    await server.house.gateway.chat.stop(caller, show_id(TURN, second.turn.id))
    third = await (await follow_up(server, caller, first, "third")).end()
    fourth = await (await follow_up(server, caller, first, "fourth")).end()
    assert [third.state, fourth.state] == ["finished", "finished"]
    assert third.upstream_parent_id == (await first.end()).upstream_reply_id
    assert not server.fake.violations


async def test_a_conversation_that_began_on_the_second_account_goes_on_there(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    caller = await caller_of(server, cast.user)
    server.fake.script.next(Fault("broken"), account=FREE[0])
    first = await server.house.gateway.chat.send(caller, Prompt("one"))
    assert (await first.end()).state == "finished"
    assert (await (await follow_up(server, caller, first, "two")).end()).state == "finished"
    assert [request.account for request in prompts(server.fake)] == [FREE[0], FREE[1], FREE[1]]

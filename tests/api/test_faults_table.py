"""Every fault of the table through every door: the error is named in time, the record and the account are right."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.api.http_errors import STATUS
from backend.api.openai_answers import CODES
from backend.domain.accounts import AccountState
from backend.domain.replies import Turn
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.doors import DOORS, Heard, through
from tests.api.fault_table import MIB, ROWS, Row, as_markdown
from tests.driver import FREE, Running, faking, serving
from tests.laws.source import ROOT
from tests.proxies import broken_proxy

PATIENCE = 10.0  # seconds beyond the timeout that ends the fault, for a machine that is busy
EVERY_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fault)


@dataclass
class Clock:
    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Scene:
    server: Running
    fake: RehearsalServer
    clock: Clock
    key: str
    admin: str

    async def states(self) -> list[AccountState]:
        accounts = self.server.house.gateway.accounts
        return [state for _, state in await accounts.overview(await self.server.house.identity.caller(self.admin))]

    async def last_turn(self) -> Turn:
        """The newest turn of the person's newest conversation, as it is recorded."""
        caller, conversations = (
            await self.server.house.identity.caller(self.key),
            self.server.house.gateway.conversations,
        )
        newest = (await conversations.page(caller)).items[0]
        return (await conversations.turns(caller, newest, Slice(last=1))).items[-1]

    def asked(self) -> list[str | None]:
        """The account of each prompt that reached the fake."""
        return [request.account for request in self.fake.requests if request.endpoint == "chat"]


@asynccontextmanager
async def scene(folder: Path, row: Row, emails: tuple[str, ...], *, signed_in: bool = True) -> AsyncIterator[Scene]:
    """The product before these accounts, the first of which has the row's proxy."""
    async with AsyncExitStack() as stack:
        clock = Clock()
        fake = await stack.enter_async_context(faking(clock))
        accounts = [account_of(fake, email, signed_in=signed_in) for email in emails]
        if row.proxy is not None:
            accounts[0]["proxy"] = await stack.enter_async_context(broken_proxy(row.proxy))
        server = await stack.enter_async_context(
            serving(folder, accounts, fake=fake, clock=clock, timeouts=row.timeouts)
        )
        yield Scene(server, fake, clock, await server.key("uma"), await server.key("ada", "admin"))
        assert fake.violations == []


def account_of(fake: RehearsalServer, email: str, *, signed_in: bool) -> dict[str, Any]:
    token = {"access_token": fake.issue_token(email)} if signed_in else {}
    return token | {
        "name": email.partition("@")[0],
        "kind": "chatgpt",
        "base_url": fake.base_url,
        "login_url": fake.login_url,
        "auth_url": fake.auth_url,
        "email": email,
        "password": "correct horse",
    }


@EVERY_ROW
@pytest.mark.parametrize("door", DOORS)
async def test_a_fault_is_named_in_time(tmp_path: Path, row: Row, door: str) -> None:
    async with scene(tmp_path, row, FREE[:1]) as on:
        conversation_id = None
        if row.follows:
            conversation_id = (await through(door, on.server, on.key, "Hello")).conversation_id
        on.fake.script.next(*row.strikes)
        async with asyncio.timeout(row.timeouts.get(row.ends, 0) + PATIENCE):
            heard = await through(door, on.server, on.key, "And now?", conversation_id)
        assert on.fake.script.pending == ()
        turn = await on.last_turn()
        the_caller_was_told(row, door, heard, turn)
        the_record_has_it(row, on.fake, turn)
        await the_account_is_right(row, door, on)


def the_caller_was_told(row: Row, door: str, heard: Heard, turn: Turn) -> None:
    by_v1 = door.startswith("v1")
    assert heard.code == (CODES.get(row.code, row.code) if by_v1 and row.code else row.code), heard.message
    streams = door.endswith("stream")
    begun = row.code is None or (streams and row.partly)
    assert heard.status == (200 if begun or row.code is None or door.startswith("graphql") else STATUS[row.code])
    if begun:
        assert heard.text == turn.reply
    assert heard.code is None or streams or heard.message.startswith(turn.error_sentence or "-")


def the_record_has_it(row: Row, fake: RehearsalServer, turn: Turn) -> None:
    assert (turn.state, turn.error_code) == ("finished" if row.code is None else "failed", row.code)
    assert turn.ended_at is not None
    assert bool(turn.reply) == (row.partly or row.code is None)
    titled = any(request.endpoint == "title" for request in fake.requests)
    assert titled == (row.code is None or row.follows), "an account that has just failed is asked for nothing more"
    if turn.reply:
        said = list(fake.conversations.values())[-1].replies[-1].text
        assert said.startswith(turn.reply) if row.code else said == turn.reply


async def the_account_is_right(row: Row, door: str, on: Scene) -> None:
    """It is as the table says, nothing is in flight, and it is asked again when, and only when, that may help."""
    [state] = await on.states()
    assert (state.health, state.in_flight) == (row.health, 0), state.why
    assert bool(state.why) == (row.health != "ready")
    if row.health == "resting":
        assert state.until == on.clock.now + row.rests
    sent = len(on.asked())
    refused = await through(door, on.server, on.key, "Next")
    if row.health == "ready":
        assert (refused.code, len(on.asked())) == (None, sent + 1)
        return
    assert (refused.code, len(on.asked())) == ("no_account_available", sent)
    assert door.startswith("graphql") or refused.status == 503
    on.clock.now += 7 * 86_400
    later = await through(door, on.server, on.key, "A week later")
    if row.proxy is not None:
        assert (later.code, on.fake.requests) == (row.code, [])
    else:
        assert later.code == (None if row.health == "resting" else "no_account_available"), later.message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Row("The proxy hangs", proxy="silent", ends="connect"), "proxy_unreachable"),
        (Row("The page hangs", (Fault("hang"),), ends="first_byte"), "upstream_timeout"),
        (Row("The page never ends", (Fault("huge-body", size=200 * MIB),)), "upstream_bad_answer"),
    ],
    ids=lambda given: given.fault if isinstance(given, Row) else None,
)
async def test_a_fault_in_signing_in_is_named_in_time(tmp_path: Path, row: Row, code: str) -> None:
    async with scene(tmp_path, row, FREE[:1], signed_in=False) as on:
        on.fake.script.next(*row.strikes, endpoint="sign_in")
        async with asyncio.timeout(PATIENCE):
            heard = await through("rest", on.server, on.key, "Hello")
        assert (heard.code, heard.status, on.asked()) == (code, STATUS[code], [])
        assert on.fake.script.pending == ()
        [state] = await on.states()
        assert (state.health, state.in_flight) == ("resting", 0)


@EVERY_ROW
async def test_the_next_prompt_is_answered_by_another_account(tmp_path: Path, row: Row) -> None:
    """The one in whole messages meets the fault; the other must not be drawn in, nor the first asked again."""
    struck, other = FREE[1], FREE[0]
    async with scene(tmp_path, row, (struck, other)) as on:
        caller, chat = await on.server.house.identity.caller(on.key), on.server.house.gateway.chat
        on.fake.script.next(*(() if row.follows else row.strikes), account=struck)
        async with asyncio.timeout(row.timeouts.get(row.ends, 0) + PATIENCE):
            first = await (await chat.send(caller, Prompt("One"))).end()
        assert first.error_code in (None, row.code)
        assert not row.partly or first.error_code == row.code, "a reply of two accounts"
        if row.health == "ready":
            return
        [was_struck, untouched] = await on.states()
        assert [was_struck.health, untouched.health] == [row.health, "ready"]
        for _ in range(3):
            turn = await (await chat.send(caller, Prompt("Next"))).end()
            assert (turn.state, turn.account_id) == ("finished", untouched.id), turn.error_sentence
        assert on.asked().count(struck) == len(row.strikes)
        assert [state.in_flight for state in await on.states()] == [0, 0]


def test_the_page_on_faults_shows_the_table() -> None:
    page = (ROOT / "docs" / "faults.md").read_text("utf-8")
    assert as_markdown() in page, f"docs/faults.md should hold:\n\n{as_markdown()}"
    shown = set(re.findall(r"`(\w+)`", page)) & STATUS.keys()
    assert {row.code for row in ROWS if row.code} <= shown

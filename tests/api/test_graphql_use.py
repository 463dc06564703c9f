"""Use by GraphQL: what each may see of it, in which groups, and what is not known told as such."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from backend.gateway import use
from backend.gateway.use import months
from tests.api.graphql_client import Json, chat, code, data, follow_up, stop
from tests.driver import Cast, Running

TOTALS = (
    "prompts finished failed stopped promptTokens replyTokens estimatedTokens estimatedPrompts unknownTokens seconds"
)
USE = f"""query ($from: DateTime!, $to: DateTime!, $by: [UseDimension!]!, $step: UseStep, $filter: UseFilter) {{
  use(from: $from, to: $to, by: $by, step: $step, filter: $filter) {{ start end total {{ {TOTALS} }}
  rows {{ start user {{ name removedAt }} client {{ name }} account model {TOTALS} }} }} }}"""


async def report(server: Running, key: str, *by: str, **variables: Any) -> Json:
    found: Json = (await data(server, key, USE, **asked(*by, **variables)))["use"]
    return found


def asked(*by: str, **variables: Any) -> Json:
    now = datetime.now(UTC)
    span = {"from": (now - timedelta(hours=2)).isoformat(), "to": (now + timedelta(hours=2)).isoformat()}
    return span | {"by": list(by)} | variables


async def prompts(server: Running, key: str, *by: str, **variables: Any) -> list[tuple[Any, int]]:
    names = {"USER": "user", "CLIENT": "client", "ACCOUNT": "account", "MODEL": "model"}
    rows = (await report(server, key, *by, **variables))["rows"]
    found = [(row[names[by[0]]], row["prompts"]) for row in rows]
    return [(value["name"] if isinstance(value, dict) else value, count) for value, count in found]


async def some_use(server: Running, cast: Cast) -> None:
    """uma: two whole replies, one that failed, one that was stopped; bot and sam: one each."""
    begun = await chat(server, cast.user, "hello")
    too_long = 'mutation { chat(input: {prompt: "/rehearse too-long"}) { turn { id } } }'
    assert await code(server, cast.user, too_long) == "prompt_too_long"
    turn = await chat(server, cast.user, "/rehearse hang-mid", wait=False)
    await stop(server, cast.user, turn["turn"]["id"])
    await follow_up(server, cast.user, begun["conversation"]["id"], "and then?")
    await asyncio.gather(chat(server, cast.client, "hello"), chat(server, cast.stranger, "hello"))


async def test_each_sees_the_use_of_its_own_branch(server: Running, cast: Cast) -> None:
    await some_use(server, cast)
    assert dict(await prompts(server, cast.admin, "USER")) == {"uma": 4, "bot": 1, "sam": 1}
    assert await prompts(server, cast.client, "USER") == [("uma", 4), ("bot", 1)]
    assert await prompts(server, cast.user, "USER") == [("uma", 4)]
    assert dict(await prompts(server, cast.admin, "CLIENT")) == {"bot": 5, None: 1}
    bot = (await data(server, cast.client, "{ viewer { id } }"))["viewer"]["id"]
    assert dict(await prompts(server, cast.admin, "USER", filter={"clientId": bot})) == {"uma": 4, "bot": 1}
    accounts = dict(await prompts(server, cast.admin, "ACCOUNT"))
    assert set(accounts) <= {"free-a", "free-b"}
    assert sum(accounts.values()) == 6


async def test_tokens_that_are_not_known_are_told_as_such(server: Running, cast: Cast) -> None:
    await some_use(server, cast)
    [uma] = (await report(server, cast.user))["rows"]
    assert (uma["prompts"], uma["finished"], uma["failed"], uma["stopped"]) == (4, 2, 1, 1)
    assert uma["unknownTokens"] == 4 - uma["estimatedPrompts"] >= 1
    assert uma["promptTokens"] + uma["replyTokens"] == uma["estimatedTokens"] > 0
    assert uma["seconds"] > 0
    too_long = 'mutation { chat(input: {prompt: "/rehearse too-long"}) { turn { id } } }'
    assert await code(server, cast.plus, too_long) == "prompt_too_long"
    [pia] = (await report(server, cast.plus))["rows"]
    assert (pia["prompts"], pia["unknownTokens"], pia["promptTokens"], pia["replyTokens"]) == (1, 1, None, None)
    [nobody] = (await report(server, await server.key("new")))["rows"]
    assert (nobody["prompts"], nobody["promptTokens"]) == (0, 0)


async def test_a_removed_users_use_is_still_told(server: Running, cast: Cast) -> None:
    await some_use(server, cast)
    query = (
        '{ users { edges { node { id use { prompts failed } none: use(to: "2001-01-01T00:00:00Z") { prompts } } } } }'
    )
    [edge] = (await data(server, cast.client, query))["users"]["edges"]
    assert (edge["node"]["use"], edge["node"]["none"]) == ({"prompts": 4, "failed": 1}, {"prompts": 0})
    await data(
        server, cast.client, "mutation ($id: ID!) { removeUser(input: {id: $id}) { id } }", id=edge["node"]["id"]
    )
    rows = (await report(server, cast.client, "USER"))["rows"]
    assert {row["user"]["name"]: row["user"]["removedAt"] is not None for row in rows} == {"uma": True, "bot": False}


async def test_time_comes_in_hours_days_and_months_at_ones_own_offset(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    hour = datetime.fromisoformat(turn["endedAt"]).replace(minute=0, second=0, microsecond=0)
    for offset in (0, 9, -5):
        zone = timezone(timedelta(hours=offset))
        local = hour.astimezone(zone)
        span = {"from": (local - timedelta(days=40)).isoformat(), "to": (local + timedelta(days=2)).isoformat()}
        for step, start in {
            "HOUR": local, "DAY": local.replace(hour=0), "MONTH": local.replace(day=1, hour=0),
        }.items():  # fmt: skip
            rows = (await report(server, cast.user, "TIME", step=step, **span))["rows"]
            assert [(datetime.fromisoformat(row["start"]), row["prompts"]) for row in rows] == [(start, 1)]


def test_months_begin_and_end_where_the_calendar_says() -> None:
    start = datetime(2027, 12, 15, 13, 30, tzinfo=timezone(timedelta(hours=2)))
    found = list(months(use.span(start, start + timedelta(days=60)), start))
    firsts = [datetime.fromtimestamp(first * 3600, UTC).isoformat()[:13] for first, _ in found]
    assert firsts == ["2027-11-30T22", "2027-12-31T22", "2028-01-31T22"]
    assert [end for _, end in found[:-1]] == [first for first, _ in found[1:]]


async def test_a_report_that_would_be_too_long_is_refused(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_use(server, cast)
    monkeypatch.setattr(use, "MOST_ROWS", 2)
    assert len((await report(server, cast.client, "USER"))["rows"]) == 2
    for step in ("HOUR", "MONTH"):
        assert await code(server, cast.admin, USE, **asked("USER", "TIME", step=step)) == "report_too_large"
    ages = {"from": "0001-01-01T00:00:00Z", "to": "9999-12-31T00:00:00Z"}
    assert await code(server, cast.admin, USE, **asked("TIME", step="MONTH", **ages)) == "report_too_large"
    assert (await report(server, cast.admin, **ages))["rows"][0]["prompts"] == 6


async def test_what_is_wrong_is_refused(server: Running, cast: Cast) -> None:
    for wrong in ({"to": "2001-01-01T00:00:00Z"}, {"from": "2001-01-01T00:00:00"}):
        assert await code(server, cast.user, USE, **asked(**wrong)) == "invalid_input"


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    await some_use(server, cast)
    uma = (await data(server, cast.user, "{ viewer { id } }"))["viewer"]["id"]
    for key in (cast.plus, await server.key("rival", "client")):
        for wanted in ({}, {"userId": uma}, {"userId": "nobody"}):
            [row] = (await report(server, key, filter=wanted))["rows"]
            assert row["prompts"] == 0
    for key in (cast.user, cast.client):
        assert await code(server, key, USE, **asked("ACCOUNT")) == "not_allowed"
        assert await code(server, key, USE, **asked(filter={"account": "free-a"})) == "not_allowed"
    assert await code(server, cast.user, USE, **asked("CLIENT")) == "not_allowed"

"""Use by GraphQL: what each may see of it, in which groups, and what is not known told as such."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.gateway import use
from tests.api.graphql_client import Json, chat, code, data, execute, follow_up, stop
from tests.driver import Cast, Running

TOTALS = "prompts finished failed stopped promptTokens replyTokens estimatedTokens estimatedPrompts unknownTokens seconds"
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
    """uma: one whole reply, one that failed, one that was stopped; bot and sam: one each."""
    begun = await chat(server, cast.user, "hello")
    assert "errors" in await execute(
        server, cast.user, "mutation { chat(input: {prompt: \"/rehearse error 500\"}) { turn { id } } }"
    ) or True
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

"""What is asked of a server while a record's growth is measured, by the doors that everybody uses."""

import itertools
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientSession

from bench.growth.words import COMMON, RARE

PAGE: Final = 30
WALK: Final = 200  # rows of a page on the way to page 1,000
DEEP: Final = 1_000  # pages
SAMPLES: Final = 400  # conversations that are opened and gone on with

LIST: Final = """query($first: Int!, $after: String) { conversations(first: $first, after: $after) {
  edges { cursor node { id title updatedAt pinned archived tags } } pageInfo { hasNextPage } } }"""
OPEN: Final = """query($id: ID!) { conversation(id: $id) { title turns(last: 50) { edges { node {
  id prompt reply state createdAt } } } } }"""
FOLLOW_UP: Final = """mutation($id: ID!, $prompt: String!) { followUp(input: {conversationId: $id, prompt: $prompt}) {
  turn { state reply } } }"""
SEARCH: Final = """query($text: String!) { search(text: $text, first: 20) {
  edges { node { excerpt conversation { id title } turn { id } } } } }"""
ISSUE: Final = """mutation($name: String!) { issueKey(input: {name: $name}) { key user { id } } }"""
USERS: Final = """query($filter: UserFilter) { users(first: 30, filter: $filter) {
  edges { node { id name role lastUsedAt owner { name } } } } }"""


@dataclass(frozen=True, slots=True)
class Keys:
    """Of the busiest user, of the steady one and of the admin."""

    busiest: str
    steady: str
    admin: str


@dataclass(slots=True)
class Asking:
    """One server with a rehearsed record.  `url` has no trailing slash."""

    http: ClientSession
    url: str
    keys: Keys
    choice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311  which rows, no secret
    deep: list[str] = field(default_factory=list)
    depth: int = 0
    opened: list[str] = field(default_factory=list)
    steady: list[str] = field(default_factory=list)
    middling: list[str] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    names: Any = field(default_factory=itertools.count)

    async def graphql(self, key: str, query: str, **variables: object) -> Any:
        headers = {"Authorization": f"Bearer {key}"}
        body = {"query": query, "variables": variables}
        async with self.http.post(f"{self.url}/graphql", json=body, headers=headers) as answer:
            said = await answer.json()
        if "errors" in said:
            raise RuntimeError(said["errors"])
        return said["data"]

    async def recall(self, key: str, **more: str) -> Any:
        async with self.http.post(f"{self.url}/api/recall", json={"user": key, **more}) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def prepare(self) -> None:
        """Walk to page 1,000 or, in a small record, to the last one; choose what is opened and what is searched."""
        seen: list[Any] = []
        more = True
        while more and len(seen) < PAGE * DEEP:
            after = seen[-1]["cursor"] if seen else None
            page = (await self.graphql(self.keys.busiest, LIST, first=WALK, after=after))["conversations"]
            seen += page["edges"]
            more = page["pageInfo"]["hasNextPage"]
        last = min(PAGE * (DEEP - 1), len(seen) - PAGE) - 1
        self.depth = last // PAGE + 2
        self.deep = [edge["cursor"] for edge in seen[max(0, last - 20) : last + 1]]
        ids = [edge["node"]["id"] for edge in seen]
        self.opened = self.choice.sample(ids, min(SAMPLES, len(ids)))
        page = (await self.graphql(self.keys.steady, LIST, first=WALK))["conversations"]
        self.steady = [edge["node"]["id"] for edge in page["edges"]]
        for id in self.opened[:40]:
            for turn in (await self.turns(id))["turns"]["edges"]:
                said = re.findall(r"\w+", f"{turn['node']['prompt']} {turn['node']['reply']}".lower())
                self.rare += [word for word in said if RARE.fullmatch(word)]
                self.middling += [word for word in said if len(word) == 4]

    async def turns(self, id: str) -> Any:
        return (await self.graphql(self.keys.busiest, OPEN, id=id))["conversation"]

    async def searched(self, key: str, text: str) -> None:
        if not (await self.graphql(key, SEARCH, text=text))["search"]["edges"]:
            raise RuntimeError(f"nothing was found of {text}")

    async def follow_up(self) -> None:
        id = self.choice.choice(self.opened)
        said = await self.graphql(self.keys.busiest, FOLLOW_UP, id=id, prompt="And what else?")
        if said["followUp"]["turn"]["state"] != "FINISHED":
            raise RuntimeError(f"the follow-up was not answered: {said}")

    def questions(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """By their names in the table."""
        keys, pick = self.keys, self.choice.choice
        return {
            "first page of conversations": lambda: self.graphql(keys.busiest, LIST, first=PAGE),
            "page 1,000": lambda: self.graphql(keys.busiest, LIST, first=PAGE, after=pick(self.deep)),
            "open one": lambda: self.turns(pick(self.opened)),
            "follow-up": self.follow_up,
            "recall, one conversation": lambda: self.recall(keys.steady, conversation_id=pick(self.steady)),
            "recall, a hundred titles": lambda: self.recall(keys.steady),
            "search, a rare word": lambda: self.searched(keys.busiest, pick(self.rare)),
            "search, a middling word": lambda: self.searched(keys.busiest, pick(self.middling)),
            "search, a common word": lambda: self.searched(keys.busiest, COMMON),
            "search, a common word of a user with little": lambda: self.searched(keys.steady, COMMON),
            "issue a key": lambda: self.graphql(keys.admin, ISSUE, name=f"Measured {next(self.names)} (rehearsal)"),
            "the admin's list of users": lambda: self.graphql(keys.admin, USERS, filter=None),
            "a user by how its name begins": lambda: self.graphql(keys.admin, USERS, filter={"text": "steady"}),
        }

"""Conversations as they come about: several at a time, turn by turn, so that all ids ascend with time.

Receipts are left out, as are the upstream's final message objects: nobody signed what nobody said, and `verify` says
so.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from backend.domain.conversations import tag_key
from backend.domain.use import HOUR
from backend.errors import UpstreamTimeout
from backend.storage.search import owner_word
from backend.storage.text import to_json
from bench.growth.people import Ids, Person, Row, owners
from bench.growth.words import Stock, rare

TURNS_EACH: Final = 10  # on average
LENGTHS: Final = (1, 1, 2, 3, 5, 8, 12, 18, 22, 28)  # turns: ten conversations have a hundred
TAGS: Final = ("Work", "Ideas", "Later", "Urgent", "Reading")
AT_ONCE: Final = 64  # conversations that go on at the same time
BATCH: Final = 10_000  # turns
MODEL: Final = "rehearsal"
LASTS: Final = 1_500_000  # microseconds that a reply takes
FAILURE: Final = "The upstream did not answer in time (rehearsed)."


def choice_of(account: str, *, pinned: bool) -> str | None:
    counts = {"ready": 4, "busy": 0, "resting": 0, "out": 0}
    return to_json({"rule": "round_robin", "pinned": pinned, "count": 1, "account": account, "left_out": [], **counts})


@dataclass(slots=True)
class Going:
    """A conversation that goes on.  `owner` is its user as the index has it."""

    id: int
    user: int
    owner: str
    account: int
    title: str
    begun: int
    length: int
    choices: tuple[str | None, str | None]
    parents: list[str] = field(default_factory=list)
    answered: bool = False


Batch = dict[str, list[Row]]
"""Rows by table; `search` has (id, owner, words)."""


class Talk:
    """`accounts` are (id, name).  Times are microseconds since the epoch."""

    def __init__(
        self, made: list[Person], accounts: list[tuple[int, str]], stock: Stock, choice: random.Random, ids: Ids
    ) -> None:
        self._people = made
        self._accounts = [(id, (choice_of(name, pinned=False), choice_of(name, pinned=True))) for id, name in accounts]
        self._stock = stock
        self._choice = choice
        self._ids = ids
        self._uuids = 0
        self._masks: defaultdict[int, int] = defaultdict(int)
        self._rares: defaultdict[int, set[str]] = defaultdict(set)

    def batches(self, conversations: int, start_us: int, end_us: int) -> Iterator[Batch]:
        """All turns in the order of time, some thousands at a time; with them conversations that have come to their end
        and hours that are over."""
        whole = conversations * TURNS_EACH
        fresh = zip(self._lengths(conversations), owners(self._people, conversations, self._choice), strict=True)
        going: list[Going | None] = [None] * max(1, min(AT_ONCE, conversations // 20))
        hours: dict[int, dict[tuple[int, int], list[int]]] = {}
        rares = max(1, conversations // 4)
        batch = empty()
        for number in range(whole):
            now = start_us + (end_us - start_us) * number // whole
            slot, one = self._next(going, fresh, now)
            self._turn(one, now, rares, hours, batch)
            if len(one.parents) == one.length:
                self._end(one, now, batch)
                going[slot] = None
            if len(batch["turns"]) == BATCH:
                over = (now // HOUR) - 1
                batch["use_hours"] += rows_of_hours({hour: hours.pop(hour) for hour in sorted(hours) if hour < over})
                yield batch
                batch = empty()
        batch["use_hours"] += rows_of_hours(hours)
        yield batch

    def vocabularies(self) -> Iterator[Row]:
        """Each user's words that a search may complete, in the order of their key."""
        for user in sorted(self._masks):
            common = self._stock.of_mask(self._masks[user])
            for word in sorted([*common, *self._rares[user]]):
                yield user, word

    def _lengths(self, conversations: int) -> Iterator[int]:
        """Ten turns each on average, exactly."""
        for _ in range(conversations // len(LENGTHS)):
            yield from self._choice.sample(LENGTHS, len(LENGTHS))
        yield from [TURNS_EACH] * (conversations % len(LENGTHS))

    def _next(self, going: list[Going | None], fresh: Iterator[tuple[int, Person]], now: int) -> tuple[int, Going]:
        """One that goes on, or in the place of one that has ended the next one, and its place."""
        while True:
            place = int(self._choice.random() * len(going))
            one = going[place]
            if one is not None:
                return place, one
            following = next(fresh, None)
            if following is None:
                del going[place]
                continue
            length, owner = following
            account, choices = self._accounts[int(self._choice.random() * len(self._accounts))]
            one = going[place] = Going(
                self._ids.at(now), owner.id, owner_word(owner.id), account, "", now, length, choices
            )
            return place, one

    def _uuid(self) -> str:
        self._uuids += 1
        return f"5eed0000-0000-4000-8000-{self._uuids:012x}"

    def _turn(
        self, one: Going, now: int, rares: int, hours: dict[int, dict[tuple[int, int], list[int]]], batch: Batch
    ) -> None:
        random_, stock, parents = self._choice.random, self._stock, one.parents
        asked = stock.prompts[int(random_() * len(stock.prompts))]
        answered = stock.replies[int(random_() * len(stock.replies))]
        prompt, words = asked.text, asked.words
        position, mask = len(parents) + 1, asked.mask
        if random_() < 0.125:
            word = rare(int(random_() * rares))
            prompt, words = f"{prompt} {word}", f"{words} {word}"
            self._rares[one.user].add(word)
        if position == 1:
            one.title = asked.title
            batch["search"].append((one.id, one.user, f"{one.owner} {asked.title_words}"))
        id, prompt_id, reply_id, ended = self._ids.at(now), self._uuid(), self._uuid(), now + LASTS
        parent = parents[-1] if parents else self._uuid()
        follows = None
        if position == one.length > 2 and random_() < 0.05:  # the turn before, asked again
            follows, parent = position - 2, parents[-2]
        fate = random_()
        reply, state = answered.text, "finished" if fate < 0.97 else "stopped" if fate < 0.985 else "failed"
        tokens: tuple[int | None, int | None, str] = (-(-len(prompt) // 4), -(-len(reply) // 4), "estimated")
        error: tuple[str | None, str | None] = (None, None)
        if state == "failed":
            reply, error, tokens = "", (UpstreamTimeout.code, FAILURE), (None, None, "unknown")
        else:
            words, mask, one.answered = f"{words} {answered.words}", mask | answered.mask, True
        batch["turns"].append(
            (
                *(id, one.id, one.user, position, prompt, reply, state, one.account, MODEL, prompt_id, parent),
                *(reply_id if reply else None, *error, *tokens, 0, 0, "stop" if state == "finished" else None),
                *(now, now, ended, one.choices[position > 1], follows, position == 1 and reply != ""),
            )
        )
        batch["search"].append((id, one.user, f"{one.owner} {words}"))
        self._masks[one.user] |= mask
        parents.append(reply_id if reply else parent)
        count(hours.setdefault(ended // HOUR, {}), (one.user, one.account), state, tokens)

    def _end(self, one: Going, now: int, batch: Batch) -> None:
        chance = self._choice.random
        archived, pinned, ended = chance() < 0.1, chance() < 0.02, now + LASTS
        removed = ended + 1 if chance() < 0.01 else None
        tags = self._choice.sample(TAGS, 1 if chance() < 0.7 else 2) if chance() < 0.05 else []
        batch["conversations"].append(
            (
                *(one.id, one.user, one.title, one.account, self._uuid() if one.answered else None, one.begun),
                *(ended, removed),
                *(pinned, archived, to_json(tags), chance() < 0.05),
            )
        )
        batch["conversation_tags"] += [
            (one.id, tag_key(tag), tag, one.user, ended, archived, pinned, removed) for tag in tags
        ]


def empty() -> Batch:
    return {name: [] for name in ("conversations", "turns", "conversation_tags", "use_hours", "search")}


def count(
    hour: dict[tuple[int, int], list[int]],
    key: tuple[int, int],
    state: str,
    tokens: tuple[int | None, int | None, str],
) -> None:
    known = hour.get(key)
    if known is None:
        known = hour[key] = [0] * 11
    known[0] += 1
    known[{"finished": 1, "failed": 2, "stopped": 3}[state]] += 1
    if tokens[2] == "estimated":
        known[6] += tokens[0] or 0
        known[7] += tokens[1] or 0
        known[8] += 1
    else:
        known[9] += 1
    known[10] += LASTS // 1000


def rows_of_hours(hours: dict[int, dict[tuple[int, int], list[int]]]) -> list[Row]:
    return [
        (user, hour, account, MODEL, *counts)
        for hour, rows in sorted(hours.items())
        for (user, account), counts in rows.items()
    ]

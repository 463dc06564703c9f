"""However many faults there are, of whatever kinds: the accounts are asked little more often than people ask."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from backend import errors
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault
from tests.driver import chatgpt_accounts, faking, serving

PROMPTS: Final = 150
MOST_ATTEMPTS: Final = 1.2  # for each prompt that was accepted, on the average
PASSING: Final = (  # what an account comes back from by itself
    Fault("limit", seconds=20),
    Fault("limit-clears-in", seconds=5),
    Fault("limit-bare"),
    Fault("expired"),
    Fault("lost"),
    Fault("too-long"),
    Fault("broken"),
    Fault("edge-page"),
    Fault("reset"),
    Fault("hang"),
    Fault("redirect"),
    Fault("bad-body"),
    Fault("gzip-bomb", size=10_000),
    Fault("cut", after=0),
    Fault("cut"),
    Fault("no-end", after=0),
    Fault("bad-json", after=0),
    Fault("hang-mid"),
    Fault("stream-error", after=0),
)
BEFORE_ANY_TEXT: Final = (Fault("broken"), Fault("reset"), Fault("edge-page"))
PASS: Final = Fault("pass")


@dataclass
class Clock:
    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


def dealt(dice: random.Random, kinds: tuple[Fault, ...], chance: float) -> list[Fault]:
    """What the next requests meet.  A token that is refused twice in a row would need a person."""
    faults: list[Fault] = []
    while len(faults) < 8:
        fault = dice.choice(kinds) if dice.random() < chance else PASS
        if fault.kind != "expired" or not faults or faults[-1].kind != "expired":
            faults.append(fault)
    return faults


@pytest.mark.long
@pytest.mark.parametrize(
    ("kinds", "chance"),
    [(PASSING, 0.2), (PASSING, 0.6), (PASSING, 1.0), (BEFORE_ANY_TEXT, 1.0)],
    ids=["some", "many", "nothing but faults", "nothing but faults before any text"],
)
async def test_accounts_are_asked_little_more_often_than_people_ask(
    tmp_path: Path, kinds: tuple[Fault, ...], chance: float
) -> None:
    dice, clock = random.Random(f"{len(kinds)} {chance}"), Clock()  # noqa: S311  for a test
    timeouts = {"first_byte": 0.1, "between_reads": 0.1}
    async with (
        faking(clock) as fake,
        serving(tmp_path, chatgpt_accounts(fake), clock=clock, timeouts=timeouts) as server,
    ):
        caller = await server.house.identity.caller(await server.key("pia", plus=True))
        accepted, refused = 0, 0
        while accepted < PROMPTS:
            assert refused < 20 * PROMPTS, "the pool does not come back"
            clock.now += dice.uniform(0, 30)
            fake.script.clear()
            fake.script.next(*dealt(dice, kinds, chance))
            try:
                reply = await server.house.gateway.chat.send(caller, Prompt("Hello"))
            except errors.NoAccountAvailable:
                refused += 1
                clock.now += 60
                continue
            await reply.end()
            accepted += 1
        attempts = sum(request.endpoint == "chat" for request in fake.requests)
        assert accepted <= attempts <= MOST_ATTEMPTS * accepted, f"{attempts} attempts for {accepted} prompts"
        assert fake.violations == []

"""Users of a rehearsed record, their keys, and the accounts.

Nobody has the keys: their digests are those of nothing.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from backend.domain.access import Role
from backend.domain.ids import EPOCH

BUSIEST, STEADY = "Busiest (rehearsal)", "Steady (rehearsal)"
ADMIN, CLIENT = "Admin (rehearsal)", "Client (rehearsal)"
FIRST_NAMES: Final = (
    "Ada Bo Cleo Dag Edda Finn Gita Hugo Ines Jona Kaya Liv Milo Nora Olga Pia Quin Rosa Sami Tove".split()
)
ACCOUNTS: Final = ("rehearsal-1", "rehearsal-2", "rehearsal-3", "rehearsal-4")
ALWAYS: Final = 60  # users that even the smallest record has
SHARE_OF_BUSIEST: Final = 0.5  # of all conversations
OF_STEADY: Final = 100  # conversations, in every record that has a thousand

Row = tuple[object, ...]


class Ids:
    """As `domain.ids.IdSource` makes them, from a given time and by a given choice."""

    def __init__(self, choice: random.Random) -> None:
        self._choice = choice
        self._last = 0

    def at(self, time_us: int) -> int:
        wanted = (time_us // 1000 - EPOCH * 1000) << 20 | self._choice.getrandbits(20)
        self._last = last = max(wanted, self._last + 1)
        return last


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    role: Role
    owner_id: int | None
    external_id: str | None
    created_at: int
    disabled_at: int | None = None
    removed_at: int | None = None

    @property
    def row(self) -> Row:
        folded = None if self.external_id is None else self.external_id.casefold()
        plus = self.role != "user"
        return (
            *(self.id, self.name, self.role, plus, self.owner_id, self.external_id, self.created_at),
            *(self.disabled_at, self.removed_at, self.name.casefold(), folded),
        )


def people(conversations: int, choice: random.Random, ids: Ids, start_us: int) -> list[Person]:
    """The busiest, the steady one, the admin and the client stand first."""
    made = [
        Person(ids.at(start_us), BUSIEST, "user", None, None, start_us),
        Person(ids.at(start_us), STEADY, "user", None, None, start_us),
        Person(ids.at(start_us), ADMIN, "admin", None, None, start_us),
        Person(ids.at(start_us), CLIENT, "client", None, None, start_us),
    ]
    admin, clients = made[2], [made[3].id]
    for number in range(len(made), ALWAYS + conversations // 100):
        time = start_us + number * 1_000
        id, name = ids.at(time), f"{choice.choice(FIRST_NAMES)} {number} (rehearsal)"
        if number % 100 == 50:
            made.append(Person(id, name, "client", admin.id, f"rehearsal-client-{number}", time))
            clients.append(id)
            continue
        owner = choice.choice(clients) if choice.random() < 0.6 else None
        known_as = None if owner is None else f"rehearsal-{number}"
        gone = choice.random()
        disabled, removed = (time + 1 if gone < 0.01 else None), (time + 1 if 0.01 < gone < 0.02 else None)
        made.append(Person(id, name, "user", owner, known_as, time, disabled, removed))
    return made


def keys(made: list[Person], choice: random.Random, ids: Ids, start_us: int, end_us: int) -> Iterator[Row]:
    """One for each user, a second one for every third."""
    time = start_us + len(made) * 1_000
    for number, person in enumerate(made):
        for which in range(2 if number % 3 == 0 else 1):
            used = choice.randint(start_us, end_us)
            revoked = used if which and number % 2 else None
            yield (
                *(ids.at(time), person.id, "key", f"rehearsed key {which + 1}", "cas_Rehearsd"),
                *(choice.randbytes(32), time, None, used, revoked, None),
            )


def accounts(ids: Ids, start_us: int) -> list[Row]:
    nothing = (None,) * 5
    return [(ids.at(start_us), name, "rehearsal", False, None, None, start_us, *nothing) for name in ACCOUNTS]


def owners(made: list[Person], conversations: int, choice: random.Random) -> Iterator[Person]:
    """Of one conversation after the other.  Half of all are the busiest's; clients and admins have none of their own,
    the steady one has as many in every record."""
    busiest, steady, *others = (person for person in made if person.role == "user")
    shares = [1 / (rank + 2) ** 0.7 for rank in range(len(others))]
    shares = list(accumulate([sum(shares) * SHARE_OF_BUSIEST / (1 - SHARE_OF_BUSIEST), *shares]))
    every = max(5, conversations // OF_STEADY)
    for start in range(0, conversations, every):
        yield steady
        yield from choice.choices([busiest, *others], cum_weights=shares, k=min(every, conversations - start) - 1)

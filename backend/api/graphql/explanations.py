"""Why a turn has its account, as the schema shows it."""

from typing import Self

import strawberry
from strawberry import field

from backend.domain.choice import Explanation


@strawberry.type(description="An account that did not get a turn.")
class LeftOut:
    account: str = field(description="Its name.")
    why: str = field(description="Why it was left out.")


@strawberry.type(description="Why a turn has its account.  Counts are of the accounts that the sender's key includes.")
class Explain:
    sentence: str = field(description="The reason in a sentence.")
    pinned: bool = field(description="Whether it had to be the account that began the conversation.")
    ready: int = field(description="How many accounts could have answered, the one that did with them.")
    busy: int = field(description="How many were writing other replies.")
    resting: int = field(description="How many rested after a failure or a limit.")
    out: int = field(description="How many waited for a person, or were switched off.")
    count: int = field(description="Which of the pool's prompts it was, counted from the server's start.")
    account: str | None = field(description="The account's name; null unless you may see the accounts.")
    left_out: list[LeftOut] | None = field(
        description="The other accounts and why each was left out; null unless you may see the accounts."
    )

    @classmethod
    def of(cls, choice: Explanation) -> Self:
        named = choice.account is not None
        return cls(
            sentence=choice.sentence,
            pinned=choice.pinned,
            ready=choice.ready,
            busy=choice.busy,
            resting=choice.resting,
            out=choice.out,
            count=choice.count,
            account=choice.account,
            left_out=[LeftOut(account=name, why=why) for name, why in choice.left_out] if named else None,
        )

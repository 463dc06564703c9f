"""Why a turn has its account, as the schema shows it."""

import enum
from typing import Self

import strawberry
from strawberry import enum_value, field

from backend.domain.choice import Explanation, reason_of
from backend.domain.upkeep import DISABLED, RESTING

BY_HAND = (DISABLED, RESTING)


@strawberry.enum(description="By which rule the pool gives its accounts out.")
class PoolRule(enum.Enum):
    ROUND_ROBIN = enum_value("round_robin", description="Whichever has waited longest.")
    LEAST_BUSY = enum_value("least_busy", description="Whichever is the least busy.")
    WEIGHTED = enum_value("weighted", description="In turn, by their weights.")


@strawberry.enum(description="Why an account did not get a turn.")
class LeftOutReason(enum.Enum):
    PLUS_NOT_INCLUDED = enum_value(
        "plus_not_included", description="It is Plus, which the sender's key does not include."
    )
    NOT_PLUS = enum_value("not_plus", description="Plus was asked for, and it is free.")
    NOT_FREE = enum_value("not_free", description="A free one was asked for, and it is Plus.")
    NOT_ITS_TURN = enum_value("not_its_turn", description="It was another one's turn.")
    BUSY = enum_value("busy", description="It was writing all the replies that it may at once.")
    PROBING = enum_value("probing", description="It was being tried after its rest.")
    RESTING = enum_value("resting", description="It rested.")
    NEEDS_ATTENTION = enum_value("needs_attention", description="It waited for a person.")
    DISABLED = enum_value("disabled", description="It was switched off.")
    FAILED_BEFORE = enum_value("failed_before", description="It was asked before, and failed.")
    LEFT = enum_value("left", description="The conversation goes on elsewhere, and leaves it.")
    WITHOUT_MODEL = enum_value("without_model", description="It does not offer the model.")
    STANDS_BACK = enum_value("stands_back", description="It rehearses, and there is an account that does not.")


@strawberry.type(description="An account that did not get a turn.")
class LeftOut:
    account: str = field(description="Its name.")
    why: str = field(description="Why it was left out, in words.")
    reason: LeftOutReason | None = field(
        description="The same as a code; null where it is none of those that are known."
    )
    detail: str | None = field(description="What the failure said that it rested or waited for a person after, if any.")

    @classmethod
    def of(cls, account: str, why: str) -> Self:
        reason, detail = reason_of(why)
        return cls(
            account=account,
            why=why,
            reason=None if reason is None else LeftOutReason(reason),
            detail=None if reason is None or detail in ("", *BY_HAND) else detail,
        )


@strawberry.type(description="Why a turn has its account.  Counts are of the accounts that the sender's key includes.")
class Explain:
    sentence: str = field(description="The reason in a sentence.")
    rule: PoolRule = field(description="The rule by which it was chosen.")
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
            rule=PoolRule(choice.rule),
            pinned=choice.pinned,
            ready=choice.ready,
            busy=choice.busy,
            resting=choice.resting,
            out=choice.out,
            count=choice.count,
            account=choice.account,
            left_out=[LeftOut.of(name, why) for name, why in choice.left_out] if named else None,
        )

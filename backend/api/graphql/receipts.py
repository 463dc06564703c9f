"""The schema's types for receipts and for what verifying a conversation found."""

import base64
import enum
from typing import Self, get_args

import strawberry
from strawberry import field

from backend.domain import receipts, verification

PROBLEMS: dict[verification.ProblemCode, str] = {
    "missing_turn": "A turn, or several in a row, are not there any more.",
    "wrong_order": "The turn stood elsewhere in the order, or its receipt is another turn's.",
    "edited_prompt": "The prompt is not what was asked.",
    "edited_reply": "The reply is not what was answered.",
    "edited": "Something else of the turn was changed; the message names it.",
    "wrong_owner": "It belonged to another user.",
    "wrong_conversation": "It belonged to another conversation.",
    "bad_signature": "The receipt was edited or made up.",
    "unknown_key": "The receipt is signed by a key that this server does not have.",
    "no_receipt": "The turn has no receipt, and should have one.",
    "broken_chain": "The turn does not follow on the one before it as that one is now.",
    "wrong_head": "What says which turn is the last is missing, older or made up.",
}
ProblemCode = strawberry.enum(  # type: ignore[call-overload]
    enum.Enum(
        "ProblemCode",
        {
            code.upper(): strawberry.enum_value(code, description=PROBLEMS[code])
            for code in get_args(verification.ProblemCode)
        },
    ),
    description="What is wrong with a turn or a conversation.",
)


@strawberry.type(description="What the server signed when a turn ended.")
class Receipt:
    text: str = field(description="What was signed: one line of JSON with sorted keys and no blanks.")
    signature: str = field(description="The Ed25519 signature of the text's bytes, in Base64.")
    key: str = field(
        description="The id of the key that signed: the first 16 digits of its SHA-256.  "
        "`python -m backend verify --public-key` prints the key."
    )
    account: str | None = field(description="The account's fingerprint: the same for the same account, and no more.")
    prompt: str = field(description="The SHA-256 of the prompt, in hex.")
    reply: str = field(description="The SHA-256 of the reply, in hex.")
    previous: str | None = field(
        description="The SHA-256 of the text of the receipt before this one, in hex; null on the first."
    )

    @classmethod
    def of(cls, receipt: receipts.Receipt) -> Self:
        says = receipt.says
        return cls(
            text=receipt.text,
            signature=base64.b64encode(receipt.signature).decode(),
            key=receipt.key,
            account=says.get("account"),
            prompt=str(says.get("prompt")),
            reply=str(says.get("reply")),
            previous=says.get("previous"),
        )


@strawberry.type(description="One thing that is not as it was written.")
class IntegrityProblem:
    code: ProblemCode = field(description="What kind of thing.")  # type: ignore[valid-type]
    position: int | None = field(description="The position of the turn; null for the conversation as a whole.")
    message: str = field(description="The sentence for a person.")


@strawberry.type(description="Whether a conversation is as it was written, by its receipts.")
class Integrity:
    proven: bool = field(
        description="Whether every turn looked at is proven: its place, owner, prompt and reply, and none is missing."
    )
    complete: bool = field(description="Whether all turns were looked at, and not the last hundred alone.")
    turns: int = field(description="How many turns were looked at.")
    unsigned: int = field(description="How many of them are from before there were receipts.")
    unfinished: int = field(description="How many of them have not ended and are signed later.")
    problems: list[IntegrityProblem] = field(description="All that is wrong.")

    @classmethod
    def of(cls, verdict: verification.Verdict) -> Self:
        return cls(
            proven=verdict.proven,
            complete=verdict.complete,
            turns=len(verdict.turns),
            unsigned=verdict.turns.count("unsigned"),
            unfinished=verdict.turns.count("unfinished"),
            problems=[
                IntegrityProblem(code=ProblemCode(problem.code), position=problem.position, message=problem.sentence)
                for problem in verdict.problems
            ],
        )

"""Verifying a conversation by its receipts: every problem there is, told so that a person understands it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, USER, show_id
from backend.domain.receipts import HEAD, Receipt, differences, head_statement, of_conversation, read, statement
from backend.domain.replies import ENDED, Turn

ProblemCode = Literal[
    "missing_turn",
    "wrong_order",
    "edited_prompt",
    "edited_reply",
    "edited",
    "wrong_owner",
    "wrong_conversation",
    "bad_signature",
    "unknown_key",
    "no_receipt",
    "broken_chain",
    "wrong_head",
]
TurnVerdict = Literal["proven", "wrong", "unsigned", "unfinished"]

Check = Callable[[str, str, bytes], bool | None]
"""Of key, text and signature: whether that key signed it; None for a key that is not known."""

CLAUSES: Final[dict[str, tuple[ProblemCode, str]]] = {
    "prompt": ("edited_prompt", "its prompt was edited"),
    "reply": ("edited_reply", "its reply was edited"),
    "position": ("wrong_order", "it stood at position {says[position]}"),
    "owner": ("wrong_owner", "it belonged to the user {says[owner]}"),
    "conversation": ("wrong_conversation", "it belonged to the conversation {says[conversation]}"),
    "turn": ("wrong_order", "its receipt is that of the turn {says[turn]}"),
    "preamble": ("edited_prompt", "what came along with the first prompt was edited"),
    "follows": ("wrong_order", "it followed another turn"),
}
SAID_WHERE_NEEDED: Final = frozenset({"follows"})  # a receipt without it says something too
# Read with the conversation and not kept with each turn: only the last receipt must agree with it.
OF_THE_CONVERSATION: Final = "upstream_conversation"


@dataclass(frozen=True, slots=True)
class Problem:
    """`position` is None for what concerns the conversation as a whole."""

    code: ProblemCode
    position: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as it lies in the record, with the owner that its own row names and its receipt."""

    turn: Turn
    user_id: int
    receipt: str | None


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """`turns` in their order: those behind position `after`, which is 0 for all of them."""

    conversation: Conversation
    head: str | None
    turns: Sequence[KeptTurn]
    after: int = 0


@dataclass(slots=True)
class Verdict:
    """`turns` has a verdict per turn there is, in order; `unsigned` ones were kept before there were receipts."""

    kept: KeptConversation
    turns: list[TurnVerdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def proven(self) -> bool:
        return not self.problems and "unsigned" not in self.turns

    @property
    def complete(self) -> bool:
        """Whether all of the conversation was looked at, and not its last turns alone."""
        return self.kept.after == 0


class Verification:
    """One pass over one conversation.  `fingerprint` gives that of an account by its id."""

    def __init__(self, kept: KeptConversation, fingerprint: Callable[[int], str], check: Check) -> None:
        self._kept = kept
        self._fingerprint = fingerprint
        self._check = check
        self._verdict = Verdict(kept)
        self._receipts = [None if turn.receipt is None else read(turn.receipt) for turn in kept.turns]

    def verdict(self) -> Verdict:
        head = self._head()
        reached = head.position if head is not None else 0
        expected, unfinished, before = self._kept.after + 1, False, None
        for kept, receipt in zip(self._kept.turns, self._receipts, strict=True):
            position, known = kept.turn.position, len(self._verdict.problems)
            self._missing(expected, position)
            if kept.receipt is None:
                self._verdict.turns.append(self._without_receipt(kept, reached, unfinished))
                unfinished = unfinished or kept.turn.state not in ENDED
            else:
                self._with_receipt(kept, receipt, before, adjoining=expected == position)
                self._verdict.turns.append("proven" if len(self._verdict.problems) == known else "wrong")
            expected, before = position + 1, receipt
        self._end(head, expected)
        return self._verdict

    def _problem(self, code: ProblemCode, position: int | None, sentence: str) -> None:
        self._verdict.problems.append(Problem(code, position, sentence))

    def _missing(self, expected: int, position: int) -> None:
        if position - expected == 1:
            self._problem("missing_turn", expected, f"Turn {expected} is missing.")
        elif position > expected:
            self._problem("missing_turn", expected, f"Turns {expected} to {position - 1} are missing.")

    def _without_receipt(self, kept: KeptTurn, reached: int, unfinished: bool) -> TurnVerdict:
        """An ended turn has none where an earlier one is still being written, and where there were no receipts yet."""
        position = kept.turn.position
        if position > reached and (unfinished or kept.turn.state not in ENDED):
            return "unfinished"
        first = next((receipt for receipt in self._receipts if receipt is not None), None)
        begun = first is not None and (first.position <= position or first.says.get("previous") is not None)
        if not begun and (reached == 0 or first is not None):
            return "unsigned"
        self._problem(
            "no_receipt",
            position,
            f"Turn {position} has no receipt: this server did not write it, or its receipt was removed.",
        )
        return "wrong"

    def _with_receipt(
        self, kept: KeptTurn, receipt: Receipt | None, before: Receipt | None, *, adjoining: bool
    ) -> None:
        turn, position = kept.turn, kept.turn.position
        if receipt is None:
            self._problem("bad_signature", position, f"The receipt of turn {position} is not one.")
            return
        self._signature(receipt, position, f"The receipt of turn {position}")
        last = kept is self._kept.turns[-1]
        account = None if turn.account_id is None else self._fingerprint(turn.account_id)
        now = statement(turn, self._kept.conversation, account, None)
        leave_out = {"previous"} if last else {"previous", OF_THE_CONVERSATION}
        if receipt.position != position:
            leave_out |= of_conversation(self._kept.conversation).keys()
        self._compare(receipt.says, now, leave_out, position, f"Turn {position}")
        if kept.user_id != self._kept.conversation.user_id and receipt.says.get("owner") == now["owner"]:
            named = show_id(USER, kept.user_id)
            self._problem("wrong_owner", position, f"Turn {position} is not as it was signed: its row names {named}.")
        previous = receipt.says.get("previous")
        if position == 1 and previous is not None:
            self._problem("broken_chain", 1, "Turn 1 was not the first: its receipt names one before it.")
        elif before is not None and adjoining and previous != before.digest:
            self._problem(
                "broken_chain", position, f"Turn {position} does not follow on turn {position - 1} as it is now."
            )

    def _compare(
        self, says: dict[str, Any], now: dict[str, Any], leave_out: set[str], position: int | None, subject: str
    ) -> None:
        others: list[str] = []
        for name in differences(says, now, leave_out):
            if name in CLAUSES and (name in says or name in SAID_WHERE_NEEDED):
                code, clause = CLAUSES[name]
                self._problem(code, position, f"{subject} is not as it was signed: {clause.format(says=says)}.")
            else:
                others.append(name.replace("_", " "))
        if others:
            self._problem("edited", position, f"{subject} is not as it was signed: changed is {', '.join(others)}.")

    def _signature(self, receipt: Receipt, position: int | None, subject: str) -> bool:
        good = self._check(receipt.key, receipt.text, receipt.signature)
        if good is None:
            self._problem("unknown_key", position, f"{subject} is signed by the key {receipt.key}, not by this server.")
        elif not good:
            self._problem("bad_signature", position, f"{subject} has a wrong signature: it was edited or made up.")
        return bool(good)

    def _head(self) -> Receipt | None:
        """The head, if it can be trusted; else the problem with it is told."""
        kept = self._kept
        head = None if kept.head is None else read(kept.head, HEAD)
        if kept.head is None:
            if any(turn.receipt is not None for turn in kept.turns):
                self._problem(
                    "wrong_head", None, "The conversation's head is missing: turns may be missing at its end."
                )
        elif head is None:
            self._problem("wrong_head", None, "The conversation's head is not one: turns may be missing at its end.")
        elif self._signature(head, None, "The conversation's head"):
            now = head_statement(kept.conversation, head.position, str(head.says.get("receipt")))
            self._compare(head.says, now, set(), None, "The conversation")
            return head if head.says.get("conversation") == now["conversation"] else None
        return None

    def _end(self, head: Receipt | None, expected: int) -> None:
        """Whether the last receipt is the one that the head names."""
        if head is None:
            return
        self._missing(expected, head.position + 1)
        last = next((receipt for receipt in reversed(self._receipts) if receipt is not None), None)
        if last is not None and last.position > head.position:
            self._problem(
                "wrong_head",
                None,
                f"The conversation's head is an older one: it names turn {head.position} as the last signed.",
            )
            return
        pairs = zip(self._kept.turns, self._receipts, strict=True)
        named = next((receipt for kept, receipt in pairs if kept.turn.position == head.position), None)
        if named is not None and named.digest != head.says.get("receipt"):
            self._problem(
                "broken_chain", head.position, f"The receipt of turn {head.position} is not the one signed last."
            )


def verified(kept: KeptConversation, fingerprint: Callable[[int], str], check: Check) -> Verdict:
    return Verification(kept, fingerprint, check).verdict()


def lines_of(verdict: Verdict) -> list[str]:
    """One line per turn, what is missing in its place, and the verdict in the last."""
    told: dict[int, list[str]] = {}
    for problem in verdict.problems:
        told.setdefault(problem.position or 0, []).append(problem.sentence)
    lines: dict[int, str] = {}
    for kept, found in zip(verdict.kept.turns, verdict.turns, strict=True):
        turn = kept.turn
        head = f"{turn.position:>4}  {show_id(TURN, turn.id)}  {turn.state:<8}  {found}"
        lines[turn.position] = "  ".join([head, *told.pop(turn.position, [])])
    whole = told.pop(0, [])
    for position, sentences in told.items():
        lines[position] = f"{position:>4}  " + " ".join(sentences)
    return [lines[position] for position in sorted(lines)] + whole + [summary(verdict)]


def summary(verdict: Verdict) -> str:
    shown, count = show_id(CONVERSATION, verdict.kept.conversation.id), len(verdict.turns)
    unsigned, unfinished = verdict.turns.count("unsigned"), verdict.turns.count("unfinished")
    if verdict.problems:
        many = len(verdict.problems)
        return f"{shown}: NOT as it was written: {many} {'problem' if many == 1 else 'problems'}."
    if unsigned:
        return f"{shown}: not proven: {unsigned} of {count} turns have no receipt, and nothing else is wrong."
    ending = f", of which {unfinished} not ended and signed yet" if unfinished else ""
    return f"{shown}: proven: {count} {'turn' if count == 1 else 'turns'}, in order, whole and of one owner{ending}."

"""What an account's far end and its proxy can do wrong, what the caller then gets, and what becomes of the account.

The tests walk this table, and hold the page `docs/faults.md` to it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from backend.api.http_errors import STATUS
from backend.domain.accounts import REST_AFTER_FAULT, REST_AFTER_LIMIT, Health
from backend.upstream.rehearsal import Fault
from tests.proxies import Broken

MIB: Final = 1 << 20
LONG: Final = 60.0  # seconds: what ends at once must not have waited for any of these
SHORT: Final = {"connect": 0.5, "first_byte": 0.5, "between_reads": 0.5, "whole_reply": 1.5}
Wait = Literal["at once", "connect", "first_byte", "between_reads", "whole_reply"]


@dataclass(frozen=True)
class Row:
    """`code` is None where the reply is whole all the same; `partly` says that text had come before the fault;
    `rests` is in seconds; `ends` names the timeout that ends it; `follows` that it meets a follow-up."""

    fault: str
    strikes: tuple[Fault, ...] = ()
    code: str | None = None
    health: Health = "resting"
    rests: float = REST_AFTER_FAULT
    partly: bool = False
    ends: Wait = "at once"
    proxy: Broken | None = None
    follows: bool = False

    @property
    def timeouts(self) -> dict[str, float]:
        """All are long but the one that ends the fault."""
        return {name: seconds if name == self.ends else LONG for name, seconds in SHORT.items()}


LIMITED: Final = "upstream_rate_limited"
BAD: Final = "upstream_bad_answer"
LATE: Final = "upstream_timeout"
PROXY: Final = "proxy_unreachable"

ROWS: Final = (
    Row("429 with `Retry-After`", (Fault("limit", seconds=70),), LIMITED, rests=70),
    Row("429 that says when it clears in its body", (Fault("limit-clears-in", seconds=80),), LIMITED, rests=80),
    Row("429 that does not say for how long", (Fault("limit-bare"),), LIMITED, rests=REST_AFTER_LIMIT),
    Row("401, then an answer after signing in anew", (Fault("expired"),), None, "ready"),
    Row("401, and again after signing in", (Fault("unauthorized"),) * 2, "upstream_unauthorized", "needs_attention"),
    Row("403 with the page of a human check", (Fault("human-check"),), "human_check_required", "needs_attention"),
    Row("403 that asks for one in JSON", (Fault("human-check-json"),), "human_check_required", "needs_attention"),
    Row("403: the account is banned", (Fault("banned"),), "upstream_forbidden", "needs_attention"),
    Row("404 to a follow-up", (Fault("lost"),), "upstream_conversation_lost", "ready", follows=True),
    Row("413", (Fault("too-long"),), "prompt_too_long", "ready"),
    Row("500", (Fault("broken"),), "upstream_broken"),
    Row("502 with the page of an edge proxy", (Fault("edge-page"),), "upstream_broken"),
    Row("A redirect to another host", (Fault("redirect"),), BAD),
    Row("A reset before the answer", (Fault("reset"),), "upstream_unreachable"),
    Row("A reset in mid-reply", (Fault("cut"),), "reply_cut_off", partly=True),
    Row("The connection closed in mid-reply", (Fault("hang-up"),), "reply_cut_off", partly=True),
    Row("Silence before the answer", (Fault("hang"),), LATE, ends="first_byte"),
    Row("Silence in mid-reply", (Fault("hang-mid"),), LATE, partly=True, ends="between_reads"),
    Row(
        "One byte at a time, each in time, for ever",
        (Fault("drip", seconds=0.05),),
        LATE,
        partly=True,
        ends="whole_reply",
    ),
    Row("An event that is not JSON", (Fault("bad-json"),), BAD, partly=True),
    Row("Bytes that are not UTF-8", (Fault("bad-utf8"),), BAD, partly=True),
    Row("A body that is not JSON", (Fault("bad-body"),), BAD),
    Row("An error event in mid-reply", (Fault("stream-error"),), "upstream_broken", partly=True),
    Row("Unknown events in between", (Fault("unknown-events"),), None, "ready"),
    Row("A whole reply without `[DONE]`", (Fault("no-done"),), None, "ready"),
    Row("A stream that ends before the reply does", (Fault("no-end"),), "reply_cut_off", partly=True),
    Row("A body of 200 MB", (Fault("huge-body", size=200 * MIB),), BAD),
    Row("An event of 200 MB in mid-reply", (Fault("huge", size=200 * MIB),), BAD, partly=True),
    Row("A gzip bomb", (Fault("gzip-bomb", size=MIB),), BAD),
    Row("The proxy is down", code=PROXY, proxy="down"),
    Row("The proxy refuses the login", code=PROXY, proxy="refuses the login"),
    Row("The proxy wants a login and was given none", code=PROXY, proxy="wants a login"),
    Row("The proxy hangs up", code=PROXY, proxy="hangs up"),
    Row("The proxy is something else", code=PROXY, proxy="no proxy"),
    Row("The proxy says nothing", code=PROXY, proxy="silent", ends="connect"),
    Row("The proxy falls silent in the handshake", code=PROXY, proxy="silent after its greeting", ends="connect"),
)

HEAD: Final = """| what happens | the caller gets | HTTP status | when | the account afterwards |
| --- | --- | --- | --- | --- |
"""
WHEN: Final[dict[str, str]] = {"at once": "at once"} | {name: f"after `{name}`" for name in SHORT}


def as_markdown() -> str:
    return HEAD + "".join(line(row) for row in ROWS)


def line(row: Row) -> str:
    gets = "the whole reply" if row.code is None else f"`{row.code}`" + (", and keeps what came" if row.partly else "")
    status = 200 if row.code is None else STATUS[row.code]
    after = {"ready": "ready", "needs_attention": "needs attention", "resting": f"rests {row.rests:.0f} s"}[row.health]
    return f"| {row.fault} | {gets} | {status} | {WHEN[row.ends]} | {after} |\n"

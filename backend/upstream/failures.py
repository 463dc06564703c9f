"""The one border where others' errors become this product's.

No sentence repeats what the far end sent, nor names an account, a host or a proxy: it may be shown to anyone.
"""

import math
import re
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from backend import errors
from backend.upstream.wire import HungUp, NotHTTP, Stalled, TookTooLong, WireError

FOREIGN: Final = (ProxyError, ProxyConnectionError, ProxyTimeoutError, TimeoutError, OSError, ValueError)
"""All that connecting raises, through a proxy or without one."""

UNPROVEN: Final = "The upstream did not prove its identity by TLS, so nothing was sent to it."
TOO_LONG_SENTENCE: Final = "The prompt is too long for the upstream. Shorten it and send it again."
CUT_OFF: Final = "The upstream hung up before the reply was complete. What came is kept; ask it to go on."
BEHIND_THE_PROXY: Final = frozenset({3, 4, 5})  # RFC 1928: network or host unreachable, connection refused
LONGEST_WAIT: Final = 7 * 86_400.0  # seconds; what asks for more is held to be nonsense
HUMAN_CHECK: Final = re.compile(
    rb"turnstile|arkose|captcha|cf[-_]chl|challenge-platform|just a moment|proof[ -_]?of[ -_]?work|unusual.activity"
    rb"|verify (that )?you are (a )?human|checking your browser",
    re.IGNORECASE,
)
TOO_LONG: Final = re.compile(
    rb"context_length_exceeded|message_length_exceeds|maximum context length|too long", re.IGNORECASE
)
LIMIT: Final = re.compile(
    rb"rate.?limit|too many (requests|concurrent)|usage.?(limit|cap)|model_cap_exceeded", re.IGNORECASE
)
NO_CREDIT: Final = re.compile(rb"insufficient_quota|insufficient.balance|billing", re.IGNORECASE)
LOST: Final = re.compile(
    rb"conversation[ _]not[ _]found|can't load conversation|conversation_inaccessible", re.IGNORECASE
)


# The first line whose types fit decides; BY_PROXY where the account has a proxy.
Said = tuple[tuple[type[BaseException], ...], type[errors.UpstreamFailure], str]
NO_PROXY: Final = "The proxy did not answer, and nothing was sent without it. Try again later."
BROKE: Final = "The upstream could not be reached, or it broke the connection. Try again later."
BY_PROXY: Final[tuple[Said, ...]] = (
    ((ssl.SSLError,), errors.UpstreamUnreachable, UNPROVEN),
    (
        (ProxyError,),
        errors.ProxyUnreachable,
        "The proxy refused the connection. An admin should check its address and login.",
    ),
    ((BaseException,), errors.ProxyUnreachable, NO_PROXY),
)
BY_UPSTREAM: Final[tuple[Said, ...]] = (
    ((ssl.SSLError,), errors.UpstreamUnreachable, UNPROVEN),
    (
        (TimeoutError,),
        errors.UpstreamUnreachable,
        "The upstream could not be reached in time. Nothing was sent; try again later.",
    ),
    ((BaseException,), errors.UpstreamUnreachable, BROKE),
)
BY_WIRE: Final[tuple[Said, ...]] = (
    ((Stalled,), errors.UpstreamTimeout, "The upstream sent nothing for too long. Try again later."),
    ((TookTooLong,), errors.UpstreamTimeout, "The upstream took too long for its whole answer. Try again later."),
    ((NotHTTP,), errors.UpstreamBadAnswer, "The upstream's answer is not HTTP that this server understands."),
    ((HungUp,), errors.UpstreamUnreachable, BROKE),
)


def of_connecting(error: BaseException, proxied: bool) -> errors.UpstreamFailure:
    """What kept a connection from coming about, before anything was sent."""
    if isinstance(error, ProxyError) and error.error_code in BEHIND_THE_PROXY:
        return errors.UpstreamUnreachable("The proxy could not connect to the upstream. Nothing was sent; try again.")
    return said_of(error, BY_PROXY if proxied else BY_UPSTREAM)


def of_wire(error: WireError) -> errors.UpstreamFailure:
    """What kept an answer from coming, on a connection that there was."""
    return said_of(error, BY_WIRE)


def said_of(error: BaseException, lines: tuple[Said, ...]) -> errors.UpstreamFailure:
    return next(failure(sentence) for types, failure, sentence in lines if isinstance(error, types))


def cut_off() -> errors.ReplyCutOff:
    return errors.ReplyCutOff(CUT_OFF)


def hung_up() -> errors.UpstreamUnreachable:
    return errors.UpstreamUnreachable("The upstream hung up before it had answered. Try again later.")


BY_STATUS: Final[dict[int, tuple[type[errors.UpstreamFailure], str]]] = {
    401: (errors.UpstreamUnauthorized, "The upstream refused the account's sign-in. An admin should renew it."),
    402: (errors.UpstreamForbidden, "The account has no credit left with the upstream. An admin should top it up."),
    403: (errors.UpstreamForbidden, "The upstream does not let this account do that. An admin should look at it."),
    408: (errors.UpstreamTimeout, "The upstream gave up waiting. Try again."),
    413: (errors.PromptTooLong, TOO_LONG_SENTENCE),
}
LOST_CONVERSATION: Final = "The upstream no longer knows this conversation. Start a new one."
NO_ADDRESS: Final = "The upstream knows no such model. Ask for another one, or have an admin check the settings."
BAD_FORM: Final = "The upstream's answer is not of the form that this server reads."
ELSEWHERE: Final = "The upstream sent the request elsewhere, which this server does not follow."


def of_answer(
    status: int, headers: Mapping[str, str], body: bytes, detail: object, now: float, *, remembers: bool
) -> errors.UpstreamFailure:
    """What an answer that is not a reply says.  The names of `headers` are in lower case.

    `detail` is what the body's JSON gives as the reason, None without one.  `now` is in seconds since the epoch.
    `remembers` tells whether a 404 may mean a conversation.
    """
    if "cf-mitigated" in headers or (status in (200, 403, 503) and HUMAN_CHECK.search(body)):
        return human_check()
    if status == 429 and NO_CREDIT.search(body) and not LIMIT.search(body):
        status = 402
    if status in (400, 422) and TOO_LONG.search(body):
        status = 413
    if status == 429:
        return rate_limited(wait_asked(headers, detail, now))
    if status in BY_STATUS:
        failure, sentence = BY_STATUS[status]
        return failure(sentence)
    if status >= 500 or is_page(headers, body):
        return errors.UpstreamBroken(f"The upstream is out of order (HTTP {status}). Try again later.")
    return of_refusal(status, remembers)


def of_refusal(status: int, remembers: bool) -> errors.UpstreamFailure:
    if status < 400:
        return errors.UpstreamBadAnswer(BAD_FORM if status < 300 else ELSEWHERE)
    if status == 404:
        return errors.UpstreamConversationLost(LOST_CONVERSATION) if remembers else errors.UpstreamRefused(NO_ADDRESS)
    return errors.UpstreamRefused(f"The upstream did not accept the request (HTTP {status}).")


def of_stream(words: bytes, now: float, detail: object = None) -> errors.UpstreamFailure:
    """What an error in mid-stream says; `words` is the error as the upstream put it."""
    if HUMAN_CHECK.search(words):
        return human_check()
    if TOO_LONG.search(words):
        return prompt_too_long()
    if LOST.search(words):
        return errors.UpstreamConversationLost(LOST_CONVERSATION)
    if LIMIT.search(words):
        return rate_limited(wait_asked({}, detail, now))
    return errors.UpstreamBroken("The upstream stopped with an error of its own. Try again later.")


def human_check() -> errors.HumanCheckRequired:
    return errors.HumanCheckRequired(
        "The upstream asks for a human check, which this server does not evade. "
        "An admin should sign in to the account in a browser and give a fresh access token."
    )


def rate_limited(retry_after: float | None) -> errors.UpstreamRateLimited:
    when = "later" if retry_after is None else f"in about {max(1, math.ceil(retry_after))} seconds"
    return errors.UpstreamRateLimited(
        f"The account has reached the upstream's limit. Try again {when}.", retry_after=retry_after
    )


def prompt_too_long() -> errors.PromptTooLong:
    return errors.PromptTooLong(TOO_LONG_SENTENCE)


def wait_asked(headers: Mapping[str, str], detail: object, now: float) -> float | None:
    """Seconds to wait: `Retry-After` in seconds or as a date, else `clears_in` of the detail."""
    asked = seconds(headers.get("retry-after"))
    if asked is None and (date := headers.get("retry-after")):
        try:
            asked = seconds(parsedate_to_datetime(date).timestamp() - now)
        except (ValueError, OverflowError, TypeError):
            asked = None
    if asked is None and isinstance(detail, dict):
        asked = seconds(detail.get("clears_in"))
    return asked


def seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return min(max(number, 0.0), LONGEST_WAIT) if math.isfinite(number) else None


def is_page(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the answer is a page for browsers, as edge proxies send."""
    return "html" in headers.get("content-type", "").lower() or body.lstrip()[:1] == b"<"

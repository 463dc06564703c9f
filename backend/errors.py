"""Every error that may reach a person: a code for programs, a sentence for people.

::

    ProductError
    ├── InvalidInput               the request itself is wrong; `field` names the part
    ├── DocumentRefused            a GraphQL document that is larger or deeper than this server takes
    ├── DocumentUnknown            no such GraphQL document, where only known ones are answered
    ├── NotAuthenticated           no key, or one that proves nobody
    ├── NotAllowed                 the caller's role does not include the action
    ├── NotFound                   not there, or not the caller's: the same answer
    ├── AlreadyExists
    ├── LastAdmin                  what was asked would leave the record without an admin
    ├── ReportTooLarge             a report of use would have more rows than are given
    ├── IdempotencyConflict        the idempotency key was used for another prompt
    ├── AccessTokenRequired        the conversation belongs to a caller's own account
    ├── AccessTokenNotExpected     the conversation belongs to a built-in account
    ├── AccountUnavailable         the conversation's own account cannot answer now
    ├── NoAccountAvailable         no account that the caller may use can answer now
    ├── ModelNotOffered            none of those accounts has the model that was asked for
    ├── QueueTimeout               an account did not become free in time
    ├── TooManyWaiting             as many prompts of this user wait as may
    ├── TooManyStreams             as many subscriptions of this user are open as may be
    ├── ConversationBusy           its last reply is not finished, and the settings say to refuse another prompt
    ├── UpstreamFailure            an account was asked and did not answer as it should
    │   ├── UpstreamUnreachable    no connection, or it was reset before an answer
    │   ├── ProxyUnreachable       the account's proxy is down, refuses or hangs
    │   ├── UpstreamTimeout        nothing came for longer than the settings allow
    │   ├── UpstreamRateLimited    429; `retry_after` seconds where it said so
    │   ├── UpstreamUnauthorized   401, and signing in again did not help
    │   ├── UpstreamForbidden      403: banned or not permitted
    │   ├── HumanCheckRequired     the service asks for a human check, which is never evaded
    │   ├── UpstreamConversationLost  404: the account does not know the conversation
    │   ├── PromptTooLong          413
    │   ├── UpstreamRefused        the account will not take this request: an unknown model, a bad parameter
    │   ├── UpstreamBroken         5xx, or a page of an edge proxy
    │   ├── UpstreamBadAnswer      not the protocol: bad JSON, bad UTF-8, a redirect, too much
    │   └── ReplyCutOff            the stream ended before the reply did
    ├── SignInFailed
    │   ├── WrongPassword
    │   ├── SignInHumanCheck       the sign-in asks for a human check, which is never evaded
    │   ├── AccountLocked          the service has locked or closed the account
    │   ├── SignInBlocked          a second factor, or a refusal without a reason
    │   └── SignInPageChanged      the sign-in pages are not those this version knows
    ├── ReplyInterrupted           the server stopped while the reply was being written
    ├── BodyTooLarge
    ├── TooSlow                    the request's body did not come in time
    ├── ShuttingDown
    ├── InternalError              a defect; the log has the details under `incident`
    ├── SettingsInvalid            settings.yaml; lists every mistake
    └── RecordUnusable             the database cannot be opened or migrated
        └── RecordInUse            a server holds it
"""

from typing import ClassVar


class ProductError(Exception):
    """Base of the tree.  `code` is stable; `str(error)` is a sentence fit for a person; `details` are extra facts."""

    code: ClassVar[str] = "error"

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.details = details

    @property
    def extensions(self) -> dict[str, object]:
        """What GraphQL shows beside the sentence; graphql-core reads this property."""
        return {"code": self.code, **self.details}


class InvalidInput(ProductError):
    code = "invalid_input"


class DocumentRefused(ProductError):
    code = "document_refused"


class DocumentUnknown(ProductError):
    code = "document_unknown"


class NotAuthenticated(ProductError):
    code = "not_authenticated"


class NotAllowed(ProductError):
    code = "not_allowed"


class NotFound(ProductError):
    code = "not_found"


class AlreadyExists(ProductError):
    code = "already_exists"


class LastAdmin(ProductError):
    code = "last_admin"


class ReportTooLarge(ProductError):
    code = "report_too_large"


class IdempotencyConflict(ProductError):
    code = "idempotency_conflict"


class AccessTokenRequired(ProductError):
    code = "access_token_required"


class AccessTokenNotExpected(ProductError):
    code = "access_token_not_expected"


class AccountUnavailable(ProductError):
    """`soonest` is when the account comes back, in seconds since the epoch; None where that is not known."""

    code = "account_unavailable"

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence, **{"action": "continue_elsewhere", "soonest": None} | details)


class NoAccountAvailable(ProductError):
    code = "no_account_available"


class ModelNotOffered(ProductError):
    code = "model_not_offered"


class QueueTimeout(ProductError):
    code = "queue_timeout"


class TooManyWaiting(ProductError):
    code = "too_many_waiting"


class TooManyStreams(ProductError):
    code = "too_many_streams"


class ConversationBusy(ProductError):
    code = "conversation_busy"


class UpstreamFailure(ProductError):
    """`retry_after` is in seconds, None where the far end did not say."""

    code = "upstream_failure"

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        super().__init__(sentence, **({} if retry_after is None else {"retry_after": retry_after}))
        self.retry_after = retry_after


class UpstreamUnreachable(UpstreamFailure):
    code = "upstream_unreachable"


class ProxyUnreachable(UpstreamFailure):
    code = "proxy_unreachable"


class UpstreamTimeout(UpstreamFailure):
    code = "upstream_timeout"


class UpstreamRateLimited(UpstreamFailure):
    code = "upstream_rate_limited"


class UpstreamUnauthorized(UpstreamFailure):
    code = "upstream_unauthorized"


class UpstreamForbidden(UpstreamFailure):
    code = "upstream_forbidden"


class HumanCheckRequired(UpstreamFailure):
    code = "human_check_required"


class UpstreamConversationLost(UpstreamFailure):
    code = "upstream_conversation_lost"


class PromptTooLong(UpstreamFailure):
    code = "prompt_too_long"


class UpstreamRefused(UpstreamFailure):
    code = "upstream_refused"


class UpstreamBroken(UpstreamFailure):
    code = "upstream_broken"


class UpstreamBadAnswer(UpstreamFailure):
    code = "upstream_bad_answer"


class ReplyCutOff(UpstreamFailure):
    code = "reply_cut_off"


class SignInFailed(ProductError):
    code = "sign_in_failed"


class WrongPassword(SignInFailed):
    code = "wrong_password"


class SignInHumanCheck(SignInFailed):
    code = "sign_in_human_check"


class AccountLocked(SignInFailed):
    code = "account_locked"


class SignInBlocked(SignInFailed):
    code = "sign_in_blocked"


class SignInPageChanged(SignInFailed):
    code = "sign_in_page_changed"


class ReplyInterrupted(ProductError):
    code = "reply_interrupted"


class BodyTooLarge(ProductError):
    code = "body_too_large"


class TooSlow(ProductError):
    code = "too_slow"


class ShuttingDown(ProductError):
    code = "shutting_down"


class InternalError(ProductError):
    code = "internal_error"


class SettingsInvalid(ProductError):
    code = "settings_invalid"


class RecordUnusable(ProductError):
    code = "record_unusable"


class RecordInUse(RecordUnusable):
    code = "record_in_use"


def concrete(root: type[ProductError] = ProductError) -> dict[str, type[ProductError]]:
    """Every error of the tree by its code."""
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= concrete(child)
    return found


def rebuilt(code: str, sentence: str) -> ProductError:
    """An error that was kept as its code and sentence; a code of an older version becomes the base."""
    return concrete().get(code, InternalError)(sentence)

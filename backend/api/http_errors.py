"""One table from error codes to HTTP statuses, and the one shape of an error outside GraphQL and `/v1`."""

import logging
import secrets
from typing import Final

from starlette.responses import JSONResponse

from backend.errors import InternalError, ProductError

log = logging.getLogger(__name__)

STATUS: Final[dict[str, int]] = {
    "error": 500,
    "invalid_input": 400,
    "document_refused": 400,
    "document_unknown": 400,
    "not_authenticated": 401,
    "not_allowed": 403,
    "not_found": 404,
    "already_exists": 422,
    "last_admin": 409,
    "report_too_large": 400,
    "idempotency_conflict": 409,
    "access_token_required": 409,
    "access_token_not_expected": 409,
    "account_unavailable": 503,
    "no_account_available": 503,
    "model_not_offered": 404,
    "queue_timeout": 503,
    "too_many_waiting": 429,
    "too_many_streams": 429,
    "conversation_busy": 409,
    "upstream_failure": 502,
    "upstream_unreachable": 502,
    "proxy_unreachable": 502,
    "upstream_timeout": 504,
    "upstream_rate_limited": 429,
    "upstream_unauthorized": 502,
    "upstream_forbidden": 502,
    "human_check_required": 502,
    "upstream_conversation_lost": 502,
    "prompt_too_long": 413,
    "upstream_refused": 400,
    "upstream_broken": 502,
    "upstream_bad_answer": 502,
    "reply_cut_off": 502,
    "sign_in_failed": 502,
    "wrong_password": 401,
    "sign_in_human_check": 502,
    "account_locked": 502,
    "sign_in_blocked": 502,
    "sign_in_page_changed": 502,
    "reply_interrupted": 503,
    "body_too_large": 413,
    "too_slow": 408,
    "shutting_down": 503,
    "internal_error": 500,
    "settings_invalid": 500,
    "record_unusable": 503,
    "record_in_use": 503,
}


def incident(defect: BaseException) -> InternalError:
    """Record a defect under a number that its sentence names; what was asked may hold secrets and stays out."""
    number = secrets.token_hex(4)
    log.error("incident %s", number, exc_info=defect)
    return InternalError(f"The server made a mistake. The log has the details under {number}.", incident=number)


def status_of(error: ProductError) -> int:
    return STATUS[error.code]


def headers_of(error: ProductError) -> dict[str, str]:
    """`WWW-Authenticate` and `Retry-After` (seconds), where they belong."""
    if error.code == "not_authenticated":
        return {"WWW-Authenticate": "Bearer"}
    retry_after = error.details.get("retry_after")
    return {"Retry-After": str(max(1, round(retry_after)))} if isinstance(retry_after, int | float) else {}


def told(error: ProductError) -> dict[str, object]:
    """The sentence and the code; where the sentence has a kind, `mistake` and its facts, too."""
    return {"message": str(error), "code": error.code} | (error.details if "mistake" in error.details else {})


def json_error(error: ProductError) -> JSONResponse:
    """`{"status": "error", "message": …, "code": …}` with an honest status."""
    return JSONResponse({"status": "error", **told(error)}, status_of(error), headers_of(error))

"""Answers other than 200 that are no faults: the request was wrong."""

from collections.abc import Mapping


class Refused(Exception):
    """Answered as `{"detail": detail}` with that status."""

    def __init__(self, status: int, detail: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(detail))
        self.status, self.detail, self.headers = status, detail, headers


class RuleBroken(Refused):
    """A request that no honest client sends: answered like any other refusal, and recorded as a violation."""


def token_expired() -> Refused:
    return Refused(401, {"message": "The authentication token has expired.", "code": "token_expired"})

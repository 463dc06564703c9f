"""What was begun with a key ends with it: a request under way, a stream, a connection that says nothing.

Where a key is revoked or expires, or its user or the one it speaks for is disabled or removed, whatever goes on by it
is cancelled, and each door says so in its own shape, as it would to a new request.
"""

import asyncio
from contextvars import ContextVar
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from backend.errors import NotAuthenticated
from backend.gateway.visits import Visit, Visits

GONE: Final = "This key or the user it spoke for is not valid any more, so what was going on has ended. Sign in again."

VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)
"""That of the request at hand."""


class Admitted:
    def __init__(self, app: ASGIApp, visits: Visits) -> None:
        self._app = app
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a request runs in a task")
        visit = Visit(task.cancel)
        VISIT.set(visit)
        self._visits.enter(visit)
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError as cancelled:
            raise why(cancelled) from None
        finally:
            self._visits.leave(visit)


def expelled() -> bool:
    """For whoever was cancelled: whether that is because the key does not count any more.  True once, and then the task
    goes on."""
    visit, task = VISIT.get(), asyncio.current_task()
    if visit is None or not visit.over or visit.told or task is None:
        return False
    visit.told = True
    return task.uncancel() == 0


def why(cancelled: asyncio.CancelledError) -> BaseException:
    """What a door raises in its place: `NotAuthenticated`, which it shows in its own shape, where the key does not
    count any more."""
    return NotAuthenticated(GONE) if expelled() else cancelled

"""What the rehearsal server's endpoints share: who is who, what was said, what came in, and which rules were broken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from backend.upstream.rehearsal.conversations import Conversations
from backend.upstream.rehearsal.faults import Endpoint, FaultKind, FaultScript, Step
from backend.upstream.rehearsal.identities import Identities, RehearsalAccount
from backend.upstream.rehearsal.refusals import Refused

MOST_KEPT: Final = 10_000  # requests and violations; the oldest go first
HEADERS_KEPT: Final = (
    "host", "user-agent", "accept", "accept-encoding", "content-type", "authorization", "cookie", "connection",
)  # fmt: skip


@dataclass(slots=True)
class SeenRequest:
    """A request as it came in.  `account` is an e-mail address, None until something proved it; header names are in
    lower case; `fault` what went wrong with
    a prompt; `status` is what was answered, None while there is no answer (a hang, a reset)."""

    endpoint: Endpoint
    path: str
    peer_host: str
    peer_port: int
    headers: dict[str, str]
    step: Step | None = None
    account: str | None = None
    prompt: str | None = None
    message_id: str | None = None
    conversation_id: str | None = None
    parent_message_id: str | None = None
    model: str | None = None
    fault: FaultKind | None = None
    status: int | None = None


SEEN: Final = web.RequestKey("seen", SeenRequest)


@dataclass(slots=True)
class State:
    """`origin` is `http://127.0.0.1:PORT` once the server listens."""

    clock: Callable[[], float]
    pace: float
    longest_prompt: int
    identities: Identities
    conversations: Conversations = field(default_factory=Conversations)
    script: FaultScript = field(default_factory=FaultScript)
    requests: list[SeenRequest] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    origin: str = ""

    def see(self, request: web.Request, endpoint: Endpoint, step: Step | None = None) -> SeenRequest:
        peer = request.transport.get_extra_info("peername") if request.transport is not None else None
        headers = {name: request.headers[name] for name in HEADERS_KEPT if name in request.headers}
        seen = SeenRequest(endpoint, request.path_qs, peer[0] if peer else "", peer[1] if peer else 0, headers, step)
        request[SEEN] = seen
        self.requests.append(seen)
        del self.requests[:-MOST_KEPT]
        return seen

    def violate(self, sentence: str) -> None:
        self.violations.append(sentence)
        del self.violations[:-MOST_KEPT]

    def prove(self, request: web.Request) -> RehearsalAccount:
        """The account of the request's access token; raises `Refused` (401) without a good one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused(401, {"message": "An access token is missing.", "code": "no_token"})
        account = self.identities.of_token(token.strip())
        request[SEEN].account = account.email
        return account

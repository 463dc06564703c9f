"""The rehearsal upstream: an honest stand-in for the ChatGPT web service that speaks its protocol over loopback HTTP.

It serves demonstrations, where its replies teach the product, and tests, where it is strict: whatever no honest client
would send is refused and recorded in `violations`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from aiohttp import web

from backend.upstream.rehearsal import pages
from backend.upstream.rehearsal.answers import ELSEWHERE
from backend.upstream.rehearsal.chat import Chat
from backend.upstream.rehearsal.conversations import Conversations, KeptConversation
from backend.upstream.rehearsal.faults import FaultScript
from backend.upstream.rehearsal.identities import DEFAULT_ACCOUNT, Identities, RehearsalAccount
from backend.upstream.rehearsal.refusals import Refused, RuleBroken
from backend.upstream.rehearsal.sign_in import SignIn
from backend.upstream.rehearsal.state import SEEN, SeenRequest, State

HOST: Final = "127.0.0.1"
LARGEST_BODY: Final = 1 << 24  # bytes
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RehearsalServer:
    """Runs in the current event loop.  What it knows outlives `stop`, so that it can come back on the same port.

    `token_lifetime` and `pace` (between pieces of text) are in seconds, `longest_prompt` in characters.  With `adopts`
    a follow-up in a conversation of an earlier start is answered; without, as the real service would, it is refused.
    """

    def __init__(
        self,
        accounts: Sequence[RehearsalAccount] = (DEFAULT_ACCOUNT,),
        *,
        clock: Callable[[], float] = time.time,
        token_lifetime: float = 3600.0,
        pace: float = 0.02,
        longest_prompt: int = 100_000,
        adopts: bool = False,
    ) -> None:
        self.accounts = tuple(accounts)
        identities = Identities(self.accounts, clock, token_lifetime)
        self._state = State(clock, pace, longest_prompt, identities, Conversations(adopts))
        self._chat, self._sign_in = Chat(self._state), SignIn(self._state)
        self._handling: set[asyncio.Task[object]] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        if self._runner is not None:
            raise RuntimeError("the rehearsal upstream runs already")
        # A client that leaves ends the handler: otherwise a hang would hold its account for ever.
        runner = web.AppRunner(self._app(), handler_cancellation=True, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._state.origin = f"http://{HOST}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Ends everything that is under way; calling it again does nothing."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for site in list(runner.sites):
            await site.stop()
        while self._handling:
            for task in self._handling:
                task.cancel()
            await asyncio.wait(self._handling)
        await runner.cleanup()

    @property
    def origin(self) -> str:
        if not self._state.origin:
            raise RuntimeError("the rehearsal upstream has not been started")
        return self._state.origin

    @property
    def base_url(self) -> str:
        return self.origin + "/backend-api"

    @property
    def login_url(self) -> str:
        return self.origin

    @property
    def auth_url(self) -> str:
        return self.origin + "/auth"

    @property
    def script(self) -> FaultScript:
        return self._state.script

    @property
    def requests(self) -> list[SeenRequest]:
        return self._state.requests

    @property
    def violations(self) -> list[str]:
        return self._state.violations

    @property
    def conversations(self) -> dict[str, KeptConversation]:
        """By id, oldest first."""
        return self._state.conversations.kept

    def welcome(self, account: RehearsalAccount) -> None:
        """An account that may sign in from now on."""
        self._state.identities.welcome(account)

    def issue_token(self, email: str) -> str:
        return self._state.identities.issue_token(email)

    def expire_tokens(self, email: str) -> None:
        """Every token issued so far is answered 401 from now on."""
        self._state.identities.expire_tokens(email)

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._border], client_max_size=LARGEST_BODY)
        app.add_routes(
            [
                web.post("/backend-api/conversation", self._chat.conversation),
                web.post("/backend-api/conversation/gen_title/{conversation_id}", self._chat.title),
                web.get("/backend-api/models", self._chat.models),
                *self._sign_in.routes(),
                web.route("*", ELSEWHERE, self._elsewhere),
                web.get("/", self._home),
            ]
        )
        return app

    @web.middleware
    async def _border(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns refusals into answers, and keeps hold of the tasks that `stop` must end."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a handler runs in a task")
        self._handling.add(task)
        try:
            response = await handler(request)
        except Refused as refusal:
            if isinstance(refusal, RuleBroken):
                self._state.violate(f"{request.method} {request.path}: {refusal}")
            response = web.json_response({"detail": refusal.detail}, status=refusal.status, headers=refusal.headers)
        finally:
            self._handling.discard(task)
        if SEEN in request:
            request[SEEN].status = response.status
        return response

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self._state.violate(f"{request.method} {request.path}: a redirect to another host was followed.")
        return web.Response(status=404, text="elsewhere")

    async def _home(self, _: web.Request) -> web.Response:
        return web.Response(text=pages.SIGNED_IN, content_type="text/html")

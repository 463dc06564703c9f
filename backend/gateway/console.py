"""What the command line asks about accounts, users and keys: of the server that holds the record, by way of the record.

A request is a row, sealed like every secret: whoever can write one that opens has the record's key file, and is the
console.  The server looks for requests twice a second and puts its answer beside them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

import orjson

from backend import errors
from backend.domain.access import Caller
from backend.domain.ids import new_id
from backend.gateway.keys import Keys
from backend.gateway.people_at_console import ACTIONS, PeopleAtConsole
from backend.gateway.upkeep import SeenAccount, Upkeep
from backend.gateway.users import Users
from backend.storage.sealing import Sealing
from backend.storage.upkeep import REQUEST, place_of_request
from backend.storage.upkeep import Upkeep as Requests

log = logging.getLogger(__name__)

CONSOLE: Final = Caller(0, 0, "the console", "admin", plus=True)
INTERVAL: Final = 0.5  # seconds between two looks for requests
PROMPT: Final = 8.0  # seconds within which a server takes a request
PATIENT: Final = 120.0  # seconds within which it answers one that it took
KEPT_FOR: Final = 600.0  # seconds for which an answer waits for its asker

Said = dict[str, Any]


class Console:
    def __init__(
        self, upkeep: Upkeep, users: Users, keys: Keys, requests: Requests, sealing: Sealing, clock: Callable[[], float]
    ) -> None:
        self._upkeep = upkeep
        self._people = PeopleAtConsole(users, keys, CONSOLE)
        self._requests = requests
        self._sealing = sealing
        self._clock = clock
        self._performing: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Answer requests as they come."""
        while True:
            try:
                await self._look()
            except Exception:
                # The border of the task: nobody awaits it, and one defect must not end it.
                log.exception("the console's requests could not be read")
            await asyncio.sleep(INTERVAL)

    async def close(self) -> None:
        for task in list(self._performing):
            task.cancel()
        await asyncio.gather(*self._performing, return_exceptions=True)

    async def perform(self, request: Mapping[str, Any]) -> Said:
        """What came of a request; an error is told, not raised."""
        action, rest = request["action"], {name: value for name, value in request.items() if name != "action"}
        try:
            return await self._act(action, rest)
        except errors.ProductError as error:
            return {"code": error.code, "error": str(error)}

    async def _act(self, action: str, given: Mapping[str, Any]) -> Said:
        upkeep = self._upkeep
        if action in ACTIONS:
            return await self._people.act(action, given)
        match action:
            case "list":
                return {"accounts": [row_of(seen) for seen in await upkeep.overview(CONSOLE)]}
            case "test":
                report = await upkeep.test(CONSOLE, **given)
                said = {"sentence": report.sentence, "seconds": report.seconds, "models": list(report.models)}
                return said if report.code is None else said | {"code": report.code}
            case "check-proxy":
                proxy = asdict(await upkeep.check_proxy(CONSOLE, **given))
                return proxy if proxy["state"] == "up" else proxy | {"code": proxy["state"]}
            case "remove":
                await upkeep.remove(CONSOLE, **given)
                return {"accounts": []}
        acts: dict[str, Callable[..., Awaitable[SeenAccount]]] = {
            "add": upkeep.add,
            "change": upkeep.change,
            "sign-in": upkeep.sign_in,
            "rest": upkeep.rest,
            "wake": upkeep.wake,
            "disable": upkeep.disable,
            "enable": upkeep.enable,
        }
        return {"accounts": [row_of(await acts[action](CONSOLE, **given))]}

    async def _look(self) -> None:
        now = self._clock()
        while (request := await self._requests.next_request(int(now * 1_000_000))) is not None:
            await self._requests.drop_taken(int((now - KEPT_FOR) * 1_000_000))
            task = asyncio.create_task(self._answer(*request))
            self._performing.add(task)
            task.add_done_callback(self._performing.discard)

    async def _answer(self, id: int, sealed: bytes, key_id: str) -> None:
        try:
            request = orjson.loads(self._sealing.open(REQUEST, place_of_request(id), sealed, key_id))
            late = abs(self._clock() - request.pop("asked_at")) > PROMPT + INTERVAL
            said = {"code": "too_slow", "error": "It was asked too long ago."} if late else await self.perform(request)
        except errors.RecordUnusable as error:
            said = {"code": error.code, "error": str(error)}
        except Exception:
            # The border of the task: nobody awaits it.
            log.exception("a request of the console failed by a defect")
            said = {"code": "internal_error", "error": "The server made a mistake; its log has it."}
        await self._requests.answer(id, orjson.dumps(said).decode())


async def ask(requests: Requests, sealing: Sealing, request: Mapping[str, Any], clock: Callable[[], float]) -> Said:
    """Have the server that holds the record perform a request.  Raises `RecordInUse` where it does not take it."""
    id = new_id(clock())
    secret = orjson.dumps({**request, "asked_at": clock()})
    await requests.ask(id, *sealing.seal(REQUEST, place_of_request(id), secret))
    asked, patience = clock(), PROMPT
    while clock() - asked < patience:
        taken, answer = await requests.answered(id)
        if answer is not None:
            await requests.drop(id)
            said: Said = orjson.loads(answer)
            return said
        if taken:
            patience = PATIENT
        await asyncio.sleep(0.1)
    if await requests.withdraw(id):
        raise errors.RecordInUse("The server that uses this record did not take the request. Nothing was changed.")
    raise errors.RecordInUse("The server took the request and did not answer. See its log, and `accounts list`.")


def row_of(seen: SeenAccount) -> Said:
    """An account as the command line shows it."""
    state = seen.state
    return {
        "name": state.name,
        "kind": seen.account.kind,
        "plus": state.plus,
        "source": seen.source,
        "health": state.standing,
        "why": state.why,
        "until": state.until,
        "in_flight": state.in_flight,
        "concurrency": state.concurrency,
        "waiting": seen.waiting,
        "proxy": seen.has_proxy,
    }

"""Takes a changed settings file over while the server runs, or refuses it and keeps what there is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, Generic, Protocol, TypeVar

from backend.errors import ProductError, SettingsInvalid

log = logging.getLogger(__name__)

INTERVAL: Final = (
    1.0  # seconds between two looks at the file; a change counts at the second look that finds it the same
)

Settings = TypeVar("Settings")
Settings_co = TypeVar("Settings_co", covariant=True)


class Watch(Protocol[Settings_co]):
    def look(self, *, at_once: bool = False) -> Settings_co | None: ...


class Reloading(Generic[Settings]):
    """`take` gives the names of the settings that differ and need a restart."""

    def __init__(self, watch: Watch[Settings], take: Callable[[Settings], Awaitable[tuple[str, ...]]]) -> None:
        self._watch = watch
        self._take = take
        self._asked = asyncio.Event()
        self.problem: str | None = None

    def at_once(self) -> None:
        """Read the file now, whether or not it has changed."""
        self._asked.set()

    async def run(self) -> None:
        while True:
            try:
                await self.look(at_once=self._asked.is_set())
            except Exception:
                # The border of the task: nobody awaits it, and one defect must not end it.
                log.exception("the settings could not be taken over")
                self.problem = "The server made a mistake when it took the settings over. The log has it."
            try:
                async with asyncio.timeout(INTERVAL):
                    await self._asked.wait()
            except TimeoutError:
                pass

    async def look(self, *, at_once: bool = False) -> None:
        self._asked.clear()
        try:
            settings = self._watch.look(at_once=at_once)
            if settings is None:
                return
            restart = await self._take(settings)
        except SettingsInvalid as error:
            self.problem = str(error)
            log.error("the changed settings are refused, and those from before stay:\n%s", error)  # noqa: TRY400
        except ProductError as error:
            self.problem = str(error)
            log.error("the changed settings could not be taken over: %s", error)  # noqa: TRY400
        else:
            self._taken_over(restart)

    def _taken_over(self, restart: tuple[str, ...]) -> None:
        self.problem = None
        if not restart:
            log.info("the changed settings are taken over")
            return
        self.problem = f"These settings changed and need a restart of the server: {', '.join(restart)}."
        log.warning("the changed settings are taken over, but for those that need a restart: %s", ", ".join(restart))

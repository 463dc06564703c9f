"""A settings file that changes while the server runs."""

import hashlib
import os
from collections.abc import Callable, Mapping
from typing import Final

from backend.settings.models import Settings
from backend.settings.reading import load_settings

LIVE: Final = frozenset({"accounts", "default_proxy", "own_accounts", "pool", "follow_ups", "titles"})
LIVE_TIMEOUTS: Final = frozenset({"connect", "first_byte", "between_reads", "whole_reply", "queue"})
LIVE_LIMITS: Final = frozenset({"prompt", "waiting_per_user", "upstream_answer"})
SETTLED: Final = 3.0  # seconds after which a file that looks the same is the same


class SettingsWatch:
    """Looks at the file of `settings` whenever it is told to.

    A change counts once the file is the same at two looks: a file that is being written may be sound at every moment
    and still not be meant, an empty one for example.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float], environ: Mapping[str, str] = os.environ) -> None:
        self._file = settings.file
        self._clock = clock
        self._environ = environ
        self._looks: tuple[int, ...] | None = None
        self._taken = self._seen = self._digest()

    def look(self, *, at_once: bool = False) -> Settings | None:
        """The new settings if there are any.  `at_once` reads them whether or not the file has changed, as the files
        and variables that it refers to may have.  Raises `SettingsInvalid`, once for each state of the file."""
        if not at_once and self._looks_the_same():
            return None
        digest, before = self._digest(), self._seen
        self._seen = digest
        if not at_once and (digest == self._taken or digest != before):
            return None
        self._taken = digest
        return load_settings(self._file, self._environ)

    def _looks_the_same(self) -> bool:
        """Whether its size and time are those of the last look, when it was old enough to be taken at its word."""
        try:
            stat = self._file.stat()
        except OSError:
            self._looks = None
            return False
        looks = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        same = looks == self._looks and self._seen == self._taken
        settled = abs(self._clock() - stat.st_mtime) > SETTLED
        self._looks = looks if settled else None
        return same

    def _digest(self) -> bytes:
        """Of the content; empty where there is none to be read."""
        try:
            return hashlib.sha256(self._file.read_bytes()).digest()
        except OSError:
            return b""


def needing_restart(now: Settings, new: Settings) -> tuple[str, ...]:
    """The settings that differ and that a running server cannot take over, as they are written in the file."""
    names = [name for name in Settings.model_fields if name not in LIVE and name not in ("timeouts", "limits")]
    found = [name for name in names if getattr(now, name) != getattr(new, name)]
    for group, live in (("timeouts", LIVE_TIMEOUTS), ("limits", LIVE_LIMITS)):
        old, other = getattr(now, group), getattr(new, group)
        found += [
            f"{group}.{name}"
            for name in type(old).model_fields
            if name not in live and getattr(old, name) != getattr(other, name)
        ]
    return tuple(found)

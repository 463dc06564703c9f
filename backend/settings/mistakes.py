"""A mistake in a settings file: where it stands and what to do about it.  No value ever appears in a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from backend.errors import SettingsInvalid

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`path` reads like `accounts[1].proxy` and is empty for the file as a whole; `line` counts from 1.  `kind`
    with its `facts` is the sentence for programs, where it has one: see docs/errors.md."""

    path: str
    line: int | None
    sentence: str
    kind: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def shown(self, file: str) -> str:
        where = file if self.line is None else f"{file}:{self.line}"
        return ": ".join(part for part in (where, self.path, self.sentence) if part)


def path_of(place: Place) -> str:
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def wrong(sentence: str, because: str = "", *, whole: bool = False, mistake: str = "") -> PydanticCustomError:
    """What a validator raises.  `mistake` is its kind for programs.  `because` names the neighbouring key that makes
    the value wrong; `whole` blames the group of keys rather than the one that is being looked at."""
    return PydanticCustomError(
        "wrong", "{sentence}", {"sentence": sentence, "because": because, "whole": whole, "mistake": mistake}
    )


def invalid(file: str, mistakes: Iterable[Mistake]) -> SettingsInvalid:
    """The error that carries every mistake, in the order of the file, one per line."""
    ordered = tuple(sorted(mistakes, key=lambda mistake: (mistake.line or 0, mistake.path)))
    return SettingsInvalid("\n".join(mistake.shown(file) for mistake in ordered), file=file, mistakes=ordered)

"""Where a text ends that is to stop before the first of some sequences, whatever pieces it comes in."""

from collections.abc import Iterable


class StopTexts:
    """`hit` is set once one of the sequences has come: it is cut off with all that follows.  What may yet turn out to
    begin one is held back, and nothing else.  The sequence that is whole first counts, as if the text came letter by
    letter; of two that end together the longer one."""

    __slots__ = ("_held", "_stops", "hit")

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stops)
        self._held = ""
        self.hit = False

    def passed(self, pieces: Iterable[str]) -> list[str]:
        """What may be shown now that these have come, in their bounds as far as possible."""
        shown: list[str] = []
        for piece in pieces:
            if self.hit:
                break
            text = self._held + piece
            end = self._end(text)
            self._held = text[end:]
            if end:
                shown.append(text[:end])
        if self.hit:
            self._held = ""
        return shown

    def anew(self, text: str) -> str:
        """The same for a text that takes the place of all that came before."""
        self._held = ""
        return "".join(self.passed([text]))

    def rest(self) -> str:
        """What is held back, once no more comes."""
        held, self._held = self._held, ""
        return held

    def _end(self, text: str) -> int:
        """How much of the text may be shown."""
        found = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.hit = True
            return min(found)[1]
        return len(text) - max(beginning(stop, text) for stop in self._stops)


def beginning(stop: str, text: str) -> int:
    """How many characters at the text's end begin the sequence."""
    return next((n for n in range(min(len(stop) - 1, len(text)), 0, -1) if text.endswith(stop[:n])), 0)

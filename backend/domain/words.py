"""Words as the search knows them, the same whichever database keeps them, and the excerpt that shows a hit.

A word is a run of letters and digits without regard to upper and lower case, accents and width.  Chinese and Japanese
put no blanks between words: there every two neighbours are a word, and the last character one of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_WORD: Final = 64  # characters by which words are told apart
MOST_WORDS: Final = 20_000  # of one text; the rest cannot be searched
SHORTEST_PREFIX: Final = 3  # characters of a last word that may go on
EXCERPT: Final = 160  # characters
BEFORE: Final = 48  # characters of an excerpt before the first mark

_CJK: Final = "\u3005\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PLAIN: Final = re.compile(r"[^\W_]+")
_PIECE: Final = re.compile(rf"[{_CJK}]+|(?:[^\W_{_CJK}][\u0300-\u036f]*)+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_BLANK: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for; with `prefix` each word that begins like it, too."""

    word: str
    prefix: bool = False


def words_of(text: str) -> set[str]:
    """Every word of the text, cut at `LONGEST_WORD`."""
    if text.isascii():
        found = set(_PLAIN.findall(text.lower()))
    else:
        found = set()
        for piece in _PIECE.findall(folded(text)):
            found.update(neighbours(piece) if is_cjk(piece) else (piece,))
    if len(found) > MOST_WORDS:
        found = set(sorted(found)[:MOST_WORDS])
    return {word[:LONGEST_WORD] for word in found}


def terms_of(text: str) -> tuple[Term, ...]:
    """What somebody looks for: all the words of it.  The last one may go on."""
    text = folded(text)
    found: dict[Term, None] = {}
    for match in _PIECE.finditer(text):
        piece, last = match.group(), match.end() == len(text)
        if not is_cjk(piece):
            found[Term(piece[:LONGEST_WORD], last and len(piece) >= SHORTEST_PREFIX)] = None
        elif len(piece) == 1:
            found[Term(piece, prefix=True)] = None
        else:
            found |= dict.fromkeys(Term(pair) for pair in neighbours(piece)[:-1])
    return tuple(found)


def goes_on(word: str) -> bool:
    """Whether somebody may look for the word by its beginning alone."""
    return len(word) > SHORTEST_PREFIX or (len(word) > 1 and is_cjk(word))


def folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFKC", text)


def is_cjk(piece: str) -> bool:
    return not piece.isascii() and re.match(f"[{_CJK}]", piece) is not None


def neighbours(piece: str) -> list[str]:
    return [piece[place : place + 2] for place in range(len(piece))]


def found_in(text: str, terms: tuple[Term, ...]) -> int:
    """How many of the terms are in the text."""
    words = words_of(text)
    return sum(
        term.word in words or (term.prefix and any(word.startswith(term.word) for word in words)) for term in terms
    )


def excerpt(text: str, terms: tuple[Term, ...]) -> tuple[str, list[tuple[int, int]]]:
    """Some 160 characters around the first word that was looked for, and where in them such words stand, as (start,
    end) in characters."""
    first = next(marks(text, terms), None)
    start = 0 if first is None or first[0] <= BEFORE or len(text) <= EXCERPT else at_a_word(text, first[0] - BEFORE)
    end = len(text) if len(text) - start <= EXCERPT else start + EXCERPT
    if first is not None:
        end = max(end, min(first[1], first[0] + EXCERPT))
    opening, closing = "…" if start else "", "…" if end < len(text) else ""
    shift = len(opening) - start
    shown = [(max(one, start) + shift, min(other, end) + shift) for one, other in within(text, terms, start, end)]
    return opening + _BLANK.sub(" ", text[start:end]) + closing, shown


def at_a_word(text: str, start: int) -> int:
    """The next beginning of a word, if one is near."""
    blank = text.find(" ", start, start + BEFORE // 2)
    return start if blank < 0 else blank + 1


def within(text: str, terms: tuple[Term, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in marks(text, terms):
        if mark[0] >= end:
            return
        if mark[1] > start:
            yield mark


def marks(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int]]:
    whole = {term.word for term in terms}
    beginnings = tuple(term.word for term in terms if term.prefix)
    for match in _PIECE.finditer(text):
        piece, start = match.group(), match.start()
        if is_cjk(piece):
            yield from marks_of_run(piece, start, whole, beginnings)
            continue
        word = folded(piece)
        if word[:LONGEST_WORD] in whole or word.startswith(beginnings):
            yield start, match.end()


def marks_of_run(run: str, start: int, pairs: set[str], single: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Neighbouring pairs are one mark."""
    run = folded(run) if len(folded(run)) == len(run) else run
    begun: int | None = None
    reached = 0
    for place in range(len(run)):
        pair = run[place : place + 2]  # the last character stands alone
        length = len(pair) if pair in pairs else 1 if run[place] in single else 0
        if begun is not None and place >= reached and (length == 0 or place > reached):
            yield start + begun, start + reached
            begun = None
        if length:
            begun = place if begun is None else begun
            reached = max(reached, place + length)
    if begun is not None:
        yield start + begun, start + reached

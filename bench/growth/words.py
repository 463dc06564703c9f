"""Texts made of no language's words, as frequent as words of a language are: the word of rank r has a share of 1/r.

Prompts and replies are drawn from a stock that is made once, and beside each text stand its words.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress, product
from typing import Final

from backend.domain.words import goes_on, words_of

VOCABULARY: Final = 4_000
ONE_SYLLABLE, TWO_SYLLABLES = 60, 2_000  # ranks up to which words are so short
PROMPTS, REPLIES = 2_048, 4_096
REHEARSED: Final = "Rehearsed:"  # begins each reply and each title: nobody shall take them for anybody's
COMMON: Final = "rehearsed"
RARE: Final = re.compile(r"x\d+ovo")  # words that are in a handful of prompts


@dataclass(frozen=True, slots=True)
class Text:
    """`words` as the index takes them; `mask` has a bit for each of them that a search may complete."""

    text: str
    words: str
    mask: int
    title: str = ""
    title_words: str = ""


@dataclass(frozen=True)
class Stock:
    prompts: list[Text]
    replies: list[Text]
    listed: list[str]

    @cached_property
    def backwards(self) -> list[str]:
        return self.listed[::-1]

    def of_mask(self, mask: int) -> list[str]:
        """The words of a mask, in their order."""
        bits = format(mask, f"0{len(self.listed)}b")
        return list(compress(self.backwards, map(int, bits)))[::-1]


def stock(choice: random.Random) -> Stock:
    vocabulary = words(choice)
    known = {*vocabulary, COMMON}
    listed = sorted(word for word in known if goes_on(word))
    bits = {word: 1 << place for place, word in enumerate(listed)}
    shares = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))

    def sentence() -> str:
        return " ".join(choice.choices(vocabulary, cum_weights=shares, k=choice.randint(6, 14))).capitalize()

    def text(said: str, title: str = "") -> Text:
        found = sorted(words_of(said))
        mask = sum(bits.get(word, 0) for word in found)
        return Text(said, " ".join(found), mask, title, " ".join(sorted(words_of(title))))

    asked = [sentence() for _ in range(PROMPTS)]
    prompts = [text(f"{said}?", f"{REHEARSED} {' '.join(said.split()[:4])}") for said in asked]
    replies = [text(f"{REHEARSED} {sentence()}. {sentence()}. {sentence()}.") for _ in range(REPLIES)]
    return Stock(prompts, replies, listed)


def words(choice: random.Random) -> Sequence[str]:
    """By rank, the commonest first and shortest."""
    syllables = [first + second for first, second in product("bdfghjklmnprstvwz", "aeiou")]
    choice.shuffle(syllables)
    found = dict.fromkeys(syllables[:ONE_SYLLABLE])
    while len(found) < VOCABULARY:
        found["".join(choice.choices(syllables, k=2 if len(found) < TWO_SYLLABLES else 3))] = None
    return list(found)


def rare(number: int) -> str:
    return f"x{number}ovo"

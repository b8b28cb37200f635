"""A text as a row of plain words, the form in which names are compared."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

LINKS: Final = frozenset(
    ["de", "du", "des", "d", "l", "la", "le", "les", "et", "sur", "sous", "the"]
)
"""Words that papers add, drop and exchange inside a name: « CCI Alès », « CCI d'Alès »."""

BREAK, JOINED, COMMA, SEAM = 0, 1, 2, 3

_WORD: Final = re.compile(r"([^\W_]{1,80})([\W_]*)")
_SENTENCE_END: Final = re.compile(r"[.!?…][\s»\")]|\n")
_JOINING: Final = re.compile(r"[ \xa0\u202f\u2009]*(?:['’.&/+–-][ \xa0\u202f\u2009]*)?")
_TIES: Final = frozenset([" ", "-", "'", "’", "\xa0", "\u202f", ".", ". ", ".-", ""])
_ALIKE: Final = {"st": "saint", "ste": "sainte", "lez": "les"}


@lru_cache(maxsize=1 << 16)
def look(word: str) -> tuple[str, str]:
    """Return *word* in lower case without accents, and its shape.

    Shapes: ``d`` begins with a digit, ``l`` lower case, ``A`` capitals only, two or more,
    ``T`` one capital first, ``M`` capitals within.
    """
    plain = normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    folded = "".join(c for c in plain if c.isalnum()) or word
    return _ALIKE.get(folded, folded), _shape(word)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "d"
    if word.islower() or not word[0].isupper():
        return "l" if word.lower() == word else "M"
    if word[1:].lower() == word[1:]:
        return "T"
    return "A" if word.upper() == word else "M"


@lru_cache(maxsize=1 << 12)
def _gap_kind(gap: str) -> int:
    if _JOINING.fullmatch(gap):
        return JOINED
    return COMMA if gap in {", ", ","} else BREAK


def _tie(word: str, gap: str) -> int:
    """Return how *word* is tied to the next one by what stands between them."""
    if gap == ".-" and len(word) == 1:  # « J.-P. »
        return JOINED
    kind = _gap_kind(gap) if len(gap) < 5 else BREAK  # noqa: PLR2004 - wider is a break
    if kind == JOINED and "." in gap and gap != "." and not _abbreviated(word):
        return BREAK
    return kind


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Return what two writings of one *name* have in common: its words that are no links."""
    folded = [look(found[1])[0] for found in _WORD.finditer(name)]
    return " ".join([word for word in folded if word not in LINKS] or folded)


class Words:
    """The words of a text, their offsets, plain form and shape, and what follows each."""

    __slots__ = ("__dict__", "ends", "folded", "gaps", "shapes", "starts", "text")

    def __init__(self, text: str, seams: Callable[[str], list[int]] | None = None) -> None:
        """Split *text* at everything that is no letter or digit, and words at their *seams*."""
        self.text = text
        found = list(_WORD.finditer(text))
        written = [match[1] for match in found]
        looks = [look(word) for word in written]
        self.starts: list[int] = [match.start() for match in found]
        self.ends: list[int] = [match.end(1) for match in found]
        self.folded: list[str] = [folded for folded, _ in looks]
        self.shapes: list[str] = [shape for _, shape in looks]
        self.gaps: list[int] = [
            JOINED if match[2] == " " else _tie(word, match[2])
            for word, match in zip(written, found, strict=True)
        ]
        """How each word is tied to the next: BREAK, JOINED, COMMA, or SEAM (a lost blank)."""
        if self.gaps:
            self.gaps[-1] = BREAK
        if seams is not None and "M" in self.shapes:
            self._cut(seams)

    def _cut(self, seams: Callable[[str], list[int]]) -> None:
        for index in reversed([i for i, shape in enumerate(self.shapes) if shape == "M"]):
            start, end = self.starts[index], self.ends[index]
            cuts = [start, *(start + cut for cut in seams(self.text[start:end])), end]
            if len(cuts) == 2:  # noqa: PLR2004 - one piece
                continue
            looks = [look(self.text[a:b]) for a, b in pairwise(cuts)]
            place = slice(index, index + 1)
            self.starts[place], self.ends[place] = cuts[:-1], cuts[1:]
            self.folded[place] = [folded for folded, _ in looks]
            self.shapes[place] = [shape for _, shape in looks]
            self.gaps[place] = [*(SEAM for _ in looks[1:]), self.gaps[index]]

    def __len__(self) -> int:
        return len(self.starts)

    def without(self, dropped: frozenset[int]) -> Words:
        """Return the same words without those *dropped*, the gaps around which are closed."""
        copy = Words("")
        copy.text = self.text
        kept = [i for i in range(len(self)) if i not in dropped]
        copy.starts = [self.starts[i] for i in kept]
        copy.ends = [self.ends[i] for i in kept]
        copy.folded = [self.folded[i] for i in kept]
        copy.shapes = [self.shapes[i] for i in kept]
        copy.gaps = [JOINED if i + 1 in dropped else self.gaps[i] for i in kept]
        return copy

    @cached_property
    def content(self) -> list[int]:
        """The indexes of the words that are no links."""
        return [i for i, word in enumerate(self.folded) if word not in LINKS]

    @cached_property
    def sentences(self) -> list[int]:
        """The index of the first word of each sentence."""
        gaps = (i for i in range(len(self) - 1) if self.gaps[i] != JOINED)
        ends = (i for i in gaps if _SENTENCE_END.search(self.gap(i)))
        return [0, *(i + 1 for i in ends)] if len(self) else []

    def word(self, index: int) -> str:
        """Return the word at *index* as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def gap(self, index: int) -> str:
        """Return what stands between the word at *index* and the next one."""
        if index < 0:
            return self.text[: self.starts[0]] if self.starts else self.text
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.ends[index] : end]

    def tied(self, index: int) -> bool:
        """Whether one blank, hyphen or apostrophe at most parts the word at *index* and the next.

        A full stop does too after an initial.
        """
        return self.gaps[index] != BREAK and self.gap(index) in _TIES

    def surface(self, first: int, last: int) -> str:
        """Return the text from the word *first* to the word before *last*."""
        return self.text[self.starts[first] : self.ends[last - 1]]


_ABBREVIATED: Final = frozenset(
    [
        "St",
        "Ste",
        "Cie",
        "Ets",
        "Dr",
        "Drs",
        "Me",
        "Mes",
        "MM",
        "Mme",
        "Mmes",
        "Mlle",
        "Mlles",
        "Pr",
    ]
)


def _abbreviated(word: str) -> bool:
    return len(word) == 1 or word in _ABBREVIATED

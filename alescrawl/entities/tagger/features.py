"""What the tagger looks at: attributes of a word by itself, and of its place in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.words import JOINED, LINKS, look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.entities.gazetteer.matches import Mark
    from alescrawl.entities.gazetteer.words import Words

OFFSETS: Final = (0, -1, 1, -2, 2)
_RUN: Final = re.compile(r"(.)\1+")
_LONGEST: Final = 25


@lru_cache(maxsize=1 << 15)
def word_attributes(word: str) -> tuple[tuple[str, ...], ...]:
    """Return what *word* tells about itself and the words up to two places off.

    One tuple for each of :data:`OFFSETS`: the word itself, then where it stands one before, one
    after, two before and two after the word that is tagged.
    """
    low = _lowered(word)
    shape = detailed_shape(word)
    near = (f"w={low}", f"s={shape}", f"e3={low[-3:]}", f"g={_given(word)}")
    parts = [f"p{n}={low[:n]}" for n in (1, 2, 3, 4)] + [f"e{n}={low[-n:]}" for n in (1, 2, 4, 5)]
    far = near[:2]
    return (*near, *parts), near, near, far, far


def _lowered(word: str) -> str:
    low = word.lower()[:_LONGEST]
    return re.sub(r"\d", "0", low) if low[0].isdigit() else low


@lru_cache(maxsize=1 << 15)
def detailed_shape(word: str) -> str:
    """Return *word* with X for capitals, x for small letters, 0 for digits, runs shortened."""
    if word.isdigit():
        return "0" * min(len(word), 5)
    return _RUN.sub(r"\1\1", re.sub(r"\d", "0", "".join(map(_letter, word[:_LONGEST]))))[:6]


def _letter(letter: str) -> str:
    return "X" if letter.isupper() else "0" if letter.isdigit() else "x"


def _given(word: str) -> str:
    folded, shape = look(word)
    ambiguous = lists.given_names().get(folded) if shape != "l" else None
    return "-" if ambiguous is None else "a" if ambiguous else "g"


def position_attributes(
    words: Words, rows: Iterable[int], marks: Iterable[Mark]
) -> list[list[str]]:
    """Return for each word of *rows* what its neighbours, the gaps, lists and text tell of it.

    *marks* are what the lists and the rules have in the text.
    """
    size = len(words)
    surfaces = [words.word(i) for i in range(size)]
    low = [_lowered(w) for w in surfaces]
    shape = [detailed_shape(w) for w in surfaces]
    gap = [_gap(words.gap(i)) for i in range(size)]
    first = bytearray(size + 1)
    for start in words.sentences:
        first[start] = 1
    tags = _list_tags(size, marks)
    heads = _heads(words, first)
    seen = _seen(words, first)
    found = []
    for i in rows:
        begins, ends = first[i], i + 1 >= size or first[i + 1]
        w1, s1, before = ("^", "^", "^") if begins else (low[i - 1], shape[i - 1], gap[i - 1])
        w2, s2 = ("$", "$") if ends else (low[i + 1], shape[i + 1])
        w0 = "^" if begins or first[i - 1] else low[i - 2]
        here, after = shape[i], gap[i]
        found.append(
            [
                f"b{before}",
                f"a{after}",
                f"{before}<{here}",
                f"{here}>{after}",
                f"{s1}{before}{here}{after}{s2}",
                f"{w1}<{here}",
                f"{here}>{w2}",
                f"{w1}{before}<{low[i]}",
                f"{w0} {w1}<{here}",
                f"{low[i]}>{w2}",
                f"t{tags[i]}",
                f"t{tags[i]}{here}{before}",
                f"f{begins}{seen[i]}{here}",
                f"{w1}<{here}>{w2}",
                f"h{heads[i]}<{here}",
                f"h{heads[i]}{tags[i]}",
            ]
        )
    return found


@lru_cache(maxsize=1 << 12)
def _gap(gap: str) -> str:
    if "\n" in gap:
        return "¶"
    return gap.strip()[:2].replace("’", "'") or ("_" if gap else "")


def _list_tags(size: int, marks: Iterable[Mark]) -> list[str]:
    tags = [""] * size
    for letter, start, end in marks:
        for i in range(start, end):
            mark = letter + ("b" if i == start else "i")
            if letter not in tags[i]:
                tags[i] += mark
    return tags


def _heads(words: Words, first: bytearray) -> list[str]:
    """Return for each word the last word before it in lower case that is no link."""
    heads, head = [], "^"
    for i, (word, shape) in enumerate(zip(words.folded, words.shapes, strict=True)):
        if first[i]:
            head = "^"
        heads.append(head)
        if shape == "l" and word not in LINKS:
            head = word
    return heads


def _seen(words: Words, first: bytearray) -> list[str]:
    """Return for each word whether the text has it in lower case, or as a surname."""
    given = lists.given_names()
    lower = {w for w, s in zip(words.folded, words.shapes, strict=True) if s == "l"}
    surnames = set()
    for i in range(1, len(words)):
        is_tied = words.gaps[i - 1] == JOINED and words.shapes[i] in "TAM" and not first[i]
        if is_tied and words.shapes[i - 1] in "TA" and given.get(words.folded[i - 1]) is False:
            surnames.add(words.folded[i])
    return [
        "." if s in {"l", "d"} else ("l" if w in lower else "") + ("n" if w in surnames else "")
        for w, s in zip(words.folded, words.shapes, strict=True)
    ]

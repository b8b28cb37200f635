"""What the words of a block of text say about it, in a row of numbers."""

from __future__ import annotations

import tomllib
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from alescrawl.extraction.page.markup import keywords, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Table = NDArray[np.float32]

COLUMNS: Final = (
    "length",
    "words",
    "commas",
    "sentences",
    "end",
    "start",
    "digits",
    "upper",
    "phrase",
    "sign",
    "in_title",
    "of_title",
    "in_description",
    "of_description",
    "in_body",
    "body_known",
    "copy",
    "function_words",
    "quoted",
    *(f"says_{name}" for name in keywords()),
)
SHORT: Final = 160
"""Characters up to which the letters of a block are looked at one by one."""
_ALL_LINK: Final = 0.9
_DIGITS: Final = b"0123456789"
_CAPITALS: Final = bytes([*range(0x41, 0x5B), *range(0xC0, 0xD7), *range(0xD8, 0xDF)])
"""In Latin-1."""
LONG: Final = 600
"""Characters of a block that are looked at; the rest adds nothing."""
EDGE: Final = 28
"""Characters at either end of a block that are looked for in the stated body."""

_STOPS: Final = ":,."
_LONGEST_PHRASE: Final = 3
"""Words of a line that are looked up."""
_ENDS: Final = dict.fromkeys(".!?…", 3) | dict.fromkeys("»”\"'’)]", 2) | dict.fromkeys(":;,", 1)
_OPENERS: Final = "«»“”„\"'’‘(-–—"


@cache
def function_words(language: str = "") -> frozenset[str]:
    """Return the function words of *language*, of all languages where it is ""."""
    path = files("alescrawl") / "data" / "function_words.toml"
    languages: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    listed = [languages[language]] if language else languages.values()
    return frozenset(" ".join(listed).split())


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page's structured data state, made ready to be compared with its blocks."""

    title: frozenset[str]
    description: frozenset[str]
    body: str

    @classmethod
    def of(cls, title: str | None, description: str | None, body: str | None) -> Stated:
        """Return the three, each empty where it is not stated."""
        return cls(
            _words(title or ""), _words(description or ""), _folded(" ".join((body or "").split()))
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(_folded(text[:LONG]).lower().split())


def _folded(text: str) -> str:
    return text.replace("’", "'") if "’" in text else text


def text_table(
    texts: Sequence[str],
    links: Sequence[int],
    stated: Stated,
    wanted: frozenset[str] | None = None,
) -> Table:
    """Return one row per block, with the numbers that COLUMNS names.

    *links* are the characters of each text in links. Of a short text that is a link and
    nothing else only its size is told: no such text is part of an article. Keywords are looked
    for where what they speak of is *wanted*, or everything is.
    """
    table = np.zeros((len(texts), len(COLUMNS)), dtype=np.float32)
    table[:, 0] = lengths = [len(text) for text in texts]
    table[:, 1] = [text.count(" ") + 1 for text in texts]
    read = [
        place
        for place, (length, link) in enumerate(zip(lengths, links, strict=True))
        if length >= SHORT or link < length * _ALL_LINK
    ]
    table[read, 2:] = _rows([texts[place] for place in read], stated, _subjects(wanted))
    return table


def _rows(texts: Sequence[str], stated: Stated, subjects: _Subjects) -> Table:
    rows = array("f")
    seen: set[str] = set()
    for text in texts:
        rows.extend(_row(text, stated, subjects, text in seen))
        seen.add(text)
    return np.frombuffer(rows, dtype=np.float32).reshape(len(texts), len(COLUMNS) - 2)


def _row(text: str, stated: Stated, subjects: _Subjects, copy: bool) -> tuple[float, ...]:
    length = len(text)
    sample = text[:LONG]
    lower = _folded(sample.lower())
    listed = lower.split()
    words = set(listed)
    count = len(words)
    title, description = len(words & stated.title), len(words & stated.description)
    short = length <= SHORT
    digits, capitals = _digits_and_capitals(text) if short else (0, 0)
    return (
        sample.count(","),
        sample.count(". ") + sample.count("? ") + sample.count("! "),
        _ENDS.get(text[-1], 0),
        _start(text[0]),
        digits / length,
        capitals / length,
        _phrase(listed) if length <= SHORT * 2 else 0,
        _sign(lower) if short else 0,
        title / count,
        title / (len(stated.title) or 1),
        description / count,
        description / (len(stated.description) or 1),
        _stated(text, stated.body) if stated.body else 0,
        bool(stated.body),
        copy,
        len(words & function_words()) / count,
        ("«" in sample) + ("“" in sample or '"' in sample or "„" in sample),
        *_says(words, subjects),
    )


def _digits_and_capitals(text: str) -> tuple[int, int]:
    """Return how many characters of *text* are 0 to 9, and capitals of western languages."""
    letters = text.encode("latin-1", "replace")
    size = len(letters)
    return (
        size - len(letters.translate(None, _DIGITS)),
        size - len(letters.translate(None, _CAPITALS)),
    )


@dataclass(frozen=True, slots=True)
class _Subjects:
    """Keywords by what they speak of, and all of them."""

    words: tuple[frozenset[str], ...]
    every: frozenset[str]
    none: tuple[int, ...]


@cache
def _subjects(wanted: frozenset[str] | None) -> _Subjects:
    words = tuple(
        known if wanted is None or {f"says_{name}", f"{name}_around"} & wanted else frozenset()
        for name, known in keywords().items()
    )
    return _Subjects(words, frozenset().union(*words), (0,) * len(words))


def _says(words: set[str], subjects: _Subjects) -> Sequence[int]:
    """Return how many of *words* speak of each subject."""
    hits = words & subjects.every
    return [len(hits & each) for each in subjects.words] if hits else subjects.none


def _stated(text: str, body: str) -> int:
    return (_folded(text[:EDGE]) in body) + (_folded(text[-EDGE:]) in body)


def _start(letter: str) -> int:
    if letter.isupper():
        return 3
    if letter.islower():
        return 2
    return 1 if letter in _OPENERS else 0


def _phrase(words: list[str]) -> int:
    """Return 1 + the category of the boilerplate line that begins so, 0 for none."""
    if words[0].rstrip(_STOPS) not in _openings():
        return 0
    known = phrases()
    for size in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        category = known.get(" ".join(words[:size]).rstrip(_STOPS))
        if category is not None:
            return category + 1
    return 0


@cache
def _openings() -> frozenset[str]:
    """Return the first words of boilerplate lines."""
    return frozenset(phrase.split()[0].rstrip(_STOPS) for phrase in phrases())


def _sign(lower: str) -> int:
    """Return what kind of sign the line holds that sentences seldom hold."""
    if "©" in lower or "(c)" in lower:
        return 4
    if "|" in lower or "›" in lower or lower[-1] == "»":
        return 3
    if "@" in lower or "http" in lower or "www." in lower:
        return 2
    return 1 if lower[-1] == "…" or lower.endswith("...") else 0

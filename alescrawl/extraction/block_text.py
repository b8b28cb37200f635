"""What the words of a block of text say about it, in a row of numbers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.markup import keywords, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_NOTHING: Final = (0,) * (len(COLUMNS) - 2)
_ALL_LINK: Final = 0.9
_DIGITS: Final = re.compile("[0-9]")
_CAPITALS: Final = re.compile("[A-ZÀ-ÖØ-Þ]")
LONG: Final = 600
"""Characters of a block that are looked at; the rest adds nothing."""
EDGE: Final = 28
"""Characters at either end of a block that are looked for in the stated body."""

_ENDS: Final = dict.fromkeys(".!?…", 3) | dict.fromkeys("»”\"'’)]", 2) | dict.fromkeys(":;,", 1)
_OPENERS: Final = "«»“”„\"'’‘(-–—"


@cache
def _function_words() -> frozenset[str]:
    path = files("alescrawl") / "data" / "function_words.toml"
    languages: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return frozenset(" ".join(languages.values()).split())


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


def text_rows(
    texts: Sequence[str], links: Sequence[int], stated: Stated
) -> list[tuple[float, ...]]:
    """Return one row per block, with the numbers that COLUMNS names.

    *links* are the characters of each text in links. Of a short text that is a link and
    nothing else only its size is told: no such text is part of an article.
    """
    copies: dict[str, int] = {}
    rows: list[tuple[float, ...]] = []
    for text, link in zip(texts, links, strict=True):
        length = len(text)
        if length < SHORT and link >= length * _ALL_LINK:
            rows.append((length, text.count(" ") + 1, *_NOTHING))
            continue
        before = copies[text] = copies.get(text, 0) + 1
        rows.append(_row(text, stated, before > 1))
    return rows


def _row(text: str, stated: Stated, copy: bool) -> tuple[float, ...]:
    length = len(text)
    sample = text[:LONG]
    lower = sample.lower()
    if "’" in lower:
        lower = lower.replace("’", "'")
    listed = lower.split()
    words = set(listed)
    count = len(words)
    title, description = len(words & stated.title), len(words & stated.description)
    short = length <= SHORT
    return (
        length,
        text.count(" ") + 1,
        sample.count(","),
        sample.count(". ") + sample.count("? ") + sample.count("! "),
        _ENDS.get(text[-1], 0),
        _start(text[0]),
        len(_DIGITS.findall(text)) / length if short else 0,
        len(_CAPITALS.findall(text)) / length if short else 0,
        _phrase(listed[:3]) if length <= SHORT * 2 else 0,
        _sign(lower) if short else 0,
        title / count,
        title / (len(stated.title) or 1),
        description / count,
        description / (len(stated.description) or 1),
        _stated(text, stated.body) if stated.body else 0,
        bool(stated.body),
        copy,
        len(words & _function_words()) / count,
        ("«" in sample) + ("“" in sample or '"' in sample or "„" in sample),
        *_says(words),
    )


def _says(words: set[str]) -> Sequence[int]:
    """Return how many of *words* speak of what each category of keywords speaks of."""
    known = keywords()
    hits = words & _every_keyword()
    return [len(hits & each) for each in known.values()] if hits else (0,) * len(known)


@cache
def _every_keyword() -> frozenset[str]:
    return frozenset().union(*keywords().values())


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
    known = phrases()
    for size in range(len(words), 0, -1):
        category = known.get(" ".join(words[:size]).rstrip(":,."))
        if category is not None:
            return category + 1
    return 0


def _sign(lower: str) -> int:
    """Return what kind of sign the line holds that sentences seldom hold."""
    if "©" in lower or "(c)" in lower:
        return 4
    if "|" in lower or "›" in lower or lower[-1] == "»":
        return 3
    if "@" in lower or "http" in lower or "www." in lower:
        return 2
    return 1 if lower[-1] == "…" or lower.endswith("...") else 0

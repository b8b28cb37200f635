"""The language of a text: what the page declares, checked against its most frequent words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from alescrawl.items import Origin

_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[a-z]{2}")
_SAMPLE = 1_500  # characters
_FEWEST = 40  # words; below, the declaration is better than a count
_SHARE = 0.2  # of the words of a text are function words in all the languages known here
_LEAD = 1.25  # times the count of the next language


class Language(NamedTuple):
    """ISO 639-1 code, or ``None``, and where it was read."""

    code: str | None
    origin: Origin | None


def read_language(declared: str | None, text: str) -> Language:
    """Return the language of *text*; *declared* is the page's ``lang`` attribute or its like."""
    code = _declared_code(declared)
    seen = detect(text)
    if seen is not None and seen != code:
        return Language(seen, "text")
    return Language(code, "meta" if code else None)


def detect(text: str) -> str | None:
    """Return the language that the function words of *text* show, where they show one clearly.

    Known are fr, en, de, es, it, nl, pt and ca.

    >>> detect("La chambre de commerce a ouvert les portes de son nouveau centre. " * 5)
    'fr'
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEWEST:
        return None
    frequent = list(filter(_frequent().__contains__, words))
    counts = {code: sum(map(known.__contains__, frequent)) for code, known in _known().items()}
    first, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    clear = counts[first] >= len(words) * _SHARE and counts[first] >= counts[second] * _LEAD
    return first if clear else None


def _declared_code(declared: str | None) -> str | None:
    found = _CODE.match((declared or "").strip().lower())
    return found.group() if found else None


@cache
def _known() -> dict[str, frozenset[str]]:
    source = files("alescrawl").joinpath("data", "function_words.toml").read_text("utf-8")
    return {
        code: frozenset(words.split()) for code, words in tomllib.loads(source)["words"].items()
    }


@cache
def _frequent() -> frozenset[str]:
    return frozenset().union(*_known().values())

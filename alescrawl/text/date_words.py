"""The words dates are written with, in the folded form in which they are compared."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any, Final

_LISTS: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    (files("alescrawl") / "data" / "date_words.toml").read_text(encoding="utf-8")
)


def _by_word(table: str) -> dict[str, int]:
    lists = _LISTS[table].items()
    return {word: int(number) for number, words in lists for word in words.split()}


FRENCH_MONTHS: Final = _by_word("months")
"""Number of the month by its French names and abbreviations."""
MONTHS: Final = FRENCH_MONTHS | _by_word("months_abroad")
"""Number of the month by its names and abbreviations in any language."""
MONTH_PATTERN: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
UNITS: Final = _by_word("units")
"""Seconds in one of a unit."""
COUNTS: Final = _by_word("counts")
"""Numbers written as words."""
DAYS: Final = _by_word("days")
"""Days back from today."""
BEFORE_COUNT: Final = [words.replace("_", " ") for words in _LISTS["ago"]["before"].split()]
AFTER_COUNT: Final = _LISTS["ago"]["after"].split()
ZONES: Final[dict[str, float | str]] = _LISTS["zones"]
"""Hours from UTC of a zone, or its IANA name where it has summer time."""

"""Of which activities a text speaks, by divisions of the nomenclature of activities."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.folding import fold

_WORD: Final = re.compile(r"[a-z]{5,}")
_STEM: Final = 5


@cache
def _stems() -> dict[str, list[tuple[str, str]]]:
    """Return word beginnings and their divisions by their first letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for division, words in table("activity_words")["divisions"].items():
        for word in words.split():
            found.setdefault(word[:_STEM], []).append((word, division))
    return found


@lru_cache(maxsize=1 << 15)
def _divisions_of(word: str) -> frozenset[str]:
    found = _stems().get(word[:_STEM], ())
    return frozenset(division for stem, division in found if word.startswith(stem))


def divisions_in(text: str) -> frozenset[str]:
    """Return the divisions (two digits) whose words *text* has."""
    words = _WORD.findall(fold(text))
    return frozenset(division for word in words for division in _divisions_of(word))

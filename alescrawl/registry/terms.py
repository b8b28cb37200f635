"""Addresses, codes and words of the registers: registry.toml."""

from __future__ import annotations

from functools import cache
from typing import Any

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.entities.gazetteer.words import look


def facts() -> dict[str, Any]:
    """Return the file registry.toml."""
    return table("registry")


@cache
def name_words(field: str) -> frozenset[str]:
    """Return the words of *field* of the table of names, in plain form."""
    return frozenset(look(word)[0] for word in facts()["names"][field].split())

"""The short lists of words that the rules go by, from the data folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from alescrawl.entities.gazetteer.words import look


@cache
def table(name: str) -> dict[str, Any]:
    """Return the file *name*.toml of the data folder."""
    text = (files("alescrawl") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words_of(name: str, field: str, *, plain: bool = False) -> frozenset[str]:
    """Return the words of *field* in the file *name*, as written or in plain form."""
    words = table(name)[field].split()
    return frozenset(look(word)[0] if plain else word for word in words)

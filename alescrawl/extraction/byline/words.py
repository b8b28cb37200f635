"""The words that bylines are made of, from their data file, ready to be looked up."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

_USUAL: Final = 20.0
"""Births in a million from which a given name is one whatever its bearer is called."""


@cache
def _data() -> dict[str, str | list[str]]:
    path = files("alescrawl") / "data" / "byline_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the list *name*."""
    listed = _data()[name]
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@cache
def phrases(name: str) -> frozenset[str]:
    """Return the phrases of the list *name*, which bars part."""
    return frozenset(" ".join(text.split()) for text in str(_data()[name]).split("|"))


@cache
def openings() -> dict[str, tuple[str, ...]]:
    """Return what may stand before the names of a byline, by its first word, longest first."""
    by_word: dict[str, list[str]] = {}
    for opening in sorted(phrases("openings"), key=len, reverse=True):
        by_word.setdefault(opening.split()[0].partition("-")[0].partition(".")[0], []).append(
            opening
        )
    return {word: tuple(found) for word, found in by_word.items()}


@cache
def agencies() -> dict[str, str]:
    """Return the name an agency is kept under, by each spelling of it.

    A spelling of more than three letters is also there in small letters: shorter ones are
    somebody's initials when written small.
    """
    names: dict[str, str] = {}
    for line in _data()["agencies"]:
        spellings = [text.strip() for text in line.split("|")]
        for spelling in spellings:
            names[spelling] = spellings[0]
            if len(spelling) > 3:  # noqa: PLR2004 - see above
                names[spelling.casefold()] = spellings[0]
    return names


@cache
def usual_given_names() -> frozenset[str]:
    """Return the given names, without accents, that many bear in France and that are no words."""
    path = files("alescrawl") / "data" / "given_names.tsv.gz"
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return frozenset(row[0] for row in rows if float(row[1]) >= _USUAL and row[2] == "0")

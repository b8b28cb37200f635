"""Words that lost the blank between them: « DavidRavalou », « AgglomérationÉconomie »."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import Words, look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.entities.gazetteer.gazetteer import Name


_SHORTEST: Final = 7


_KINDS: Final = frozenset({"company", "media", "cluster"})


_DOMAINS: Final = frozenset(["fr", "com", "net", "org", "info", "eu", "io"])


@cache
def _squeezed() -> dict[str, Name]:
    """Return the names of companies, media and clusters by their letters, plurals as singulars."""
    found: dict[str, Name] = {}
    for name in lists.institution_names():
        if name.entity.subtype in _KINDS and not name.ambiguous:
            letters = "".join(word.removesuffix("s") for word in Words(name.written).folded)
            if len(letters) >= _SHORTEST:
                found.setdefault(letters, name)
    return found


def respelt(words: Words) -> Iterator[Match]:
    """Yield the listed names that *words* spell in another number of words.

    « HeidelbergCement » and « Heidelberg Cement »; « objectifgard.com ».
    """
    names = _squeezed()
    before_domains = {i - 1 for i, word in enumerate(words.folded) if word in _DOMAINS}
    for index, shape in enumerate(words.shapes):
        if shape == "l" and index not in before_domains:
            continue
        name = names.get(_singular(words, index))
        site = _site_end(words, index)
        if site and name:
            yield Match(index, site, (name,))
        if shape == "l":
            continue
        if name:
            yield Match(index, index + 1, (name,))
        if index + 1 < len(words) and words.shapes[index + 1] != "l" and words.tied(index):
            pair = names.get(_singular(words, index) + _singular(words, index + 1))
            if pair:
                yield Match(index, index + 2, (pair,))


def _singular(words: Words, index: int) -> str:
    return words.folded[index].removesuffix("s")


def _site_end(words: Words, index: int) -> int:
    """Return the word after the address of a site that begins at *index*, or 0."""
    after = index + 1
    is_site = after < len(words) and words.folded[after] in _DOMAINS and words.gap(index) == "."
    return after + 1 if is_site else 0


_SEAM: Final = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-ÖØ-Þ][a-zà-ÿ])")


def seams(word: str) -> list[int]:
    """Return where *word* falls apart: before each capital within, if it begins with a known word.

    A name that is written in one word on purpose (« OpeNîmes ») is left whole.
    """
    cuts = [found.start() for found in _SEAM.finditer(word)]
    if not cuts or look(word)[0] in lists.institutions():
        return []
    first = look(word[: cuts[0]])[0]
    is_known = lists.given_names().get(first) is False or first in words_of(
        "institution_words", "generic", plain=True
    )
    return cuts if is_known else []

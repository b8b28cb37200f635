"""Acronyms that nothing knows, behind a role: « présidente de l'ARX », « PDG ARX »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import JOINED
from alescrawl.entities.roles.nouns import role_nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.entities.gazetteer.words import Words

_FEWEST_LETTERS: Final = 3
_MOST_BETWEEN: Final = 4
_LINKS: Final = frozenset(["de", "d", "du", "des", "la", "l", "chez"])
_OF_MEMBERS: Final = frozenset(["president", "presidente", "membre", "tresorier", "secretaire"])


def led_bodies(words: Words) -> Iterator[Candidate]:
    """Yield the acronyms that a role leads to, as the associations or companies they may be."""
    after = words_of("role_words", "after", plain=True)
    never = words_of("institution_words", "never", plain=True)
    never |= words_of("institution_words", "legal_forms", plain=True)
    for match in role_nouns().matches(words):
        index = match.last
        last = min(index + _MOST_BETWEEN, len(words) - 1)
        while index < last and words.gaps[index - 1] == JOINED:
            if words.folded[index] not in _LINKS | after:
                break
            index += 1
        if index >= len(words) or words.gaps[index - 1] != JOINED or words.shapes[index] != "A":
            continue
        word = words.folded[index]
        if len(word) >= _FEWEST_LETTERS and word not in never:
            is_elected = words.folded[match.first] in _OF_MEMBERS
            kind = "association" if is_elected else "company"
            yield Candidate(index, index + 1, "institution", "rule", 0.55, subtype=kind)

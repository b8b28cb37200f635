"""Completes a lead that was cut short with what the page shows in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.truncation import ends_cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_COMMON: Final = 20
"""So many letters and digits must agree before one text is taken for the start of another."""
LONGEST_LEAD: Final = 900
_TRAIL: Final = re.compile(r"[\s(\[]*(?:…|\.\.\.)[\s)\]]*$")
_SENTENCE_END: Final = re.compile(r"[.!?…][»\"”’)]?(?=\s|$)")
_ELISION: Final = 2


def complete_lead(lead: str, shown: Iterable[str]) -> str | None:
    """Return *lead*, in full where it was cut and one of the *shown* texts goes on.

    Where no text completes a cut lead, its whole sentences are returned, or None where it
    has none.

    >>> complete_lead("Le pont rouvre lundi, c", ["Le pont rouvre lundi, cinq mois après la crue."])
    'Le pont rouvre lundi, cinq mois après la crue.'
    """
    if not lead or not _was_cut(lead):
        return lead or None
    start = _letters(_TRAIL.sub("", lead))
    if len(start) >= LEAST_COMMON:
        for text in shown:
            if _letters(text[: 3 * len(lead)]).startswith(start) and len(text) <= LONGEST_LEAD:
                return text
    return _whole_sentences(lead)


def repeats(text: str, other: str) -> bool:
    """Return whether *text* says no more than *other* begins with, or the reverse."""
    mine, theirs = _letters(text), _letters(other)
    shorter, longer = sorted((mine, theirs), key=len)
    return len(shorter) >= LEAST_COMMON and longer.startswith(shorter)


def index_of_lead(lead: str, shown: Sequence[str]) -> int | None:
    """Return the index of the first of the *shown* texts that says what *lead* says."""
    start = _letters(_TRAIL.sub("", lead))
    if len(start) < LEAST_COMMON:
        return None
    return next((i for i, text in enumerate(shown) if _letters(text).startswith(start)), None)


def _was_cut(lead: str) -> bool:
    # A lead may lack its full stop: only a comma or a very short last word then tells a cut.
    if not ends_cut(lead):
        return False
    if _TRAIL.search(lead):
        return True
    last = re.split(r"[\s'’]", lead)[-1]
    return len(last) <= _ELISION and last.isalpha()


def _whole_sentences(lead: str) -> str | None:
    text = _TRAIL.sub("", lead)
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else None


def _letters(text: str) -> str:
    """Return the letters and digits of *text*, so that typography does not tell texts apart."""
    return "".join(filter(str.isalnum, text)).casefold()

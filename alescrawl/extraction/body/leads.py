"""Finds on the page, in full, the lead that its metadata give, which is often cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_COMMON: Final = 20
"""So many letters and digits must agree before one text is taken for the start of another."""
LONGEST_LEAD: Final = 900
"""Characters above which a text is no lead."""


def index_of_lead(lead: str, shown: Sequence[str]) -> int | None:
    """Return the index of the first of the *shown* texts that begins as *lead* does.

    A lead cut in a word or at an ellipsis is found too; typography does not count.

    >>> index_of_lead("Le pont rouvre lundi, c", ["Pont", "Le pont rouvre lundi, cinq mois après."])
    1
    """
    start = letters(lead[:LONGEST_LEAD])
    if len(start) < LEAST_COMMON:
        return None
    return next((i for i, text in enumerate(shown) if letters(text).startswith(start)), None)


def letters(text: str) -> str:
    """Return the letters and digits of *text*, so that typography does not tell texts apart."""
    return "".join(filter(str.isalnum, text)).casefold()

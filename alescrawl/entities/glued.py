"""Words that lost the blank between them: « DavidRavalou », « AgglomérationÉconomie »."""

from __future__ import annotations

import re
from typing import Final

from alescrawl.entities import lists
from alescrawl.entities.word_lists import words_of
from alescrawl.entities.words import look

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

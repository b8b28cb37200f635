"""Tell a line that dates its article from one that says when something else is or was."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline.words import agencies, openings, words
from alescrawl.extraction.page.surroundings import line_of
from alescrawl.text.date_words import MONTHS, ZONES
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOXES: Final = frozenset({"p", "li", "div", "td", "dd"})
_PICTURES: Final = frozenset({"figure", "figcaption"})
_MOST_BOXES: Final = 6
_WORD: Final = re.compile(r"(?<![@\w])[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SHORT: Final = 3
"""Letters of a small word that may be one of a language whose words are not listed."""
_BELONGS: Final = (
    "date_labels", "date_verbs", "date_fillers", "conjunctions", "companions", "midst",
    "after_name", "particles", "articles", "roles", "roles_behind", "role_modifiers", "desks",
    "page_tools", "name_tails", "credentials",
    "date_subjects", "section_words",
)  # fmt: skip
"""Lists of the words that stand in the line of a byline."""
_OF_OTHER_THINGS: Final = re.compile(
    r"""[°€$%]
    |[^\W\d_]{4}-\d{1,2}(?:er)?\ [^\W\d_] | \b[A-Z]{1,3}\d{1,3}-
    |\bdu\ \d{1,2}(?:er)?\b.{0,20}\bau\ \d
    |\b(?:[ée]pisode|saison|season|tirage|num[ée]ro)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Degrees, prices and shares; names of pictures (« B2-Ville-4 mars »); spans of days; series."""
_PIECE: Final = re.compile(r"['.-]")


def dates_alone(text: str) -> bool:
    """Tell whether *text* holds dates, names and what belongs to a byline, and nothing else.

    Names and sections begin with a capital; any other word says what the date is the date of.

    >>> dates_alone("Anna Blois · 4 novembre 2026 à 9 h"), dates_alone("Foire aux oignons, 4 mai")
    (True, False)
    """
    if _OF_OTHER_THINGS.search(text):
        return False
    found = [word[0].replace("’", "'") for word in _WORD.finditer(text)]
    return not _is_of_picture(found) and all(map(_belongs, found))


def _is_of_picture(found: list[str]) -> bool:
    """Tell « Photo d'archives, … »; « Texte et photos : … » signs an article."""
    folded = {part for word in found for part in _pieces(word.casefold())}
    return not folded.isdisjoint(words("credits")) and folded.isdisjoint(("texte", "textes"))


def _belongs(word: str) -> bool:
    if word[0] != word[0].lower() or len(word) <= _SHORT or word.upper() == word:
        return True
    return fold(word) in _known() or all(fold(part) in _known() for part in _pieces(word))


def _pieces(word: str) -> list[str]:
    return list(filter(None, _PIECE.split(word)))


@cache
def _known() -> frozenset[str]:
    listed = frozenset().union(*map(words, _BELONGS))
    opening = {word for group in openings().values() for line in group for word in line.split()}
    return frozenset(map(fold, listed | opening | set(agencies()))) | set(MONTHS) | set(ZONES)


def is_dateline(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Tell whether the line in which *element* stands is one that dates its article.

    The line is the smallest box around it; where that box is large, or holds the *heading*, it
    is the element alone. What stands with a picture is about the picture.
    """
    around = set() if heading is None else {heading, *heading.iterancestors()}
    for _, box in zip(range(_MOST_BOXES), (element, *element.iterancestors()), strict=False):
        if box in around:
            break
        if box.tag in _PICTURES:
            return False
        if box.tag in _BOXES and (line := line_of(box)):
            return dates_alone(line)
    return dates_alone(line_of(element))

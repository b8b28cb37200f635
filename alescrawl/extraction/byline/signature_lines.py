"""Tell the lines that only sign or date an article from those that are its text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline.agencies import folded_words, house_name
from alescrawl.extraction.byline.byline import parse_byline
from alescrawl.extraction.byline.names import is_name_like, person_name
from alescrawl.extraction.byline.parts import bare, opening_of, parts_of, without_role
from alescrawl.extraction.byline.words import agencies, words
from alescrawl.items import straight_quotes
from alescrawl.text.date_words import MONTHS

if TYPE_CHECKING:
    from alescrawl.items import Paragraph

_LONGEST: Final = 200
_ABOVE: Final = 4
_BELOW: Final = 3
_MOST_DESK_WORDS: Final = 5
_MOST_NAMES: Final = 3
_SENTENCE_ENDS: Final = (".", "?", "!", "…", ":")
_DIGIT = re.compile(r"\d")
_MIDST = re.compile(r"(?<!recueillis)\s(par|by)\s", re.IGNORECASE)
_NUMBER = re.compile(r"(?:le)?\d[\d/.:-]{0,11}(?:er|st|nd|rd|th|h\d{0,2}|min|mn|am|pm)?")
_TOKEN = re.compile(r"[^\s:,.()]+")


def is_signature_line(line: str) -> bool:
    """Tell whether *line* holds names, agencies, dates and their labels, and nothing else.

    Meant for the first and last lines of a text: a list may hold names alone as well.
    """
    if not 0 < len(line) <= _LONGEST or line.endswith(_SENTENCE_ENDS):
        return False
    introduced = _is_introduced(line)
    parts = [part for part in parts_of(_MIDST.sub(r" , \1 ", line)) if any(map(str.isalnum, part))]
    return bool(parts) and all(_is_known(part, introduced=introduced) for part in parts)


def may_sign(line: str) -> bool:
    """Tell « Par Inès, à Sarvan » from « Par Toutatis, le maire revient », which opens alike."""
    opening = opening_of(line) or ""
    first = next(iter(parts_of(line[len(opening) :])), "").strip()
    return " " in first or is_signature_line(line)


def without_signatures(paragraphs: list[Paragraph], signed: list[str]) -> list[Paragraph]:
    """Return *paragraphs* without the lines above and below the text that sign or date it.

    A line that is names alone, which a heading may be too, must name those who *signed*.
    """
    last = len(paragraphs) - _BELOW
    return [
        paragraph
        for place, paragraph in enumerate(paragraphs)
        if _ABOVE <= place < last
        or paragraph.kind != "paragraph"
        or not _signs(paragraph.text, signed)
    ]


def _signs(text: str, signed: list[str]) -> bool:
    line = straight_quotes(text)
    if not is_signature_line(line):
        return False
    if _DIGIT.search(line) or _is_introduced(line):
        return True
    read = parse_byline(line)
    return set(read.authors + read.agencies) <= set(signed)


def _is_introduced(line: str) -> bool:
    first = _TOKEN.search(line.casefold())
    is_dated = first is not None and first[0] in words("date_verbs")
    return is_dated or opening_of(line) is not None


def _is_known(part: str, *, introduced: bool) -> bool:
    if _is_date(part):
        return True
    text = bare(part)
    if not text or _is_date(text) or _is_house(text):
        return True
    signatory = without_role(text)
    if not signatory:
        return len(text.split()) <= _MOST_DESK_WORDS
    name = person_name(signatory)
    if introduced and text[0].isupper():
        return name is not None or house_name(text, "") is not None
    return name is not None and _is_plain(name) and _is_rest_known(text[len(signatory) :])


def _is_plain(name: str) -> bool:
    """Tell a name that nothing introduces from a heading: two or three words, no particle."""
    parts = name.split()
    few = 1 < len(parts) <= _MOST_NAMES
    return few and (is_name_like(name) or not words("particles").intersection(parts))


def _is_rest_known(rest: str) -> bool:
    """Tell whether what follows a name is a role or a date."""
    known = _fillers() | words("roles") | words("role_modifiers") | words("after_name")
    found = _TOKEN.findall(rest.casefold())
    return len(found) <= _MOST_DESK_WORDS and (not found or bool(known.intersection(found)))


def _is_date(text: str) -> bool:
    return all(
        token in _fillers() or _NUMBER.fullmatch(token) for token in _TOKEN.findall(text.casefold())
    )


def _is_house(text: str) -> bool:
    if text in agencies() or text.casefold() in agencies():
        return True
    found = folded_words(text).split()
    return len(found) <= _MOST_DESK_WORDS and bool(words("desks").intersection(found))


@cache
def _fillers() -> frozenset[str]:
    lists = ("date_labels", "date_verbs", "date_fillers", "conjunctions")
    return frozenset(MONTHS).union(*(words(name) for name in lists))

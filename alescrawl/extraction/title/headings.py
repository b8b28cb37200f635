"""The text of a heading, and the kicker that stands in or above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from alescrawl.extraction.page.surroundings import line_of
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_KICKER_WORDS = (
    "kicker",
    "rubrique",
    "surtitre",
    "sur-titre",
    "overline",
    "eyebrow",
    "overtitle",
    "supertitle",
    "suptitle",
    "topline",
    "dachzeile",
    "antetitulo",
    "preheadline",
    "pretitle",
    "pre-title",
)
SEPARATORS = " -–—|:•·/"
"""What stands between a kicker and a headline."""
_LONGEST_KICKER = 90
_SHORTEST_LOUD, _LONGEST_LOUD = 3, 30
_LONGEST_HEADING = 600
_SILENT = frozenset({"script", "style", "svg", "button", "template", "time"})
_MARK = re.compile(
    r"(?:^|[\s_-])(?:badge|date|premium|abonn\w*|paywall|sr-only|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_MARK = 30
"""What is set into a heading beside the headline."""


def heading_text(heading: HtmlElement) -> str:
    """Return the words of *heading* on one line, without a kicker that opens it."""
    return normalise("".join(_pieces(heading))[:_LONGEST_HEADING]).lstrip(SEPARATORS)


def read_kicker(heading: HtmlElement) -> str:
    """Return the kicker marked in *heading* or just above it, or ""."""
    opening = next(iter(heading.iterdescendants()), None)
    for element in (opening, *_above(heading)):
        if element is not None:
            text = line_of(element).strip(SEPARATORS)
            if 0 < len(text) <= _LONGEST_KICKER and (_is_kicker(element) or _is_loud(text)):
                return text
    return ""


def _is_loud(text: str) -> bool:
    """Tell a line in capitals, as a kicker is printed where no class says so."""
    return (
        text.isupper()
        and _SHORTEST_LOUD <= len(text) <= _LONGEST_LOUD
        and sum(map(str.isalpha, text)) > len(text) // 2
    )


def _pieces(heading: HtmlElement) -> Iterator[str]:
    """Yield the texts in *heading*, a blank where two elements stand without one between."""
    before = ""
    for text in _texts(heading):
        if before[-1:].isalnum() and text[:1].isupper() and not before[-1:].isupper():
            yield " "
        yield text
        before = text


def _texts(heading: HtmlElement) -> Iterator[str]:
    walker = iterwalk(heading, events=("start", "end"))
    opening = next(iter(heading.iterdescendants()), None)
    for event, element in walker:
        if event == "start":
            if element is not heading and (
                element.tag in _SILENT
                or _is_mark(element)
                or (element is opening and _is_kicker(element))
            ):
                walker.skip_subtree()
            elif element.text:
                yield element.text
        elif element is not heading:
            yield from (" ",) if element.tag == "br" else ()
            if element.tail:
                yield element.tail


def _above(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements just above *heading*, and above its parent, nearest first."""
    for place in (heading, heading.getparent()):
        if place is not None:
            for number, sibling in enumerate(place.itersiblings(preceding=True)):
                if number > 1:
                    break
                yield sibling


def _is_mark(element: HtmlElement) -> bool:
    """Tell a small element for a date, a badge or the count of remarks in a heading."""
    classes = element.get("class")
    if not classes or element.tag != "span" or _MARK.search(classes) is None:
        return False
    return len("".join(element.itertext())) <= _LONGEST_MARK


def _is_kicker(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").lower()
    return bool(classes) and any(word in classes for word in _KICKER_WORDS)

"""Dates as a page prints them: ``<time>`` elements and lines near the title."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.meta import Head

Meaning = Literal["published", "modified", "other", ""]

_LONGEST_LINE = 160
_LONGEST_LABELLED = 90
_LONGEST_BARE = 60
_MOST_CLASSES = 60
_PARAGRAPH = 240
_TIMES_BELOW = 3
_TIMES_ABOVE = 2
_ELEMENTS_BELOW = 70
_ELEMENTS_ABOVE = 12
_SIBLINGS_ABOVE = 3
_MOST_CHILDREN = 6
_SILENT = frozenset({"script", "style", "svg", "template", "noscript", "select"})
_ASIDE = frozenset({"nav", "aside", "footer"})
_DIGITS = re.compile(r"\d")
_CLASSES = (
    "//*[@class and (contains(@class,'date') or contains(@class,'Date') or"
    " contains(@class,'publi') or contains(@class,'Publi') or contains(@class,'posted') or"
    " contains(@class,'time') or contains(@class,'meta') or contains(@class,'byline'))]"
)


class Printed(NamedTuple):
    """A printed string that may hold a date, and what its label says it is."""

    text: str
    meaning: Meaning


def times_near(head: Head, heading: HtmlElement) -> Iterator[Printed]:
    """Yield the ``<time>`` elements just below and just above the title."""
    if heading in head.marks:
        place = head.marks.index(heading)
        below = _until_heading(head.marks[place + 1 :])[:_TIMES_BELOW]
        above = [
            mark for mark in head.marks[max(0, place - _TIMES_ABOVE) : place] if _is_time(mark)
        ]
        yield from _times([*below, *above])


def times_anywhere(head: Head) -> Iterator[Printed]:
    """Yield all ``<time>`` elements of the page, in order."""
    yield from _times([mark for mark in head.marks if _is_time(mark)])


def _until_heading(marks: list[HtmlElement]) -> list[HtmlElement]:
    return list(takewhile(_is_time, marks))


def _is_time(mark: HtmlElement) -> bool:
    return mark.tag == "time"


def _times(elements: list[HtmlElement]) -> Iterator[Printed]:
    for element in elements:
        text = element.get("datetime") or element.get("content") or "".join(element.itertext())
        if text.strip() and not _is_aside(element):
            yield Printed(text.strip(), meaning_of(_surroundings(element)))


def lines_near(heading: HtmlElement) -> Iterator[Printed]:
    """Yield the short lines with digits near the title, cut at their labels.

    Once the article's text has begun, only those that have a label.
    """
    below = list(_below(heading))
    begins = next((n for n, text in enumerate(below) if len(text) > _PARAGRAPH), len(below))
    for text in (*below[:begins], *_above(heading)):
        yield from _split(text)
    for text in below[begins:]:
        yield from (line for line in _split(text) if line.meaning)


def lines_anywhere(tree: HtmlElement) -> Iterator[Printed]:
    """Yield the lines of elements whose class speaks of a date, wherever they stand."""
    for element in tree.xpath(_CLASSES)[:_MOST_CLASSES]:
        if not _is_aside(element):
            yield from _split(" ".join(element.itertext()))


def meaning_of(text: str) -> Meaning:
    """Return what the labels in *text* say of a date that follows: the last label counts."""
    found = list(_labels().finditer(text.lower()))
    return _meanings()[found[-1].group()] if found else ""


def _split(text: str) -> Iterator[Printed]:
    """Yield the parts of a line, each with the label before it."""
    line = normalise(text[: _LONGEST_LINE * 3])
    if len(line) > _LONGEST_LINE or not _DIGITS.search(line):
        return
    labels = list(_labels().finditer(line.lower()))
    ends = [*(match.start() for match in labels), len(line)]
    yield from _part(line[: ends[0]], "")
    for match, end in zip(labels, ends[1:], strict=True):
        yield from _part(line[match.end() : end], _meanings()[match.group()])


def _part(text: str, meaning: Meaning) -> Iterator[Printed]:
    """Yield *text* if it may be little more than a date: not a sentence that holds one."""
    if _DIGITS.search(text) and len(text) <= (_LONGEST_LABELLED if meaning else _LONGEST_BARE):
        yield Printed(text.strip(" :,-–—|()"), meaning)


def _below(heading: HtmlElement) -> Iterator[str]:
    """Yield the texts of the elements that follow *heading* in the page's order."""
    element = heading
    for _ in range(_ELEMENTS_BELOW):
        following = _next(element, skip=element is heading)
        if following is None:
            return
        element = following
        if element.tag not in _SILENT:
            yield normalise(_own_text(element))


def _next(element: HtmlElement, *, skip: bool) -> HtmlElement | None:
    if len(element) and not skip and element.tag not in _SILENT:
        return element[0]
    place: HtmlElement | None = element
    while place is not None:
        sibling = place.getnext()
        if sibling is not None:
            return sibling
        place = place.getparent()
    return None


def _above(heading: HtmlElement) -> Iterator[str]:
    place: HtmlElement | None = heading
    for _ in range(3):
        if place is None:
            return
        for number, sibling in enumerate(place.itersiblings(preceding=True)):
            if number >= _SIBLINGS_ABOVE or len(sibling) > _ELEMENTS_ABOVE:
                break
            if sibling.tag not in _SILENT and sibling.tag not in _ASIDE:
                yield " ".join(sibling.itertext())
        place = place.getparent()


def _own_text(element: HtmlElement) -> str:
    """Return the text of *element* where it is short, else what stands before its children."""
    if len(element) > _MOST_CHILDREN:
        return element.text or ""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in _SILENT:
            pieces.append("".join(child.itertext())[:_LONGEST_LINE])
        pieces.append(child.tail or "")
    return " ".join(pieces)


def _surroundings(element: HtmlElement) -> str:
    """Return the words just before *element* and its classes: where its label stands."""
    before = element.getprevious()
    parent = element.getparent()
    words = [element.get("class") or "", element.get("itemprop") or ""]
    if parent is not None:
        words += [parent.get("class") or "", parent.text or ""]
    if before is not None:
        words += ["".join(before.itertext())[-60:], before.tail or ""]
    return " ".join((*words, element.text or ""))


def _is_aside(element: HtmlElement) -> bool:
    return any(ancestor.tag in _ASIDE for ancestor in element.iterancestors())


@cache
def _meanings() -> dict[str, Meaning]:
    source = files("alescrawl").joinpath("data", "date_labels.toml").read_text("utf-8")
    labels = tomllib.loads(source)
    kinds: tuple[Meaning, ...] = ("published", "modified", "other")
    return {word: kind for kind in kinds for word in labels[kind]}


@cache
def _labels() -> re.Pattern[str]:
    words = sorted(_meanings(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")

"""Dates as a page prints them: ``<time>`` elements and lines near the title."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from alescrawl.extraction.page.meta import is_date_abbreviation
from alescrawl.extraction.page.surroundings import is_beside, is_site_head, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Named
    from alescrawl.extraction.page.meta import Head
    from alescrawl.extraction.page.surroundings import Line

Meaning = Literal["published", "modified", "other", ""]

_LONGEST_LINE = 160
_LABEL_TAGS = ("p", "span", "strong", "b", "dt", "th", "td", "div", "li", "label")
_LONGEST_LABEL = 40
_LONGEST_LABELLED = 90
_LONGEST_BARE = 60
_MOST_CLASSES = 60
_MOST_TIMES = 200
_READ_BEFORE = frozenset({"time", "abbr"})
_DIGITS = re.compile(r"\d")
_CLASS = re.compile("[dD]ate|[pP]ubli|posted|time|meta|byline")


class Printed(NamedTuple):
    """A printed string that may hold a date, and what its label says it is."""

    text: str
    meaning: Meaning


def times_anywhere(head: Head, heading: HtmlElement | None) -> Iterator[Printed]:
    """Yield the first ``<time>`` elements of the page, in order."""
    for mark in islice(filter(_is_time, head.marks), _MOST_TIMES):
        if not is_beside(mark):
            yield from _not_of_site(_time(mark), mark, heading)


def _is_time(mark: HtmlElement) -> bool:
    return bool(mark.tag != "h1")


def _not_of_site(
    parts: Iterable[Printed], element: HtmlElement, heading: HtmlElement | None
) -> Iterator[Printed]:
    """Yield *parts* but for a bare date in the head of the site, which is today's."""
    is_stated = element.get("datetime") is not None
    for part in parts:
        if part.meaning or is_stated or not is_site_head(element, heading):
            yield part


def _time(element: HtmlElement) -> Iterator[Printed]:
    stated = element.get("datetime") or element.get("content")
    if is_date_abbreviation(element):
        stated = element.get("title")
    text = (stated or line_of(element)).strip()
    if text:
        yield Printed(text, _meaning_of_class(element) or meaning_of(_label_beside(element)))


def _meaning_of_class(element: HtmlElement) -> Meaning:
    """Return what the class says: « published updated » is the date of an article as it was."""
    meanings = [_meanings()[label[0]] for label in _labels().finditer(element.get("class") or "")]
    return "published" if "published" in meanings else next(iter(meanings), "")


def dates_near(lines: list[Line], heading: HtmlElement | None) -> list[Printed]:
    """Return what may be dates in the *lines* near the title, those with a label first.

    A line is cut at its labels. Once the article's text has begun, only labelled ones count.
    """
    printed = [
        part
        for line in lines
        if _may_hold_date(line)
        for part in _not_of_site(_parts_of(line), line.element, heading)
        if part.meaning or not line.in_text
    ]
    return sorted(printed, key=lambda part: part.meaning == "")


def _may_hold_date(line: Line) -> bool:
    return line.element.tag in _READ_BEFORE or any(map(_DIGITS.search, line.texts))


def _parts_of(line: Line) -> Iterator[Printed]:
    if line.element.tag == "time" or is_date_abbreviation(line.element):
        yield from _time(line.element)
    else:
        for text in line.texts:
            yield from _split(text)


def lines_anywhere(named: list[Named], heading: HtmlElement | None) -> Iterator[Printed]:
    """Yield the lines of those *named* elements of a page whose class speaks of a date."""
    dated = (element for element, classes, _ in named if _CLASS.search(classes))
    for element in islice(dated, _MOST_CLASSES):
        if element.tag not in _READ_BEFORE and not is_beside(element):
            yield from _not_of_site(_of_class(element), element, heading)


def _of_class(element: HtmlElement) -> Iterator[Printed]:
    for part in _split(line_of(element)):
        yield part if part.meaning else Printed(part.text, _meaning_of_class(element))


def labelled_lines(tree: HtmlElement) -> Iterator[Printed]:
    """Yield what stands beside an element that is a label and nothing else."""
    for element in tree.iter(*_LABEL_TAGS):
        own = element.text
        if own and len(own) < _LONGEST_LABEL and _labels().fullmatch(own.strip(" \n\t:").lower()):
            parent = element.getparent()
            yield from _split(line_of(parent)) if parent is not None else ()


def meaning_of(text: str) -> Meaning:
    """Return what the labels in *text* say of a date that follows: the last label counts."""
    found = list(_labels().finditer(text.lower()))
    return _meanings()[found[-1].group()] if found else ""


def _split(line: str) -> Iterator[Printed]:
    """Yield the parts of a normalised *line*, each with the label before it."""
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


def _label_beside(element: HtmlElement) -> str:
    """Return the words just before *element* and its classes: where its label stands."""
    before = element.getprevious()
    parent = element.getparent()
    words = [element.get("class") or "", element.get("itemprop") or ""]
    if parent is not None:
        words += [parent.get("class") or "", parent.text or ""]
    if before is not None:
        words += [line_of(before)[-_LONGEST_LABEL:], before.tail or ""]
    return " ".join((*words, element.text or ""))


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

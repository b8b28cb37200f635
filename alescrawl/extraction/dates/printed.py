"""Dates as a page prints them: ``<time>`` elements and lines near the title."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from alescrawl.extraction.dates.datelines import dates_alone, is_dateline
from alescrawl.extraction.page.meta import is_date_abbreviation
from alescrawl.extraction.page.ownership import is_of_another, is_within_article
from alescrawl.extraction.page.surroundings import is_beside, is_site_head, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Facts
    from alescrawl.extraction.page.surroundings import Line

Meaning = Literal["published", "modified", "other", ""]

_LONGEST_LINE = 160
_LABEL_TAGS = ("p", "span", "strong", "b", "dt", "th", "td", "div", "li", "label")
_LONGEST_LABEL = 40
_LONGEST_LABELLED = 90
_LONGEST_BARE = 60
_LONGEST_REST = 60
_PARAGRAPHS = frozenset({"p", "li", "dd"})
_LINES = frozenset(
    {"p", "li", "div", "td", "dd", "header", "footer", "section", "article", "h1", "h2"}
)
_MOST_CLASSES = 60
_MOST_TIMES = 200
_FEW = 4
_READING_TIME = re.compile(
    r"(?<!\w)\d{1,2}\s?(?:min(?:ute)?s?\.?)\s(?:read|de lecture|lesezeit|lettura|lectura|leestijd)|"
    r"(?:temps de lecture|lesezeit|reading time)\s?:?\s?\d",
    re.IGNORECASE,
)
"""What stands in the line of the byline, be it below the lead."""
_READ_BEFORE = frozenset({"time", "abbr"})
_DIGITS = re.compile(r"\d")
_CLASS = re.compile("[dD]ate|[pP]ubli|posted|time|meta|byline")


class Printed(NamedTuple):
    """A printed string that may hold a date, and what its label says it is."""

    text: str
    meaning: Meaning


def times_anywhere(facts: Facts) -> Iterator[Printed]:
    """Yield the first ``<time>`` elements of the article, in order."""
    for mark in islice(filter(_is_time, facts.head.marks), _MOST_TIMES):
        if not is_beside(mark):
            yield from _own(_not_of_site(_time(mark), mark, facts.heading), mark, facts)


def _own(parts: Iterable[Printed], element: HtmlElement, facts: Facts) -> Iterator[Printed]:
    """Yield those *parts* of a line far from the title that are about this article."""
    for part in parts:
        if is_of_another(element, facts):
            continue
        if part.meaning in {"published", "modified"} or (
            is_within_article(element, facts.heading)
            and _stands_alone(element)
            and is_dateline(element, facts.heading)
        ):
            yield part


def _stands_alone(element: HtmlElement) -> bool:
    """Tell whether the line of *element* is little more than its date: no sentence, no event."""
    boxes = (box for box in (element, *element.iterancestors()) if box.tag in _LINES)
    text = line_of(next(boxes, element))
    rest = text.replace(line_of(element), " ", 1)
    return bool(text) and sum(map(str.isalpha, rest)) <= _LONGEST_REST


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


def dates_near(facts: Facts) -> list[Printed]:
    """Return what may be dates in the lines near the title, those with a label first.

    A line is cut at its labels. Once the article's text has begun, only those with a label or a
    reading time count, and before the title those that stand in the box of the article. What is
    about another article or is one of a list does not count.
    """
    printed = [
        part
        for line in facts.around
        if _may_hold_date(line)
        for part in _not_of_site(_meant(line, facts), line.element, facts.heading)
        if not is_of_another(line.element, facts, sure=part.meaning != "")
    ]
    return sorted(printed, key=lambda part: part.meaning == "")


def _meant(line: Line, facts: Facts) -> Iterator[Printed]:
    """Yield the parts of *line* with a label, and those that may be a date without one."""
    for part in _parts_of(line):
        if part.meaning or _may_be_bare(line, facts):
            yield part


def _is_in_sentence(element: HtmlElement) -> bool:
    """Tell whether *element* is a piece of a paragraph that says much more."""
    box = next((box for box in element.iterancestors() if box.tag in _LINES), None)
    if box is None or box.tag not in _PARAGRAPHS:
        return False
    size = sum(map(str.isalpha, "".join(box.itertext())))
    return size - sum(map(str.isalpha, "".join(element.itertext()))) > _LONGEST_REST


def _may_be_bare(line: Line, facts: Facts) -> bool:
    """Tell whether a date without a label may stand in *line*."""
    if line.after_text and not _READING_TIME.search(line.text):
        return False
    if _is_in_sentence(line.element) or not is_dateline(line.element, facts.heading):
        return False
    return not line.above or is_within_article(line.element, facts.heading)


def _may_hold_date(line: Line) -> bool:
    return line.element.tag in _READ_BEFORE or any(map(_DIGITS.search, line.texts))


def _parts_of(line: Line) -> Iterator[Printed]:
    if line.element.tag == "time" or is_date_abbreviation(line.element):
        yield from _time(line.element)
    else:
        for text in line.texts:
            yield from _split(text)


def lines_anywhere(facts: Facts) -> Iterator[Printed]:
    """Yield the lines of those elements of the article whose class speaks of a date."""
    dated = (element for element, classes, _ in facts.named if _CLASS.search(classes))
    for element in islice(dated, _MOST_CLASSES):
        if element.tag not in _READ_BEFORE and not is_beside(element):
            parts = _not_of_site(_of_class(element), element, facts.heading)
            yield from _own(parts, element, facts)


def _of_class(element: HtmlElement) -> Iterator[Printed]:
    """Yield the parts of the line of *element*, or of its first parts where it is a longer one."""
    whole = list(_split(line_of(element)))
    inner = (part for child in element[:_FEW] for part in _split(line_of(child)) if part.meaning)
    for part in whole or inner:
        yield part if part.meaning else Printed(part.text, _meaning_of_class(element))


def labelled_lines(facts: Facts) -> Iterator[Printed]:
    """Yield what stands beside an element that is a label and nothing else."""
    for element in facts.tree.iter(*_LABEL_TAGS):
        own = element.text
        if own and len(own) < _LONGEST_LABEL and _labels().fullmatch(own.strip(" \n\t:").lower()):
            parent = element.getparent()
            if parent is not None:
                yield from _own(_split(line_of(parent)), parent, facts)


def meaning_of(text: str) -> Meaning:
    """Return what the labels in *text* say of a date that follows: the last label counts."""
    found = list(_labels().finditer(text.lower()))
    return _meanings()[found[-1].group()] if found else ""


def _split(line: str) -> Iterator[Printed]:
    """Yield the parts of a normalised *line*, each with the label before it."""
    if len(line) > _LONGEST_LINE or not _DIGITS.search(line):
        return
    labels = list(_labels().finditer(line.lower()))
    if labels and not dates_alone(line[: labels[0].start()]):
        return
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

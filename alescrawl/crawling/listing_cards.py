"""The cards of a listing page: for each address it links to, the piece of the page about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml.etree import XPath

from alescrawl.extraction.dates import parse_date, parse_timestamp
from alescrawl.extraction.markup import categories, class_bits
from alescrawl.text.normalise import as_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from lxml.html import HtmlElement

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADING_WITHIN = XPath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6")
_TIMES = XPath(
    ".//time[@datetime]/@datetime | .//abbr[@title]/@title"
    " | .//*[@itemprop='datePublished']/@content"
)
_CLASSED = XPath(".//*[@class] | .//time")
_DATE = 1 << categories().index("date")
LONGEST_DATE = 80


def card_of(links: Mapping[str, Sequence[HtmlElement]]) -> dict[str, HtmlElement]:
    """Return for each address the largest element that links to it and to no other of *links*."""
    owners: dict[HtmlElement, str | None] = {}
    for address, anchors in links.items():
        for anchor in anchors:
            for element in (anchor, *anchor.iterancestors()):
                owner = owners.setdefault(cast("HtmlElement", element), address)
                if owner is None:
                    break
                if owner != address:
                    owners[cast("HtmlElement", element)] = None
    return {address: _largest(anchors[0], owners, address) for address, anchors in links.items()}


def _largest(
    anchor: HtmlElement, owners: Mapping[HtmlElement, str | None], address: str
) -> HtmlElement:
    card = anchor
    for element in anchor.iterancestors():
        if owners.get(cast("HtmlElement", element)) != address:
            break
        card = cast("HtmlElement", element)
    return card


def headline(anchors: Sequence[HtmlElement]) -> str | None:
    """Return the title that the *anchors* of one article print, where one is a heading."""
    for anchor in anchors:
        if any(element.tag in _HEADINGS for element in anchor.iterancestors()):
            return _text(anchor)
        if headings := cast("list[HtmlElement]", _HEADING_WITHIN(anchor)):
            return _text(headings[0])
    return None


def card_date(card: HtmlElement) -> datetime | None:
    """Return when the article of *card* was published, as it says for machines or prints."""
    for stamp in cast("list[str]", _TIMES(card)):
        if (moment := parse_timestamp(stamp)) is not None:
            return moment
    return next(_printed_dates(card), None)


def _printed_dates(card: HtmlElement) -> Iterator[datetime]:
    for element in cast("list[HtmlElement]", _CLASSED(card)):
        if element.tag == "time" or class_bits(element.get("class") or "") & _DATE:
            text = _text(element) or ""
            date = parse_date(text) if len(text) <= LONGEST_DATE else None
            if date is not None:
                yield date.when


def _text(element: HtmlElement) -> str | None:
    return as_printed(" ".join(map(str, element.itertext()))) or None

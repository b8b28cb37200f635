"""Reading pages that list articles: the newest ones, and archives by day or month."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from lxml.etree import XPath
from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.pages.address_kinds import address_kind, is_like_headline
from alescrawl.crawling.routes.model import Archive, Listing, Onward, UnreadableRoute
from alescrawl.crawling.routes.pagination import next_pages, place
from alescrawl.crawling.routes.web_address import base_of, site_of, web_address
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.extraction.dates.dates import parse_date, parse_timestamp
from alescrawl.extraction.page.markup import categories, class_bits
from alescrawl.extraction.page.page import Page, UnreadablePage
from alescrawl.items import PARIS
from alescrawl.text.normalise import as_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from lxml.html import HtmlElement

    from alescrawl.crawling.routes.model import Answer

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


MOST_LINKS = 5_000


# Cards that a script opens bear the address themselves.
_LINKS = XPath("//a[@href] | //*[@data-href and not(@href)]")


def read_listing_route(answer: Answer) -> Iterator[Listed | Onward]:
    """Yield the articles that a listing names and the page after it.

    Raises :exc:`UnreadableRoute`: ``empty_body`` or ``not_html``.
    """
    tree = tree_of(answer)
    yield from listed_in(tree, answer.url)
    if (address := next(next_pages(tree, answer.url), None)) is not None:
        yield Onward(Listing(address, answer.route.status), next_page=True)


def tree_of(answer: Answer) -> HtmlElement:
    """Return the page that *answer* is; raise :exc:`UnreadableRoute`."""
    encoding = http_content_type_encoding(answer.headers.get("content-type"))
    try:
        return Page.from_html(answer.body, answer.url, encoding).tree
    except UnreadablePage as error:
        raise UnreadableRoute(error.reason) from error


def listed_in(tree: HtmlElement, url: str) -> Iterator[Listed]:
    """Yield the articles that the page *tree* at *url* names, in its order, each once."""
    links = _article_links(tree, url)
    found = card_of(links)
    for address, anchors in links.items():
        yield Listed(address, published=card_date(found[address]), title=headline(anchors))


def _article_links(tree: HtmlElement, url: str) -> dict[str, list[HtmlElement]]:
    """Return the links to each address that may be an article's, on the same site."""
    base, site = base_of(tree, url), site_of(url)
    links: dict[str, list[HtmlElement]] = {}
    for anchor in cast("list[HtmlElement]", _LINKS(tree))[:MOST_LINKS]:
        href = anchor.get("href") or anchor.get("data-href") or ""
        address = (web_address(base, href) or "").partition("#")[0]
        if address in links:
            links[address].append(anchor)
        elif address and site_of(address) == site and _may_be_article(address, anchor):
            links[address] = [anchor]
    return links


def _may_be_article(address: str, anchor: HtmlElement) -> bool:
    # What has a place in a series is a page of a list, or a later part of an article.
    if address_kind(address) is not None or place(address).number > 0:
        return False
    return is_like_headline(address) or headline([anchor]) is not None


def read_archive(answer: Answer) -> Iterator[Listed | Onward]:
    """Yield the articles of a day or month, and its next page, or the day or month before it.

    Raises :exc:`alescrawl.crawling.routes.model.UnreadableRoute`: ``empty_body`` or ``not_html``.
    """
    route = answer.route
    further = None
    if answer.status not in route.statuses:
        tree = tree_of(answer)
        yield from listed_in(tree, answer.url)
        own = place(answer.url).listing
        pages = (url for url in next_pages(tree, answer.url) if place(url).listing == own)
        further = next(pages, None)
    if isinstance(route, Archive):
        yield _following(route, further)


def _following(route: Archive, further: str | None) -> Onward:
    if further is not None:
        return Onward(replace(route, further=further), next_page=True)
    before = route.first_day - timedelta(days=1)
    return Onward(replace(route, day=before, further=""), lastmod=_end_of(before), next_page=True)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59, tzinfo=PARIS))

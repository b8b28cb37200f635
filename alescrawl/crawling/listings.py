"""Reading listing pages: which articles a home page, a section, a tag or a day names, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml.etree import XPath
from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.address_kinds import address_kind, is_like_headline
from alescrawl.crawling.listing_cards import card_date, card_of, headline
from alescrawl.crawling.pagination import next_pages
from alescrawl.crawling.routes import Listing, Onward, UnreadableRoute
from alescrawl.crawling.web_address import base_of, site_of, web_address
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.page import Page, UnreadablePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.crawling.routes import Answer

MOST_LINKS = 5_000
_LINKS = XPath("//a[@href]")


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
        address = (web_address(base, anchor.get("href") or "") or "").partition("#")[0]
        if address in links:
            links[address].append(anchor)
        elif address and site_of(address) == site and _may_be_article(address, anchor):
            links[address] = [anchor]
    return links


def _may_be_article(address: str, anchor: HtmlElement) -> bool:
    if address_kind(address) is not None:
        return False
    return is_like_headline(address) or headline([anchor]) is not None

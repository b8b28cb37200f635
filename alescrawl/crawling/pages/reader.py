"""Reads a page once: the article it shows, what kind of page it is, what it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alescrawl.crawling.pages.address_kinds import address_kind
from alescrawl.crawling.pages.digests import anchors_of
from alescrawl.crawling.pages.kinds import stated_kind
from alescrawl.crawling.pages.shapes import seen_kind
from alescrawl.crawling.pages.splits import read_split
from alescrawl.extraction.article import article_of
from alescrawl.extraction.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from alescrawl.crawling.pages.address_kinds import Kind
    from alescrawl.crawling.pages.splits import Split
    from alescrawl.items import Article


class PageContext(NamedTuple):
    """What is known of a page before it is read.

    *article* says that its address is known to be an article's: the page is one unless it says
    itself that it is not. *dated* says that a route gave it a date of publication. *part_of* is
    the address of the first page of an article of which it is a part, *encoding* the charset of
    its HTTP header. *digest* says that it holds many items.
    """

    encoding: str | None = None
    article: bool = False
    dated: bool = False
    part_of: str | None = None
    digest: bool = False


class ReadPage(NamedTuple):
    """A page as it was read; *anchors* are those of the headings of a digest."""

    article: Article
    kind: Kind
    split: Split
    anchors: Mapping[str, str] | None = None


def read_page(
    html: bytes,
    url: str,
    fetched_at: datetime,
    selectors: Mapping[str, str],
    context: PageContext,
) -> ReadPage:
    """Return what the page *html* at *url* shows; see :func:`extract_article`.

    Raises :class:`~alescrawl.extraction.page.page.UnreadablePage` where *html* is no page.
    """
    page = Page.from_html(html, url, context.encoding)
    article = article_of(page, fetched_at, selectors)
    split = read_split(page.tree, url, context.part_of)
    anchors = anchors_of(page.tree) if context.digest else None
    return ReadPage(article, _kind(page, article, context), split, anchors)


def _kind(page: Page, article: Article, context: PageContext) -> Kind:
    by_address = address_kind(page.url)
    if by_address is not None and (by_address == "home" or not context.article):
        return by_address
    if (kind := stated_kind(page.tree, article.title)) is not None:
        return kind
    if context.article or not article.text:
        # Without a text it is refused for that.
        return "article"
    dated = context.dated or article.published is not None
    signed = bool(article.authors or article.agencies)
    return seen_kind(page.tree, page.url, dated=dated, signed=signed)

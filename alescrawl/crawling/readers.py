"""The reader of each kind of route: one line a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.feeds import read_feed
from alescrawl.crawling.routes import Answer, Feed, Flaw, Onward, Reader, Route, Sitemap
from alescrawl.crawling.sitemaps import read_sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.dataset.listed import Listed


def _read_feed(answer: Answer) -> Iterator[Listed]:
    yield from read_feed(answer.body, answer.url)


def _read_sitemap(answer: Answer) -> Iterator[Listed | Onward]:
    for is_sitemap, listed in read_sitemap(answer.body, answer.url):
        yield Onward(Sitemap(listed.url), lastmod=listed.lastmod) if is_sitemap else listed


READERS: dict[type[Route], Reader] = {
    Feed: _read_feed,
    Sitemap: _read_sitemap,
}


def read_route(answer: Answer) -> Iterator[Listed | Onward | Flaw]:
    """Yield what *answer* lists, as its route's kind is read; see :class:`Reader`."""
    return READERS[type(answer.route)](answer)

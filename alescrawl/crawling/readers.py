"""The reader of each kind of route: one line a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.archives import read_archive
from alescrawl.crawling.feeds import read_feed
from alescrawl.crawling.listings import read_listing_route
from alescrawl.crawling.routes import (
    Archive,
    Feed,
    Listing,
    Sitemap,
    WordPressInventory,
    WordPressRest,
)
from alescrawl.crawling.sitemaps import read_sitemap
from alescrawl.crawling.wordpress_rest import read_wordpress_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.crawling.routes import Answer, Flaw, Onward, Reader, Route
    from alescrawl.dataset.listed import Listed


READERS: dict[type[Route], Reader] = {
    Feed: read_feed,
    Sitemap: read_sitemap,
    Listing: read_listing_route,
    Archive: read_archive,
    WordPressRest: read_wordpress_rest,
    WordPressInventory: read_wordpress_rest,
}


def read_route(answer: Answer) -> Iterator[Listed | Onward | Flaw]:
    """Yield what *answer* lists, as its route's kind is read; see :class:`Reader`."""
    return READERS[type(answer.route)](answer)

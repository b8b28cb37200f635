"""The reader of each kind of route: one line a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.routes.archive import read_archive
from alescrawl.crawling.routes.feed import read_feed
from alescrawl.crawling.routes.listing import read_listing_route
from alescrawl.crawling.routes.model import (
    Archive,
    Feed,
    Listing,
    Sitemap,
    WordPressInventory,
    WordPressRest,
)
from alescrawl.crawling.routes.sitemap import read_sitemap
from alescrawl.crawling.routes.wordpress_rest import read_wordpress_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.crawling.routes.model import Answer, Flaw, Onward, Reader, Route
    from alescrawl.dataset.ledger.hints import Listed


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

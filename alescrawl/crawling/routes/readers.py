"""Reads the response to a request for a route, by the reader of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alescrawl.crawling.routes.feed import read_feed
from alescrawl.crawling.routes.listing import read_archive, read_listing_route
from alescrawl.crawling.routes.model import (
    Answer,
    Archive,
    Feed,
    Listing,
    Sitemap,
    UnreadableRoute,
    WordPressInventory,
    WordPressRest,
)
from alescrawl.crawling.routes.sitemap import read_sitemap
from alescrawl.crawling.routes.wordpress_rest import read_wordpress_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response
    from scrapy.http.headers import Headers

    from alescrawl.crawling.routes.model import Flaw, Onward, Reader, Route
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


def read_whole(answer: Answer) -> WholeReading:
    """Return all that *answer* lists: for a process that reads for another."""
    found: list[Listed | Onward | Flaw] = []
    try:
        found.extend(read_route(answer))
    except UnreadableRoute as error:
        return WholeReading(found, error.reason)
    return WholeReading(found)


@dataclass(frozen=True, slots=True)
class WholeReading:
    """What an answer lists, and the *reason* why no more of it could be read."""

    found: list[Listed | Onward | Flaw]
    reason: str | None = None

    def __iter__(self) -> Iterator[Listed | Onward | Flaw]:
        """Yield what was found, then raise :exc:`UnreadableRoute` where there is a reason."""
        yield from self.found
        if self.reason is not None:
            raise UnreadableRoute(self.reason)


def answer_of(route: Route, response: Response) -> Answer:
    """Return what the *response* to a request for *route* says, for its reader."""
    headers = _by_name(response.headers)
    return Answer(route, response.body, response.url, headers, response.status)


def _by_name(headers: Headers) -> dict[str, str]:
    """Return the last value of each header, by its name in lower case."""
    return {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in headers.items()
        if values
    }

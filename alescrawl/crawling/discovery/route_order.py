"""In which order the routes of a source are asked, and when they have said enough for articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.hosts.shared import shared_hosts
from alescrawl.crawling.routes.model import Listing
from alescrawl.crawling.runs.estimate import LONG, estimate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from scrapy import Request

    from alescrawl.crawling.discovery.route_requests import Discovery
    from alescrawl.crawling.discovery.source_spider import SourceSpider
    from alescrawl.crawling.routes.model import Route


class RouteOrder:
    """Gives the routes of *spider* to *discovery*; *news* is awaited for one to have answered.

    First the declared routes, then, where these are being found out, what hangs on their answers,
    and the home page where none of them is there.
    """

    def __init__(
        self, spider: SourceSpider, discovery: Discovery, news: Callable[[], Awaitable[None]]
    ) -> None:
        self._spider = spider
        self._run = spider.run
        self._discovery = discovery
        self._news = news

    async def requests(self) -> AsyncIterator[Request]:
        """Yield the requests for the routes; end when articles may be asked for."""
        spider, discovery = self._spider, self._discovery
        for request in discovery.start(spider.routes):
            yield request
        if spider.explores:
            await self._all_routes()
            for request in discovery.start(spider.further_routes()):
                yield request
        for request in discovery.start(await self._routes_of_home()):
            yield request
        if self._is_to_know_all:
            await self._all_routes()
            self._say_how_much()
        # What the routes say of articles is wanted when their pages are read.
        while not discovery.has_told_most:
            await self._news()

    async def _all_routes(self) -> None:
        while not self._discovery.done:
            await self._news()

    async def _routes_of_home(self) -> Sequence[Route]:
        """Return the routes that the home page names, where none of the known ones is there."""
        home, routes = self._spider.home, self._run.routes
        while routes.none_is_there and not self._discovery.done:
            await self._news()
        if self._spider.explores or home is None or not routes.none_is_there:
            return ()
        self._run.count("route/explored")
        # What reads pages takes a second to load: only where a home page is explored.
        from alescrawl.crawling.discovery.exploration import ExplorationError, home_routes

        try:
            return await home_routes(self._spider, home)
        except ExplorationError as error:
            # That routes lead to a foreign host says enough.
            if not (isinstance(error.__cause__, RunEnding) or self._run.moves.left()):
                routes.note_failed(Listing(home), error.reason)
            return ()

    @property
    def _is_to_know_all(self) -> bool:
        """Whether no article is asked for before all routes are read.

        Only then is it known which are the newest so many, and how long a long run takes.
        """
        limits = self._spider.limits
        return limits.estimate or limits.limit is not None or limits.window.since is not None

    def _say_how_much(self) -> None:
        """Say how long a long run takes, before it begins."""
        crawler, limits = self._spider.crawler, self._spider.limits
        expected = estimate(crawler, self._run.frontier.due(), limits.limit)
        if limits.estimate:
            self._run.estimate = expected
        elif expected.seconds > LONG and not shared_hosts(crawler).is_of_many:
            print(f"{self._spider.source}: {expected}", file=sys.stderr)  # noqa: T201 - for the user

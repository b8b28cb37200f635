"""Any news site, from its home page alone: `scrapy crawl site -a url=https://…`."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from alescrawl.crawling.arguments import LIMIT_NAMES, ArgumentError, read_limits, refuse_unknown
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence

    from scrapy import Request

    from alescrawl.crawling.discovery.exploration import Explored
    from alescrawl.crawling.routes.home_page import HomeFacts
    from alescrawl.crawling.routes.model import Route
    from alescrawl.dataset.ledger.addresses import KnownAddress

_ARTICLES = frozenset({"article", "outside"})
_OTHERS = frozenset(
    {"listing", "page", "about", "legal", "contact", "undated", "author", "tag", "service", "shop"}
)
"""The kinds of pages whose addresses a pattern of article addresses must not hold for."""


class Site(NewsSpider):
    """Finds the routes of the site whose home page is *url*, and crawls what they list.

    Its source in the dataset is the host, without ``www.``. Ends with the module that crawls
    the same site from now on, under the same name.
    """

    name = "site"
    explores = True
    argument_names: ClassVar[Sequence[str]] = ("url", *LIMIT_NAMES)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        from alescrawl.crawling.routes.proven import ProvenRoutes

        super().__init__(name, **arguments)
        self._url = arguments["url"].strip()
        self._explored: Explored | None = None
        self._proven = ProvenRoutes()
        self.hosts = (_bare_host(self._url),)  # type: ignore[misc]  # a fact of this crawl

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raise :exc:`ArgumentError` where no site is named, or not by an address."""
        from alescrawl.crawling.routes.web_address import web_address

        refuse_unknown(arguments, cls.argument_names)
        read_limits(arguments)
        if "url" not in arguments:
            raise ArgumentError("name the site by its home page: -a url=https://example.org/")
        address = arguments["url"].strip()
        if web_address("", address) is None or len(address.split()) > 1:
            raise ArgumentError(
                f"url={arguments['url']} is not an address such as https://example.org/"
            )

    @property
    def source(self) -> str:
        """The name of the source in the dataset: the host that was named."""
        port = urlsplit(self._url).port
        return f"{_bare_host(self._url)}{f'-{port}' if port else ''}"

    @property
    def own_ports(self) -> Collection[int]:
        """The port that was named."""
        port = urlsplit(self._url).port
        return () if port is None else (port,)

    def named_urls(self) -> Iterator[str]:
        """Yield the address that was named, too."""
        yield self._url
        yield from super().named_urls()

    async def start(self) -> AsyncIterator[Request]:
        """Explore the site, then crawl it as any source."""
        from alescrawl.crawling.discovery.exploration import ExplorationError, explore

        try:
            self._explored = explored = await explore(self, self._url)
        except ExplorationError as error:
            self.run.error = str(error)
            return
        self.no_articles = explored.no_articles
        final = _bare_host(explored.home.url)
        self.hosts = tuple(dict.fromkeys((final, *self.hosts)))  # type: ignore[misc]  # as above
        self.publisher = explored.publisher  # type: ignore[misc]  # as above
        self.routes = explored.home.routes  # type: ignore[misc]  # as above
        async for request in super().start():
            yield request

    def is_article_url(self, url: str) -> bool:
        """Return whether *url* lies on the site and may be an article's."""
        from alescrawl.crawling.pages.address_kinds import address_kind

        return address_kind(url) is None and self.is_own_host(url)

    def route_listed(self, route: Route, addresses: Collection[int], answered: str) -> None:
        """Note what *route* listed, and where it *answered*."""
        self._proven.add(route, addresses, answered)

    def further_routes(self) -> Sequence[Route]:
        """Return the listings, unless what was found lists all that the home page shows.

        Where it lists nearly all, the home page is enough: Ghost leaves articles that name
        another site as their origin out of its sitemap.
        """
        if self._explored is None:
            return ()
        home = self._explored.home
        shown = self._shown(home)
        is_complete = self._proven.are_complete(shown)
        if is_complete and not self._proven.missing(shown):
            return ()
        listings = [Listing(home.url), *map(Listing, () if is_complete else home.sections)]
        self.routes = (*self.routes, *listings)  # type: ignore[misc]  # as above
        return listings

    def _shown(self, home: HomeFacts) -> set[int]:
        """Return the hashes of the articles of the period that *home* shows."""
        from alescrawl.extraction.canonical import without_tracking

        return {
            hash(without_tracking(each.url))
            for each in home.shown
            if self.is_article_url(each.url) and self.run.window.holds(each.published)
        }

    def closing_lines(self) -> Iterator[str]:
        """Yield the module of the source, ready to be saved."""
        from alescrawl.crawling.discovery.spider_module import file_name

        if self._explored is None:
            return
        found = self._known_addresses()
        articles = [each.url for each in found if each.status in _ARTICLES]
        others = [each.url for each in found if _is_other(each)]
        unread = [each.url for each in found if each.status == "found"]
        routes = self._proven.needed(self.routes, {hash(url) for url in (*articles, *unread)})
        yield ""
        if not articles or not routes:
            if unread:
                yield (
                    f"None of the {len(unread)} articles found is of the last 30 days, or of the "
                    "days asked for: -a since=2020-01-01 goes further back."
                )
            else:
                yield "No article was found: there is no module to save."
            return
        yield f"# Save this as alescrawl/spiders/{file_name(self.source)}"
        yield from self._module_lines(routes, articles, others)

    def _known_addresses(self) -> list[KnownAddress]:
        from alescrawl.dataset.ledger.addresses import known_addresses
        from alescrawl.dataset.ledger.connection import Ledger

        with closing(Ledger(self.run.folder.ledger)) as ledger:
            return list(known_addresses(ledger, self.source))

    def _module_lines(
        self, routes: Sequence[Route], articles: Sequence[str], others: Sequence[str]
    ) -> Iterator[str]:
        from alescrawl.crawling.discovery.spider_module import SourceFacts, module_lines
        from alescrawl.crawling.routes.address_patterns import article_patterns

        yield from module_lines(
            SourceFacts(
                name=self.source,
                publisher=self.publisher,
                hosts=self.hosts,
                routes=[self._proven.final(route) for route in routes],
                article_urls=article_patterns(articles, others),
                verified=datetime.now(UTC).date(),
            )
        )


def _is_other(found: KnownAddress) -> bool:
    """Whether an address is, or for all that is known may be, none of an article."""
    return found.reason in _OTHERS or (found.status == "found" and not found.dated)


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")

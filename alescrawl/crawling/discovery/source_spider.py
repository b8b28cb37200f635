"""SourceSpider: a spider with the facts of one source, and what is to be done with its pages."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from scrapy import Spider

from alescrawl.crawling.arguments import LIMIT_NAMES, read_limits, refuse_unknown
from alescrawl.crawling.components import extension_of
from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.runs.followed import Followed, at_host
from alescrawl.crawling.source import Source, domains_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scrapy.http import Response

    from alescrawl.crawling.hosts.rights_policy import RightsPolicy
    from alescrawl.crawling.pages.extractor import Extractor
    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.crawling.pages.soft_errors import NoArticle
    from alescrawl.crawling.routes.model import Answer, Route
    from alescrawl.crawling.routes.readers import WholeReading
    from alescrawl.crawling.runs.run import Run
    from alescrawl.items import Article

MOST_TOO_COSTLY: Final = 3
"""Answers of a host that may be given up in a run before it is left alone."""


class OwnDomains:
    """The domains of a source, of its class too, as they are when they are asked for."""

    def __get__(self, spider: Source | None, owner: type[Source]) -> list[str]:
        """Return them."""
        return domains_of(spider or owner)


class SourceSpider(Source, Spider):
    """What routes are followed and pages are read for; it asks for nothing itself.

    Raises :exc:`ArgumentError` for arguments that it does not know.
    """

    allowed_domains = OwnDomains()

    everything: ClassVar[bool] = False
    """Whether a run that does not say since is about all articles, not those since the first."""

    only_listed: ClassVar[bool] = False
    """Whether a run asks only for what it listed itself, not for what else is due."""

    explores: ClassVar[bool] = False
    """Whether its routes are being found out: all are read, and further ones hang on what the
    first answered."""

    argument_names: ClassVar[Sequence[str]] = LIMIT_NAMES

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        self.check_arguments(arguments)
        super().__init__(name)
        self.limits = read_limits(arguments)
        self.no_articles: Sequence[NoArticle] = ()
        self._too_costly: Counter[str] = Counter()
        self.followed = Followed()

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raise :exc:`ArgumentError` where *arguments* cannot be understood."""
        refuse_unknown(arguments, cls.argument_names)
        read_limits(arguments)

    def is_own_host(self, url: str) -> bool:
        """Return whether *url* lies on a host of the source, or on one that it has moved to."""
        return super().is_own_host(url) or self.followed.holds(url)

    def is_article_url(self, url: str) -> bool:
        """Return whether the article of *url* is one of this source, also where that has moved."""
        if self.has_article_form(url) or not self.followed.has_other_form(url):
            return self.has_article_form(url)
        from alescrawl.crawling.pages.address_kinds import address_kind

        is_ignored = any(map(self.is_ignored, self._at_own_hosts(url)))
        return address_kind(url) is None and not is_ignored

    def has_article_form(self, url: str) -> bool:
        """Return whether an article of this source has addresses such as *url*, on its hosts."""
        if super().is_article_url(url):
            return True
        return self.followed.holds(url) and any(
            super(SourceSpider, self).is_article_url(each) for each in self._at_own_hosts(url)
        )

    def _at_own_hosts(self, url: str) -> Iterator[str]:
        yield url
        for host in self.domains:
            yield at_host(url, host)
            yield at_host(url, f"www.{host}")

    @property
    def source(self) -> str:
        """The name of the source in the dataset."""
        return self.name

    @cached_property
    def run(self) -> Run:
        """The run that this spider reports to."""
        from alescrawl.crawling.runs.run import Run

        return extension_of(self.crawler, Run)

    @cached_property
    def extractor(self) -> Extractor:
        """What reads the pages of this spider."""
        from alescrawl.crawling.pages.extractor import Extractor

        return extension_of(self.crawler, Extractor)

    def named_urls(self) -> Iterator[str]:
        """Yield addresses at the origins that the user, or the source's facts, named."""
        yield from (route.address for route in self.routes)
        for host in (*self.hosts, *self.former_hosts):
            yield from (f"https://{host}/", f"http://{host}/")

    async def read_route(self, answer: Answer) -> WholeReading:
        """Return what *answer* lists; raise :exc:`RunEnding` where nobody waits for it."""
        from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
        from alescrawl.crawling.routes.readers import WholeReading, read_whole

        try:
            return await self.extractor.call(read_whole, answer)
        except TooCostly:
            self.note_too_costly(answer.url)
            return WholeReading([], "too_costly")
        except LostReader:
            return WholeReading([], "lost_worker")

    async def stated_rights(self, response: Response) -> Article:
        """Return an article of which nothing is known but the rights that *response* states."""
        from alescrawl.crawling.hosts.rights import apply_rights, rights_of_page
        from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
        from alescrawl.items import Article

        try:
            stated = await self.extractor.call(rights_of_page, response.body, response.url)
        except (TooCostly, LostReader, RunEnding):
            # What cannot be read reserves, as far as anybody knows.
            stated = Article(tdm_reserved=True)
        apply_rights(stated, response)
        return stated

    def note_too_costly(self, url: str) -> None:
        """Note that what *url* answered was given up; a host that goes on so is left alone."""
        from alescrawl.crawling.hosts.stopped import Hosts

        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        self._too_costly[origin] += 1
        hosts = self.crawler.get_extension(Hosts)
        if hosts is not None and self._too_costly[origin] >= MOST_TOO_COSTLY:
            hosts.stop(origin, "host_too_costly")

    @cached_property
    def rights_policy(self) -> RightsPolicy:
        """What the signals of rights mean in this crawl."""
        from alescrawl.crawling.hosts.rights_policy import RightsPolicy

        return RightsPolicy(self.settings.getdict("ALESCRAWL_RIGHTS"))

    def keeps_text(self, article: Article) -> bool:
        """Return whether the words of *article* may be kept, by what it says of its rights."""
        return self.rights == "text" and self.rights_policy.meaning(article) == "ignore"

    def reason_to_refuse(self, read: ReadPage) -> str | None:
        """Return the name of why the page that was *read* is no article of this source.

        It is *error* where the page is one that the site shows where there is none.
        """
        if any(each.is_shown_by(read.article) for each in self.no_articles):
            return "error"
        return read.kind if self.judges_pages and read.kind != "article" else None

    def further_routes(self) -> Sequence[Route]:
        """Return the routes to ask when the first have answered; none unless overridden."""
        return ()

    def route_listed(self, route: Route, addresses: Collection[int], answered: str) -> None:
        """Note the hashes of the articles that *route*, or what it leads to, listed.

        *answered* is the address that *route* itself led to, after redirects, "" for the rest.
        """

    def closing_lines(self) -> Iterable[str]:
        """Return the lines to print when the crawl is over, after its summary."""
        return ()

"""robots.txt: asked before anything else, and obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured

from alescrawl.crawling.failures import HostStopped
from alescrawl.crawling.host_answers import HostAnswers
from alescrawl.crawling.host_files import HostFiles, Unreachable
from alescrawl.crawling.hosts import Hosts, origin_of
from alescrawl.crawling.robots_rules import RobotsRules
from alescrawl.crawling.throttle import Throttle

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from alescrawl.dataset.hosts import HostFile

PATH = "/robots.txt"
SUCCESS = range(200, 300)


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says.

    Scrapy's own middleware lets pass what waits for one robots.txt together, forgets it with
    the run, heeds no Crawl-delay, and crawls a host whose robots.txt it could not read.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules = HostAnswers(self._read)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's rules; raise :exc:`IgnoreRequest` where they forbid *request*."""
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith("http"):
            return
        rules = await self._rules.get(request)
        if not rules.allows(request.url):
            raise IgnoreRequest("Forbidden by robots.txt")

    async def _read(self, request: Request) -> RobotsRules:
        """Return the rules of the host of *request*, having slowed down to its Crawl-delay."""
        found = await self._file(origin_of(request))
        rules = RobotsRules(found.body if found.status in SUCCESS else b"", self._agent)
        throttle = self._crawler.get_extension(Throttle)
        if rules.delay and throttle is not None:
            throttle.set_crawl_delay(request, rules.delay)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules

    async def _file(self, origin: str) -> HostFile:
        files = self._crawler.get_extension(HostFiles)
        hosts = self._crawler.get_extension(Hosts)
        if files is None or hosts is None:
            raise RuntimeError("RobotsMiddleware needs the extensions HostFiles and Hosts")
        try:
            return await files.get(origin, PATH, dont_obey_robotstxt=True)
        except Unreachable as error:
            # RFC 9309, section 2.3.1.4: nobody knows what is allowed, so nothing is.
            hosts.stop(origin, "robots_unreachable", error.reason, error.until)
            raise HostStopped("robots_unreachable", error.until) from error

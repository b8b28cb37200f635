"""robots.txt: asked before anything else, and obeyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from protego import Protego
from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.robotstxt import ProtegoRobotParser

from alescrawl.crawling.components import extension_of
from alescrawl.crawling.failures import HostStopped
from alescrawl.crawling.hosts.host_files import (
    IS_HOST_FILE,
    LONGEST_READ,
    HostAnswers,
    HostFiles,
    Unreachable,
)
from alescrawl.crawling.hosts.private_addresses import PrivateAddress, place_of
from alescrawl.crawling.hosts.stopped import Hosts, origin_of
from alescrawl.crawling.hosts.throttle import Throttle
from alescrawl.crawling.hosts.usage_signals import USAGE, UsageLines
from alescrawl.extraction.page import charset

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from alescrawl.dataset.ledger.host_records import HostFile


_OTHER = "another-agent"


_AGENT_LINE = re.compile(r"^(\s*user-?\s?agent\s*:)\s*([A-Za-z_-]+|\*)?.*$", re.IGNORECASE)


class RobotsRules(ProtegoRobotParser):
    """The rules of one robots.txt for the product token *agent*.

    ``rp`` holds them as Protego has them; other agents' groups are there, but not their names.
    """

    def __init__(self, body: bytes, agent: str) -> None:
        self._agent = agent
        text = for_agent(decode(body), agent)
        self.rp = Protego.parse(text)
        self._usage = UsageLines(text, agent)

    def allows(self, url: str) -> bool:
        """Return whether *url* may be asked for."""
        return self.rp.can_fetch(url, self._agent)

    def usage_signals(self, url: str) -> list[str]:
        """Return what Content-Signal and Content-Usage say of *url*."""
        return self._usage.signals(url)

    @property
    def delay(self) -> float | None:
        """The Crawl-delay in seconds."""
        return self.rp.crawl_delay(self._agent)


def decode(body: bytes) -> str:
    """Return the text of a robots.txt: UTF-8 as it should be, else what the bytes say.

    Of a longer file only the first 500 KiB are read, to the last line that is whole.
    """
    if len(body) > LONGEST_READ:
        body = body[:LONGEST_READ].rpartition(b"\n")[0]
    return charset.decode(body)[0]


def for_agent(text: str, agent: str) -> str:
    """Return *text* with each group named for *agent*, for all, or for another.

    Protego takes the group of « ales » for one of « alescrawl », and that of « alescrawl/1.0 »
    for another's; RFC 9309, section 2.2.1, compares product tokens whole, without a version.
    """
    return "\n".join(_named(line, agent) for line in text.splitlines())


def _named(line: str, agent: str) -> str:
    found = _AGENT_LINE.match(line)
    if found is None:
        return line
    token = (found[2] or "").lower()
    if token not in {"*", agent.lower()}:
        token = _OTHER
    return f"{found[1]} {token}"


def _is_of(origin: str, refused: PrivateAddress) -> bool:
    return place_of(origin) == refused.place


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
        if IS_HOST_FILE not in request.meta:
            request.meta[USAGE] = rules.usage_signals(request.url)

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
        files = extension_of(self._crawler, HostFiles)
        hosts = extension_of(self._crawler, Hosts)
        try:
            return await files.get(origin, PATH, dont_obey_robotstxt=True)
        except Unreachable as error:
            if isinstance(error.__cause__, PrivateAddress) and _is_of(origin, error.__cause__):
                raise error.__cause__ from None
            # RFC 9309, section 2.3.1.4: nobody knows what is allowed, so nothing is.
            hosts.stop(origin, "robots_unreachable", error.reason, error.until)
            raise HostStopped("robots_unreachable", error.until) from error

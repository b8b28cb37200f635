"""How fast a host is asked: its Crawl-delay, its waits, and when it is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from alescrawl.crawling.failures import REFUSALS, TOO_MANY_REQUESTS, error_verdict, retry_moment
from alescrawl.crawling.hosts.host_files import IS_HOST_FILE
from alescrawl.crawling.hosts.private_addresses import check_refusal
from alescrawl.crawling.hosts.shared import shared_hosts
from alescrawl.crawling.hosts.stopped import Hosts, origin_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader, Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SHORTEST_DELAY = 0.01
"""Seconds; a slot of Scrapy's that has no delay at all cannot be made to wait."""

CLOSED_FOR = timedelta(hours=1)
"""How long a host that keeps refusing is left alone where it does not say itself."""


class Throttle:
    """Scrapy extension, beside AutoThrottle: a host that refuses waits as a whole.

    It acts when an answer has come and before the next request leaves: a middleware would be
    told one request too late.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._longest_delay = settings.getfloat("ALESCRAWL_LONGEST_CRAWL_DELAY")
        self._first_wait = settings.getfloat("ALESCRAWL_FIRST_WAIT")
        self._longest_wait = settings.getfloat("ALESCRAWL_LONGEST_WAIT")
        self._longest_pause = settings.getfloat("ALESCRAWL_LONGEST_PAUSE") * 3_600
        self._patience = settings.getint("ALESCRAWL_PATIENCE")
        shared = shared_hosts(crawler)
        self._least_delays = shared.least_delays
        self._failures = shared.failures

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension; it must be connected after AutoThrottle."""
        throttle = cls(crawler)
        crawler.signals.connect(throttle.response_downloaded, signals.response_downloaded)
        return throttle

    def set_crawl_delay(self, request: Request, seconds: float) -> None:
        """Ask the host of *request* no faster than its robots.txt wants, within the limit."""
        if seconds > self._longest_delay:
            self._count("robots/crawl_delay_capped")
        self._slow_down(request, min(seconds, self._longest_delay))

    def delay_of(self, request: Request) -> float:
        """Return the seconds between two requests to the host of *request*."""
        slot = self._slot(request)
        least = self._least_delays.get(self._key(request), self._delay)
        return max(least, slot.delay if slot is not None else 0)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Keep AutoThrottle above the Crawl-delay; wait where the host refuses."""
        slot = self._slot(request)
        if slot is not None:
            slot.delay = max(slot.delay, self._least_delays.get(self._key(request), 0))
        failures = self._failures[origin_of(request)]
        failures.silences = 0
        if response.status in REFUSALS:
            failures.refusals += 1
            self._refused(request, response, failures.refusals)
        else:
            failures.refusals = 0
            failures.answers += IS_HOST_FILE not in request.meta

    def no_answer(self, request: Request, reason: str) -> None:
        """Note that the host did not answer: after some times it is left alone."""
        failures = self._failures[origin_of(request)]
        failures.silences += 1
        if failures.silences >= self._patience:
            self._stop(request, "host_silent", reason)

    def _refused(self, request: Request, response: Response, times: int) -> None:
        moment = retry_moment(response)
        wait = self._wait(moment, times)
        answers = self._failures[origin_of(request)].answers
        if wait > self._longest_pause and times == 1 and answers and times < self._patience:
            # Absurd, and the host answers otherwise: it may be this page alone.
            wait = self._first_wait
        if times >= self._patience or wait > self._longest_wait:
            now = datetime.now(UTC)
            until = moment if moment is not None and moment > now else now + CLOSED_FOR
            self._stop(request, "host_refuses", f"http_{response.status}", until)
            return
        # 503 may be the fault of one page, 429 says how fast the host is asked.
        too_fast = response.status == TOO_MANY_REQUESTS
        self._slow_down(request, 2 * self.delay_of(request) if too_fast else SHORTEST_DELAY)
        if (slot := self._slot(request)) is not None:
            # The next request leaves when the delay has passed since the last one.
            slot.lastseen = monotonic() + wait
            self._count("host/waited")

    def _wait(self, moment: datetime | None, times: int) -> float:
        """Return the seconds to wait: what the host asked for, else ever longer."""
        asked = (moment - datetime.now(UTC)).total_seconds() if moment is not None else 0
        if asked > 0:
            return asked
        return float(min(self._first_wait * 2 ** (times - 1), self._longest_wait))

    def _slow_down(self, request: Request, seconds: float) -> None:
        key = self._key(request)
        least = max(self._least_delays.get(key, 0), seconds, SHORTEST_DELAY)
        self._least_delays[key] = max(min(least, self._longest_delay), self._delay)
        downloader = self._downloader
        # A slot is thrown away when it has been idle, and made anew with these.
        downloader.per_slot_settings.setdefault(key, {})["delay"] = self._least_delays[key]
        if (slot := self._slot(request)) is not None:
            slot.delay = max(slot.delay, self._least_delays[key])

    def _stop(
        self, request: Request, reason: str, detail: str, until: datetime | None = None
    ) -> None:
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.stop(origin_of(request), reason, detail, until)

    @property
    def _downloader(self) -> Downloader:
        if self._crawler.engine is None:
            raise RuntimeError("there are no hosts before the crawl begins")
        return self._crawler.engine.downloader

    def _key(self, request: Request) -> str:
        return self._downloader.get_slot_key(request)

    def _slot(self, request: Request) -> Slot | None:
        return self._downloader.slots.get(self._key(request))

    def _count(self, name: str) -> None:
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.count(name)


_SILENCES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class PolitenessMiddleware:
    """Stands between Scrapy's retries and the downloader, to be told of every single try."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise :exc:`~alescrawl.crawling.failures.HostStopped` where the host is stopped."""
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.check(origin_of(request))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell the throttle of a request that got no answer; raise where none was asked for."""
        check_refusal(request, exception)
        throttle = self._crawler.get_extension(Throttle)
        if throttle is not None and isinstance(exception, _SILENCES):
            throttle.no_answer(request, error_verdict(exception).reason)

"""Asks each host for its tdmrep.json before anything else of it but robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from alescrawl.crawling.hosts.conditional_requests import VALIDATORS
from alescrawl.crawling.hosts.host_files import IS_HOST_FILE, HostAnswers, HostFiles, Unreachable
from alescrawl.crawling.hosts.robots import SUCCESS
from alescrawl.crawling.hosts.stopped import Hosts, origin_of
from alescrawl.crawling.hosts.tdmrep import PATH, Location, read_tdmrep, reservation_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

RESERVATION = "alescrawl_reservation"
"""Key of ``Request.meta``: the :class:`Reservation` of its address, where its host makes one."""


class ReservationMiddleware:
    """Notes with each request what its host's tdmrep.json says of its path.

    A file that cannot be had or read reserves nothing: it is counted, and the response and the
    page still have their say.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ALESCRAWL_TDMREP"):
            raise NotConfigured
        self._crawler = crawler
        self._locations = HostAnswers(self._read)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's reservations."""
        if IS_HOST_FILE in request.meta or not request.url.startswith("http"):
            return
        found = reservation_of(request.url, await self._locations.get(request))
        request.meta[RESERVATION] = found
        if found is not None and found.reserved and "candidate" in request.cb_kwargs:
            # « Not modified » would keep the text of an article that was not reserved before.
            for name in VALIDATORS:
                request.headers.pop(name, None)

    async def _read(self, request: Request) -> list[Location]:
        files = self._crawler.get_extension(HostFiles)
        if files is None:
            raise RuntimeError("ReservationMiddleware needs the extension HostFiles")
        try:
            found = await files.get(origin_of(request), PATH)
            return read_tdmrep(found.body) if found.status in SUCCESS else []
        except (Unreachable, ValueError):
            if (hosts := self._crawler.get_extension(Hosts)) is not None:
                hosts.count("rights/tdmrep_unreadable")
            return []

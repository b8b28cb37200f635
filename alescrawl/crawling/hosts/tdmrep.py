"""tdmrep.json: which paths of a host are reserved (W3C TDM Reservation Protocol), and asking it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from scrapy.exceptions import NotConfigured

from alescrawl.crawling.components import extension_of
from alescrawl.crawling.hosts.conditional_requests import VALIDATORS
from alescrawl.crawling.hosts.host_files import IS_HOST_FILE, HostAnswers, HostFiles, Unreachable
from alescrawl.crawling.hosts.robots import SUCCESS
from alescrawl.crawling.hosts.stopped import Hosts, origin_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

PATH = "/.well-known/tdmrep.json"
_VALUES = {0: False, 1: True, "0": False, "1": True}


class Reservation(NamedTuple):
    """What a host says of a path, and where its policy is."""

    reserved: bool
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A pattern of paths, with ``*`` and a final ``$`` as in robots.txt, and what it says."""

    pattern: str
    reservation: Reservation

    @property
    def rank(self) -> tuple[int, bool]:
        """The longest pattern that matches counts; of two as long, the one that reserves."""
        return len(self.pattern), self.reservation.reserved

    def matches(self, path: str) -> bool:
        """Return whether the pattern stands for *path*, whose escapes are undone."""
        whole = self.pattern.endswith("$")
        first, *parts = map(unquote, self.pattern.removesuffix("$").split("*"))
        if not path.startswith(first):
            return False
        end = len(first)
        for number, part in enumerate(parts, start=1):
            # Of a pattern that is bound to the end, the last part is looked for there.
            last = whole and number == len(parts)
            found = path.rfind(part) if last else path.find(part, end)
            if found < end:
                return False
            end = found + len(part)
        return not whole or end == len(path)


def read_tdmrep(body: bytes) -> list[Location]:
    """Return the locations that say 0 or 1.

    Raises :exc:`ValueError` where *body* is no such file.
    """
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    entries = read if isinstance(read, list) else [read]
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("not a list of locations")
    return [location for entry in entries if (location := _location(entry)) is not None]


def _location(entry: dict[str, Any]) -> Location | None:
    pattern, value = entry.get("location"), entry.get("tdm-reservation")
    policy = entry.get("tdm-policy")
    if not isinstance(pattern, str) or not isinstance(value, int | str) or value not in _VALUES:
        return None
    stated = policy if isinstance(policy, str) and policy else None
    return Location(pattern, Reservation(_VALUES[value], stated))


def reservation_of(url: str, locations: list[Location]) -> Reservation | None:
    """Return what the most specific of *locations* says of *url*, ``None`` where none does."""
    parts = urlsplit(url)
    path = unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    matching = [location for location in locations if location.matches(path)]
    return max(matching, key=lambda found: found.rank).reservation if matching else None


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
        files = extension_of(self._crawler, HostFiles)
        try:
            found = await files.get(origin_of(request), PATH)
            return read_tdmrep(found.body) if found.status in SUCCESS else []
        except (Unreachable, ValueError):
            if (hosts := self._crawler.get_extension(Hosts)) is not None:
                hosts.count("rights/tdmrep_unreadable")
            return []

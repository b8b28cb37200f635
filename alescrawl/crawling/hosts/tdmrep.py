"""tdmrep.json: which paths of a host are reserved (W3C TDM Reservation Protocol), and asking it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from scrapy.exceptions import NotConfigured

from alescrawl.crawling.components import extension_of
from alescrawl.crawling.hosts.conditional_requests import VALIDATORS
from alescrawl.crawling.hosts.host_files import IS_HOST_FILE, HostAnswers, HostFiles, Unreachable
from alescrawl.crawling.hosts.path_patterns import path_of, stands_for
from alescrawl.crawling.hosts.robots import SUCCESS, RobotsRules
from alescrawl.crawling.hosts.stopped import Hosts, origin_of
from alescrawl.crawling.hosts.usage_signals import AI_TXT, USAGE

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

PATH = "/.well-known/tdmrep.json"
AI_TXT_PATH = "/ai.txt"
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
        return stands_for(self.pattern, path)


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
    path = path_of(url)
    matching = [location for location in locations if location.matches(path)]
    return max(matching, key=lambda found: found.rank).reservation if matching else None


RESERVATION = "alescrawl_reservation"
"""Key of ``Request.meta``: the :class:`Reservation` of its address, where its host makes one."""


class Stated(NamedTuple):
    """What the files of a host reserve: tdmrep.json by location, ai.txt by rules."""

    locations: list[Location]
    ai_rules: RobotsRules | None


class ReservationMiddleware:
    """Notes with each request what its host's tdmrep.json and ai.txt say of its path.

    A file that cannot be had or read reserves nothing: it is counted, and the response and the
    page still have their say.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ALESCRAWL_TDMREP"):
            raise NotConfigured
        self._crawler = crawler
        self._stated = HostAnswers(self._read)
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's reservations."""
        if IS_HOST_FILE in request.meta or not request.url.startswith("http"):
            return
        stated = await self._stated.get(request)
        found = reservation_of(request.url, stated.locations)
        request.meta[RESERVATION] = found
        # Of a redirected request they are those of where it came from.
        usage = [signal for signal in request.meta.get(USAGE, ()) if signal != AI_TXT]
        if stated.ai_rules is not None and not stated.ai_rules.allows(request.url):
            usage.append(AI_TXT)
        request.meta[USAGE] = usage
        if found is not None and found.reserved and "candidate" in request.cb_kwargs:
            # « Not modified » would keep the text of an article that was not reserved before.
            for name in VALIDATORS:
                request.headers.pop(name, None)

    async def _read(self, request: Request) -> Stated:
        body = await self._file(request, PATH, "rights/tdmrep_unreadable")
        locations: list[Location] = []
        if body is not None:
            try:
                locations = read_tdmrep(body)
            except ValueError:
                self._count("rights/tdmrep_unreadable")
        body = await self._file(request, AI_TXT_PATH, "rights/ai_txt_unreadable")
        return Stated(locations, None if body is None else RobotsRules(body, self._agent))

    async def _file(self, request: Request, path: str, unreadable: str) -> bytes | None:
        """Return what the host of *request* has at *path*; count where nobody can know."""
        files = extension_of(self._crawler, HostFiles)
        try:
            found = await files.get(origin_of(request), path)
        except Unreachable:
            self._count(unreadable)
            return None
        return found.body if found.status in SUCCESS else None

    def _count(self, name: str) -> None:
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.count(name)

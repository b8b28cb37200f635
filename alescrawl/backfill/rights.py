"""What the hosts of a source allow today: an archive's copy of a page is held to it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from alescrawl.backfill.client import BUSY, ArchiveUnreachable
from alescrawl.crawling.hosts import robots, tdmrep
from alescrawl.crawling.hosts.host_files import LONGEST_READ
from alescrawl.dataset.ledger.host_records import HostFile, HostRecords

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from alescrawl.backfill.client import Client
    from alescrawl.crawling.hosts.tdmrep import Reservation
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.connection import Ledger


class Today(NamedTuple):
    """What a host says of an address: whether it may be asked for, and what is reserved."""

    allowed: bool
    reservation: Reservation | None


class _Rules(NamedTuple):
    robots: robots.RobotsRules
    locations: list[tdmrep.Location]


class HostRules:
    """The robots.txt and tdmrep.json of the hosts of *source*, asked for once a day.

    For a host that the source has left the one that it has now speaks.
    """

    def __init__(
        self, settings: BaseSettings, ledger: Ledger, source: type[Source], client: Client
    ) -> None:
        self._agent = settings["ROBOTSTXT_USER_AGENT"]
        self._obeys = settings.getbool("ROBOTSTXT_OBEY")
        self._heeds = settings.getbool("ALESCRAWL_TDMREP")
        self._records = HostRecords(ledger)
        self._source = source
        self._client = client
        self._known: dict[str, _Rules | None] = {}
        self.unknown: set[str] = set()

    def of(self, url: str) -> Today | None:
        """Return what is said of *url* today; ``None`` where nobody can know."""
        origin = self._origin(url)
        if origin not in self._known:
            self._known[origin] = self._read(origin)
        rules = self._known[origin]
        if rules is None:
            self.unknown.add(origin)
            return None
        parts = urlsplit(url)
        here = f"{origin}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        allowed = not self._obeys or rules.robots.allows(here)
        return Today(allowed, tdmrep.reservation_of(here, rules.locations))

    def _origin(self, url: str) -> str:
        parts = urlsplit(url)
        host = parts.netloc.lower()
        bare = (parts.hostname or "").removeprefix("www.")
        for own in self._source.hosts:
            if bare == own.removeprefix("www."):
                return f"https://{own}"
        if any(f".{bare}".endswith(f".{gone}") for gone in self._source.former_hosts):
            return f"https://{self._source.hosts[0]}"
        return f"{parts.scheme if parts.port else 'https'}://{host}"

    def _read(self, origin: str) -> _Rules | None:
        """Return the rules of *origin*; nothing where a server error or silence hides them.

        RFC 9309, section 2.3.1.4: then nobody knows what is allowed, so nothing is.
        """
        try:
            found = self._file(origin, robots.PATH) if self._obeys else HostFile(404, b"")
        except ArchiveUnreachable:
            return None
        body = found.body if found.status in robots.SUCCESS else b""
        return _Rules(robots.RobotsRules(body, self._agent), self._locations(origin))

    def _locations(self, origin: str) -> list[tdmrep.Location]:
        try:
            found = self._file(origin, tdmrep.PATH) if self._heeds else HostFile(404, b"")
            return tdmrep.read_tdmrep(found.body) if found.status in robots.SUCCESS else []
        except (ArchiveUnreachable, ValueError):
            return []

    def _file(self, origin: str, path: str) -> HostFile:
        if (kept := self._records.file(origin, path)) is not None:
            return kept
        answer = self._client.get(origin + path, hops=5)
        if answer.status in BUSY:
            raise ArchiveUnreachable(f"{origin}{path} answers {answer.status}")
        found = HostFile(answer.status, answer.body[: LONGEST_READ + 1])
        self._records.keep_file(origin, path, found)
        return found

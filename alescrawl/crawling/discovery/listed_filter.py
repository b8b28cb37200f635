"""What of a route's list is offered to the ledger: its articles, without what cannot be true."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alescrawl.extraction.canonical import without_tracking
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from alescrawl.crawling.routes.model import Route
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.hints import Listed

LONGEST_URL = 2_000
_DAY_FOLDER = re.compile(r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)/[^/]")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=1)
"""How far ahead of our clock a date may be: a day somewhere else, or a wrong zone."""


@dataclass(slots=True)
class Tally:
    """What one answer of a route listed: *newest* is when the newest of it was last touched.

    *seen* are the hashes of the addresses that earlier pages listed, which count as ``repeated``
    and no more: what is new everywhere on a site stands beside every page of its archive.
    *fresh* are new or changed since the ledger knows them, *added* since the route was last read.
    """

    seen: set[int] = field(default_factory=set)
    listed: int = 0
    repeated: int = 0
    fresh: int = 0
    added: int = 0
    undated: int = 0
    newest: datetime | None = None

    def add(self, entry: Listed) -> None:
        """Count *entry*."""
        address = hash(entry.url)
        if address in self.seen:
            self.repeated += 1
            return
        self.seen.add(address)
        self.listed += 1
        moment = entry.lastmod or entry.published or entry.latest
        if moment is None:
            self.undated += 1
        elif self.newest is None or moment > self.newest:
            self.newest = moment

    def all_before(self, since: datetime | None) -> bool:
        """Return whether everything listed is known to be older than *since*."""
        if since is None or self.newest is None or self.undated:
            return False
        return self.newest < since


class ListedFilter:
    """Lets the articles of *source* through, and tells *count* why not the others."""

    def __init__(self, source: Source, count: Callable[[str, int], None]) -> None:
        self._source = source
        self._count = count

    def articles(self, listed: Iterable[Listed], route: Route, tally: Tally) -> Iterator[Listed]:
        """Yield what is an article of the source, as it is to be asked for; add it to *tally*."""
        counts: Counter[str] = Counter()
        latest = datetime.now(UTC) + LATEST_AHEAD
        try:
            for entry in listed:
                reason = self._reason_to_pass(entry.url)
                counts[reason or "route/listed"] += 1
                if reason is None:
                    article = _to_ask_for(entry, route, latest, counts)
                    tally.add(article)
                    yield article
        finally:  # a list may break off
            for name, count in counts.items():
                self._count(name, count)

    def _reason_to_pass(self, url: str) -> str | None:
        if len(url) > LONGEST_URL:
            return "route/url_too_long"
        if not self._source.is_own_host(url):
            return "route/other_host"
        return None if self._source.is_article_url(url) else "route/not_an_article_url"


def batches(entries: Iterable[Listed], size: int) -> Iterator[list[Listed]]:
    """Yield *entries* so many at a time; where they break off, first those that came before."""
    batch: list[Listed] = []
    broken: Exception | None = None
    try:
        for entry in entries:
            batch.append(entry)
            if len(batch) == size:
                yield batch
                batch = []
    except Exception as error:  # noqa: BLE001 - raised below
        broken = error
    if batch:
        yield batch
    if broken is not None:
        raise broken


def _to_ask_for(entry: Listed, route: Route, latest: datetime, counts: Counter[str]) -> Listed:
    """Return *entry* as it is to be asked for, without dates that no article can have."""
    published, lastmod = entry.published, entry.lastmod
    if _is_absurd(published, latest):
        counts["route/problem/absurd_date"] += 1
        published = None
    if _is_absurd(lastmod, latest):
        counts["route/problem/absurd_date"] += 1
        lastmod = None
    return replace(
        entry,
        url=without_tracking(entry.url),
        published=published,
        lastmod=lastmod,
        origin=route.origin,
        latest=None if published else _end_of_folder(entry.url),
    )


def _end_of_folder(url: str) -> datetime | None:
    """Return the end of the day in whose folder the article at *url* lies: /2026/03/02/une-usine.

    A day within the name of an article may be that of what it is about.
    """
    found = _DAY_FOLDER.search(url)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return datetime(year, month, day, 23, 59, 59, tzinfo=PARIS)
    except ValueError:
        return None


def _is_absurd(moment: datetime | None, latest: datetime) -> bool:
    return moment is not None and not EARLIEST <= moment <= latest

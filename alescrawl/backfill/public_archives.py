"""Common Crawl, CC-NEWS and the Wayback Machine: how each is asked what it has."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
import tomllib
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alescrawl.backfill.cdx import CdxIndex, joined
from alescrawl.backfill.client import ArchiveUnreachable
from alescrawl.backfill.indexes import Part, is_own, source_name
from alescrawl.backfill.warc_files import captures_in
from alescrawl.dataset.ledger.captures import Capture, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from alescrawl.backfill.client import Client
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.window import Window

_OK: Final = 200
_WEEK: Final = re.compile(r"CC-MAIN-(\d{4})-(\d\d)")
_LASTS: Final = timedelta(days=60)
"""How long after the week that names it a crawl may end, where the list does not say."""


@cache
def archive_facts() -> dict[str, Any]:
    """Return where the public archives are: ``data/web_archives.toml``."""
    text = (files("alescrawl") / "data" / "web_archives.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class CommonCrawlIndex:
    """The index servers of the monthly crawls that *crawls* lists; WARCs lie below *data*."""

    def __init__(self, client: Client, crawls: str, data: str) -> None:
        self._client = client
        self._crawls = crawls
        self._data = data
        self._listed: list[dict[str, Any]] | None = None
        self.counts: Counter[str] = Counter()

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield each page of the index of each crawl that lies in *window*, the oldest first."""
        for crawl in self._chosen(window):
            index = CdxIndex(
                self._client,
                crawl["cdx-api"],
                data=self._data,
                archive=str(crawl["id"]),
                is_finished=True,
            )
            index.counts = self.counts
            yield from index.parts(source, window)

    def _chosen(self, window: Window) -> list[dict[str, Any]]:
        if self._listed is None:
            # Once a run: it changes once a month.
            answer = self._client.get(self._crawls, hops=3)
            self._listed = _crawls_of(answer.status, answer.body, self._crawls)
        chosen = [each for each in self._listed if _overlaps(each, window)]
        return sorted(chosen, key=lambda each: str(each["id"]))


def _crawls_of(status: int, body: bytes, address: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(body) if status == _OK else None
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise ArchiveUnreachable(f"{address} lists no crawls (HTTP {status}): try again later")
    return [each for each in found if isinstance(each, dict) and {"id", "cdx-api"} <= each.keys()]


def _overlaps(crawl: dict[str, Any], window: Window) -> bool:
    first, last = (_moment(crawl.get(name)) for name in ("from", "to"))
    week = _WEEK.match(str(crawl["id"]))
    if first is None and week is not None:
        first = datetime.fromisocalendar(int(week[1]), min(int(week[2]), 52), 1)
        first = first.replace(tzinfo=UTC)
    if last is None and first is not None:
        last = first + _LASTS
    if first is None or last is None:
        return True  # of a year, as the first ones were: it is asked
    is_after = window.since is None or last >= window.since
    return is_after and (window.until is None or first < window.until)


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class NewsIndex:
    """The WARCs of CC-NEWS, which has no index: each is fetched, looked through, and let go.

    What it has of all of *sources* is found at once, so that none is fetched twice.
    """

    def __init__(
        self, client: Client, paths: str, data: str, first: str, sources: Collection[type[Source]]
    ) -> None:
        self._client = client
        self._paths = paths
        self._data = data
        self._first = datetime.fromisoformat(f"{first}-01").replace(tzinfo=UTC)
        self._sources = sources
        self._found: dict[str, dict[str, list[Capture]]] = {}
        self.counts: Counter[str] = Counter()

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield each WARC of the months in *window*."""
        for month in _months(max(self._first, window.since or self._first), window.until):
            for name in self._names(month):
                address = joined(self._data, name)
                yield Part(address, lambda at=address: self._of(source, at))  # type: ignore[misc]

    def _names(self, month: datetime) -> list[str]:
        address = joined(self._data, self._paths.format(year=month.year, month=month.month))
        answer = self._client.get(address, hops=3)
        if answer.status != _OK:
            self.counts["index/month_missing"] += 1
            return []
        try:
            return gzip.decompress(answer.body).decode("utf-8", "replace").split()
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveUnreachable(f"{address} is no list of WARCs: try again later") from error

    def _of(self, source: type[Source], address: str) -> list[Capture]:
        if address not in self._found:
            self._found[address] = self._looked_through(address)
        return self._found[address].pop(source_name(source), [])

    def _looked_through(self, address: str) -> dict[str, list[Capture]]:
        """Fetch a WARC for as long as it is looked through; its pages are read in ranges."""
        found: dict[str, list[Capture]] = {}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "news.warc.gz"
            if not self._client.download(address, path):
                self.counts["index/warc_gone"] += 1
                return found
            for each in captures_in(str(path), "CC-NEWS", self._is_wanted, self.counts):
                place = Place(address, each.place.offset, each.place.length)
                capture = Capture(each.url, each.captured_at, each.digest, each.archive, place)
                for source in self._sources:
                    if is_own(source, each.url):
                        found.setdefault(source_name(source), []).append(capture)
        return found

    def _is_wanted(self, url: str) -> bool:
        return any(is_own(source, url) for source in self._sources)


def _months(since: datetime, until: datetime | None) -> Iterator[datetime]:
    month = since.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = until or datetime.now(UTC)
    while month < end:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)

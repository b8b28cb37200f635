"""Index servers that speak CDX: pywb and OutbackCDX, Common Crawl's, the Wayback Machine's."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from alescrawl.backfill.client import ArchiveUnreachable
from alescrawl.backfill.indexes import Part
from alescrawl.backfill.records import stated_digest
from alescrawl.backfill.warc_files import moment_of
from alescrawl.crawling.source import domains_of
from alescrawl.dataset.ledger.captures import Capture, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.backfill.client import Client
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.window import Window

# Names of the fields: pywb (docs/manual/cdxserver_api.rst of webrecorder/pywb) and the Wayback
# Machine (wayback-cdx-server/README.md of internetarchive/wayback), read in December 2026.
_NAMES: Final = {"original": "url", "statuscode": "status", "mimetype": "mime"}
_ELEVEN: Final = (
    *("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "redirect"),
    *("robotflags", "length", "offset", "filename"),
)
_OK: Final = 200
_NONE: Final = frozenset({400, 404})
_STAMP: Final = 14


class CdxIndex:
    """The index at *address*, such as ``http://localhost:8080/coll/cdx``.

    With *data*, an address or a folder, the WARCs that it names lie there, and are read in
    ranges; without, each page is replayed (``…/coll/TIMESTAMPid_/URL``), or at *replay*.
    """

    def __init__(
        self,
        client: Client,
        address: str,
        *,
        data: str = "",
        replay: str = "",
        archive: str = "",
        is_finished: bool = False,
    ) -> None:
        self._client = client
        self._address = address
        self._data = data
        self._replay = replay or replay_of(address)
        self._archive = archive or urlsplit(address).netloc
        self._is_finished = is_finished
        self.counts: Counter[str] = Counter()

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield each page of the answers about the domains of *source*."""
        for domain in sorted(set(domains_of(source))):
            query = {"url": domain, "matchType": "domain", "output": "json", **_period(window)}
            pages = self._pages(query)
            for number in range(pages or 1):
                asked = {**query, "page": str(number)} if pages is not None else query
                name = f"{self._address}?{urlencode(asked)}" if self._is_finished else None
                yield Part(name, lambda asked=asked: self._captures(asked))  # type: ignore[misc]

    def _pages(self, query: dict[str, str]) -> int | None:
        """Return how many pages there are; nothing where the server has none."""
        answer = self._client.get(self._url({**query, "showNumPages": "true"}), hops=3)
        if answer.status in _NONE:
            return 0 if answer.status == 404 else None  # noqa: PLR2004 - nothing captured
        try:
            found = json.loads(answer.body)
        except ValueError:
            return None
        if isinstance(found, dict):
            found = found.get("pages")
        return found if isinstance(found, int) else None

    def _url(self, query: dict[str, str]) -> str:
        mark = "&" if "?" in self._address else "?"
        return f"{self._address}{mark}{urlencode(query)}"

    def _captures(self, query: dict[str, str]) -> Iterator[Capture]:
        answer = self._client.get(self._url(query), hops=3)
        if answer.status in _NONE:
            return
        if answer.status != _OK:
            raise ArchiveUnreachable(f"{self._address} answers HTTP {answer.status}")
        for line in read_cdx(answer.body.decode("utf-8", "replace"), self.counts):
            if (capture := self._capture(line)) is not None:
                yield capture

    def _capture(self, line: dict[str, Any]) -> Capture | None:
        """Return the capture of a *line* of the index; nothing where it is of no page."""
        status, mime = str(line.get("status", "-")), str(line.get("mime", "-"))
        is_revisit = mime == "warc/revisit"
        if status not in {"200", "-", ""} and not is_revisit:
            self.counts[f"index/http_{status}"] += 1
            return None
        if not (is_revisit or mime in {"-", "unk", ""} or "html" in mime):
            self.counts["index/other_type"] += 1
            return None
        stamp, url = str(line.get("timestamp", "")), str(line.get("url", ""))
        moment = moment_of(stamp)
        place = self._place(line, stamp, url)
        if moment is None or not url or place is None:
            self.counts["index/no_date_or_place"] += 1
            return None
        return Capture(url, moment, stated_digest(line.get("digest")), self._archive, place)

    def _place(self, line: dict[str, Any], stamp: str, url: str) -> Place | None:
        if not self._data:
            # A shorter timestamp would lead to whatever is near.
            is_whole = len(stamp) == _STAMP
            return Place(f"{self._replay}{stamp}id_/{url}", -1) if is_whole else None
        try:
            offset, length = int(line["offset"]), int(line.get("length") or 0)
        except (KeyError, ValueError, TypeError):
            return None
        file = str(line.get("filename", ""))
        return Place(joined(self._data, file), offset, length) if file else None


def joined(data: str, file: str) -> str:
    """Return where the WARC *file* lies below *data*, a folder or an address."""
    return urljoin(f"{data.rstrip('/')}/", file) if "://" in data else f"{data.rstrip('/')}/{file}"


def replay_of(address: str) -> str:
    """Return where pywb replays the collection whose index is at *address*."""
    base = address.partition("?")[0].rstrip("/")
    for ending in ("/cdx", "-cdx", "-index", "/index"):
        if base.endswith(ending):
            return f"{base.removesuffix(ending)}/"
    return f"{base}/"


def _period(window: Window) -> dict[str, str]:
    bounds = {"from": window.since, "to": window.until}
    return {name: _timestamp(moment) for name, moment in bounds.items() if moment is not None}


def _timestamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def read_cdx(text: str, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """Yield the lines of an answer: objects of JSON, an array of arrays, CDXJ, or CDX of 11 fields.

    What is none of them is counted.
    """
    if text.lstrip().startswith("["):
        yield from _of_table(text, counts)
        return
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _of_line(line)
        if found is None:
            counts["index/unreadable"] += 1
        elif found:
            yield _named(found)


def _of_table(text: str, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    try:
        names, *rows = json.loads(text) or [[]]
    except ValueError:
        counts["index/unreadable"] += 1
        return
    for row in rows:
        if isinstance(row, list) and len(row) == len(names):
            yield _named(dict(zip(names, row, strict=True)))


def _of_line(line: str) -> dict[str, Any] | None:
    if line.startswith(("{", "CDX ")) or "{" not in line:
        if not line.startswith("{"):
            return _of_fields(line)
        return _object(line)
    key, stamp, *rest = line.split(" ", 2)
    found = _object(rest[0]) if rest else None
    return found and {"urlkey": key, "timestamp": stamp, **found}


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _of_fields(line: str) -> dict[str, Any] | None:
    if line.startswith("CDX "):
        return {}
    fields = line.split(" ")
    return dict(zip(_ELEVEN, fields, strict=True)) if len(fields) == len(_ELEVEN) else None


def _named(line: dict[str, Any]) -> dict[str, Any]:
    return {_NAMES.get(name, name): value for name, value in line.items()}

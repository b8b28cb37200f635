"""Fetches captures: from local WARCs, in ranges of remote ones bundled where near, or replayed."""

from __future__ import annotations

import zlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from alescrawl.backfill.records import (
    LONGEST_PAGE,
    Unusable,
    check_digest,
    read_record,
    stream_of,
)
from alescrawl.backfill.warc_files import moment_of, open_warc
from alescrawl.items import RawPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.backfill.client import Answer, Client
    from alescrawl.dataset.ledger.captures import Capture

NEAR: Final = 64 * 1024
"""Bytes between two records that are rather fetched than asked for apart."""
_WIDEST: Final = 8 * 1024 * 1024
MOST: Final = 16
"""Captures of a bundle."""
_OK: Final = 200
_PARTIAL: Final = 206
_GONE: Final = frozenset({401, 403, 404, 410, 451})
_ORIGINAL: Final = "x-archive-orig-"
_PASSED_ON: Final = ("content-type", "x-robots-tag", "tdm-reservation", "tdm-policy")
_OF_TRANSPORT: Final = frozenset(
    {"content-encoding", "transfer-encoding", "content-length", "connection", "date", "server"}
)


def is_remote(capture: Capture) -> bool:
    """Return whether a server has to be asked for *capture*."""
    return capture.place.file.startswith(("http://", "https://"))


def bundles(captures: Iterable[Capture]) -> list[list[Capture]]:
    """Return *captures* in groups that are fetched by one request each, in order of time."""
    groups: list[list[Capture]] = []
    by_place = sorted(captures, key=lambda each: each.place)
    for each in by_place:
        if groups and _fits(groups[-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return sorted(groups, key=lambda group: min(each.captured_at for each in group))


def _fits(group: list[Capture], capture: Capture) -> bool:
    first, last, place = group[0].place, group[-1].place, capture.place
    if place.is_replay or not (last.length and place.length) or not is_remote(capture):
        return False
    gap = place.offset - last.offset - last.length
    is_near = first.file == place.file and gap <= NEAR and len(group) < MOST
    return is_near and place.offset + place.length - first.offset <= _WIDEST


class Fetcher:
    """Gives the pages of captures; *client* asks where they are not on this machine."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def fetch(self, group: Sequence[Capture]) -> Iterator[tuple[Capture, RawPage | Unusable]]:
        """Yield each capture of a bundle with its page, or with why there is none.

        Raises :exc:`~alescrawl.backfill.client.ArchiveUnreachable`.
        """
        if not is_remote(group[0]) or group[0].place.is_replay:
            yield from ((each, self._one(each)) for each in group)
            return
        first, last = group[0].place, group[-1].place
        end = last.offset + (last.length or LONGEST_PAGE)
        answer = self._client.get(first.file, (first.offset, end), hops=3)
        for each in group:
            yield each, _of_range(answer.status, answer.body, first.offset, each)

    def _one(self, capture: Capture) -> RawPage | Unusable:
        try:
            return self._replayed(capture) if capture.place.is_replay else _local(capture)
        except Unusable as error:
            return error

    def _replayed(self, capture: Capture) -> RawPage:
        """Return a page as a server shows it, in its original form."""
        answer = self._client.get(capture.place.file)
        if answer.status != _OK:
            raise Unusable(f"replay_{answer.status}")
        shown = moment_of(_digits(answer.headers.get("memento-datetime", "")))
        if shown is not None and shown != capture.captured_at:
            raise Unusable("other_capture")
        if len(answer.body) > LONGEST_PAGE:
            raise Unusable("too_long")
        plain = decompressed(answer) or answer.body
        if not _is_changed(answer.headers):
            check_digest(capture.digest, answer.body, plain)
        return RawPage(capture.url, _OK, _original(answer.headers), plain)


def _digits(http_date: str) -> str:
    try:
        return f"{parsedate_to_datetime(http_date):%Y%m%d%H%M%S}"
    except (TypeError, ValueError):
        return ""


def _is_changed(headers: dict[str, str]) -> bool:
    """Return whether a replay sends another form of the payload than the one that was hashed.

    pywb 2.10 undoes compression and chunks, and says so by the marked headers.
    """
    undone = (f"{_ORIGINAL}content-encoding", f"{_ORIGINAL}transfer-encoding")
    return "content-encoding" not in headers and any(name in headers for name in undone)


def _original(headers: dict[str, str]) -> list[tuple[str, str]]:
    """Return the headers that the page came with: passed on, or marked where they are changed."""
    marked = {n.removeprefix(_ORIGINAL): v for n, v in headers.items() if n.startswith(_ORIGINAL)}
    kept = {name: headers[name] for name in _PASSED_ON if name in headers} | marked
    return [(name, value) for name, value in kept.items() if name not in _OF_TRANSPORT]


def decompressed(answer: Answer) -> bytes | None:
    """Return the body of *answer* without its compression by gzip; nothing where it has none."""
    if "gzip" not in answer.headers.get("content-encoding", "").lower():
        return None
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(answer.body, LONGEST_PAGE)
    except zlib.error:
        return None


def _local(capture: Capture) -> RawPage:
    try:
        with open_warc(capture.place.file) as stream:
            return read_record(stream, capture.place.offset, capture)
    except (OSError, KeyError) as error:
        raise Unusable("warc_gone") from error


def _of_range(status: int, body: bytes, start: int, capture: Capture) -> RawPage | Unusable:
    if status in _GONE:
        return Unusable("warc_gone")
    if status not in {_OK, _PARTIAL}:
        return Unusable(f"range_{status}")
    # A server that knows no ranges sends the whole file.
    offset = capture.place.offset - (start if status == _PARTIAL else 0)
    length = capture.place.length or len(body)
    try:
        return read_record(stream_of(body[offset : offset + length]), 0, capture)
    except Unusable as error:
        return error

"""WARC files, in folders and WACZ packages too: what they hold of some hosts, and single pages."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from alescrawl.backfill.records import LONGEST_PAGE, digest_of, record_url, stated_digest
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.captures import Capture, Place

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from fastwarc.warc import WarcRecord

ENDINGS: Final = (".warc", ".warc.gz", ".wacz")
_INSIDE: Final = "!"
"""Between the path of a WACZ package and the name of a WARC in it."""
_MEMBER: Final = b"\x1f\x8b\x08"
_BLOCK: Final = 1 << 20
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_TIMESTAMP: Final = "00000101000000"


def warcs_at(path: str) -> list[str]:
    """Return the names of the WARCs at *path*: a file or a folder.

    Raises :exc:`DatasetError` where there are none.
    """
    place = Path(path)
    files = sorted(each for each in place.rglob("*") if _is_warc(each)) if place.is_dir() else []
    if place.is_file():
        files = [place]
    names = [name for file in files for name in _names(file)]
    if not names:
        raise DatasetError(f"{path}: none of {', '.join(ENDINGS)} is there")
    return names


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS) and path.is_file()


def _names(file: Path) -> Iterator[str]:
    if file.suffix.lower() != ".wacz":
        yield str(file.absolute())
        return
    try:
        with zipfile.ZipFile(file) as package:
            inside = sorted(package.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise DatasetError(f"{file} is no WACZ package ({error}): check the file") from error
    # WACZ 1.1.1, section 5.2 (specs.webrecorder.net, read in November 2026): WARCs are in archive/.
    for name in inside:
        if name.startswith("archive/") and name.lower().endswith(ENDINGS[:2]):
            yield f"{file.absolute()}{_INSIDE}{name}"


@contextmanager
def open_warc(name: str) -> Iterator[IO[bytes]]:
    """Give the WARC of that *name* for reading."""
    path, inside, member = name.partition(f".wacz{_INSIDE}")
    if not inside:
        with Path(name).open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(f"{path}.wacz") as package, package.open(member) as stream:
        yield stream


def state_of(name: str) -> str:
    """Return what tells the file of *name* from one of another day at the same place."""
    found = Path(name.partition(_INSIDE)[0]).stat()
    return f"{name} {found.st_size} {found.st_mtime_ns}"


def records(stream: IO[bytes], counts: Counter[str]) -> Iterator[WarcRecord]:
    """Yield the records of a WARC in order; what is damaged is counted and passed over."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - an extra

    start = 0
    while True:
        at = start
        try:
            stream.seek(start)
            for record in ArchiveIterator(stream, parse_http=True):
                at = record.stream_pos
                yield record
        except (OSError, ValueError, EOFError):
            counts["index/damaged"] += 1
        else:
            return
        following = _next_member(stream, at + 1)
        if following is None:
            return
        start = following


def _next_member(stream: IO[bytes], start: int) -> int | None:
    """Return where the next gzip member after *start* may begin."""
    stream.seek(start)
    position, kept = start, b""
    while block := stream.read(_BLOCK):
        found = (kept + block).find(_MEMBER)
        if found >= 0:
            return position - len(kept) + found
        position += len(block)
        kept = (kept + block)[-(len(_MEMBER) - 1) :]
    return None


def captures_in(
    name: str, archive: str, wanted: Callable[[str], bool], counts: Counter[str]
) -> Iterator[Capture]:
    """Yield the pages in the WARC of that *name* whose addresses are *wanted*.

    What is no page is counted by why: redirects, errors, other types, what is too long.
    """
    last: Capture | None = None
    with open_warc(name) as stream:
        for record in records(stream, counts):
            if last is not None:
                yield _ended(last, record.stream_pos)
                last = None
            url = record_url(record)
            if url is None or not wanted(url):
                continue
            reason = _reason_against(record)
            moment = moment_of(record.headers.get("WARC-Date") or "")
            if reason is not None or moment is None:
                counts[f"index/{reason or 'no_date'}"] += 1
                continue
            place = Place(name, record.stream_pos)
            last = Capture(url, moment, _digest(record), archive, place)
        if last is not None:
            yield _ended(last, stream.seek(0, 2))


def _ended(capture: Capture, end: int) -> Capture:
    """Return *capture*, whose record ends where the next one begins."""
    place = capture.place
    return replace(capture, place=place._replace(length=end - place.offset))


def _reason_against(record: WarcRecord) -> str | None:
    kind = str(record.record_type)
    if kind not in {"response", "revisit"}:
        return "other_record"
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    if kind == "revisit":
        return None if status in {None, _OK, _NOT_MODIFIED} else f"http_{status}"
    if status != _OK:
        return f"http_{status}"
    if "html" not in (record.http_content_type or "html"):
        return "other_type"
    return "too_long" if record.content_length > LONGEST_PAGE else None


def _digest(record: WarcRecord) -> str:
    stated = stated_digest(record.headers.get("WARC-Payload-Digest"))
    if stated or str(record.record_type) == "revisit":
        return stated
    return digest_of(record.reader.read(LONGEST_PAGE))


def moment_of(text: str) -> datetime | None:
    """Return the moment of a WARC-Date or of a timestamp of an index; ``None`` for none.

    Of a shorter one, a day or a year, its beginning.
    """
    digits = "".join(filter(str.isdecimal, text.partition(".")[0]))[:14]
    if len(digits) < 4 or len(digits) % 2:  # noqa: PLR2004 - a year
        return None
    whole = digits + _TIMESTAMP[len(digits) :]
    try:
        return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None

"""The archive as WARC files, a month each: written, read, rewritten without what had to go."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.dataset.storage.files import sync
from alescrawl.items import RawPage

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger


BATCH: Final = 32
BATCH_SECONDS: Final = 5.0
"""Records, and seconds, after which the archive is written to the disk for good."""

RecordType = Literal["response", "revisit"]
"""Of WARC: a revisit says that a page was read again and was, byte for byte, as before."""

# Bodies are kept decoded, and in one piece: these would say something else.
_OF_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length"})

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class DamagedRecord(Exception):  # noqa: N818 - what was found, not what went wrong here
    """A record of the archive is not what was written: cut short, or its digest differs."""


class Location(NamedTuple):
    """Where a record lies; *file* relative to the folder of the archive."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as the ledger's index knows it; *digest* is the SHA-1 of the body."""

    source: str
    url: str
    fetched_at: datetime
    kind: RecordType
    digest: str
    location: Location


class Archive:
    """The archive of one source, for one process that writes to it.

    What was written is on the disk before the index refers to it, once for a batch of records:
    what a power cut takes of the last batch is found by :func:`delete_leftovers`.

    What a killed process wrote and did not commit to the ledger is cut off before more is
    appended. Where months are to be deleted one day, each is *self_contained*: its revisits are
    of bodies in it. Raises :exc:`DatasetError` where the disk does not take a record.
    """

    def __init__(
        self, folder: Folder, ledger: Ledger, source: str, *, self_contained: bool = False
    ) -> None:
        self._root = folder.raw
        self._ledger = ledger
        self._source = source
        self._self_contained = self_contained
        self._checked: set[str] = set()
        self._unsynced: set[Path] = set()
        self._records, self._synced_at = 0, monotonic()

    def append(self, page: RawPage, fetched_at: datetime) -> RawRecord:
        """Write *page*; it counts once :func:`index` has committed the entry returned."""
        digest = digest_of(page.body)
        kind: RecordType = "response"
        if self._has(page.url, digest, f"{fetched_at:%Y-%m}" if self._self_contained else ""):
            kind = "revisit"
        data = _gzip_member(page, fetched_at, kind)
        file = f"source={self._source}/{fetched_at:%Y-%m}.warc.gz"
        try:
            offset = self._write(self._root / file, file, data)
            self._unsynced.add(self._root / file)
            self._records += 1
            if self._records >= BATCH or monotonic() - self._synced_at >= BATCH_SECONDS:
                self.sync()
        except OSError as error:
            raise DatasetError(
                f"cannot write to the archive {self._root / file} ({error.strerror}): free some "
                "disk space, or do without the archive with -s ALESCRAWL_RAW=0"
            ) from error
        place = Location(file, offset, len(data))
        return RawRecord(self._source, page.url, fetched_at, kind, digest, place)

    def sync(self) -> None:
        """See to it that all that was written is on the disk."""
        for path in self._unsynced:
            sync(path)
            sync(path.parent)
        self._unsynced.clear()
        self._records, self._synced_at = 0, monotonic()

    def _has(self, url: str, digest: str, since: str) -> bool:
        """Return whether a record since then holds that body; one of a revisit holds none."""
        held = (
            "SELECT 1 FROM raw WHERE (source, url, digest, kind) = (?, ?, ?, 'response') "
            "AND fetched_at >= ?"
        )
        return self._ledger.query(held, self._source, url, digest, since).fetchone() is not None

    def _write(self, path: Path, file: str, data: bytes) -> int:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as stream:
            if file not in self._checked:
                stream.truncate(min(stream.tell(), end_of(self._ledger, file)))
                self._checked.add(file)
            stream.seek(0, io.SEEK_END)
            offset = stream.tell()
            stream.write(data)
        return offset


def index(db: sqlite3.Connection, records: list[RawRecord], article_id: str) -> None:
    """Commit *records*, the parts of an article in order, within the transaction *db*."""
    db.executemany(
        "INSERT OR REPLACE INTO raw VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *record.location,
                record.source,
                record.url,
                instant_text(record.fetched_at),
                record.kind,
                record.digest,
                article_id,
                part,
            )
            for part, record in enumerate(records)
        ],
    )


def read_page(root: Path, location: Location, digest: str | None) -> RawPage:
    """Return the page at *location*; raise :exc:`DamagedRecord` where it is not as written.

    Without *digest* its body is not looked at: a revisit has none.
    """
    try:
        with (root / location.file).open("rb") as stream:
            stream.seek(location.offset)
            data = stream.read(location.length)
        if len(data) < location.length:
            raise DamagedRecord("cut short")
        page = _parse(data)
    except (OSError, zlib.error, ArchiveLoadFailed, StopIteration, ValueError) as error:
        raise DamagedRecord(str(error) or "unreadable") from error
    if digest is not None and digest_of(page.body) != digest:
        raise DamagedRecord("the digest of the body differs")
    return page


def record_of(row: sqlite3.Row) -> RawRecord:
    """Return the record that a *row* of the index is about."""
    place = Location(row["file"], row["offset"], row["length"])
    moment = datetime.fromisoformat(row["fetched_at"])
    return RawRecord(row["source"], row["url"], moment, row["kind"], row["digest"], place)


def remove_records(db: sqlite3.Connection, root: Path, article_ids: set[str]) -> None:
    """Leave the records of *article_ids* out of the archive within the transaction *db*.

    What stays is written to new files; the old ones go with :func:`delete_dropped`.
    """
    files = db.execute(
        "SELECT DISTINCT file FROM raw WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps([*article_ids]),),
    ).fetchall()
    try:
        for (file,) in files:
            _rewrite(db, root, file, article_ids)
    except OSError as error:
        raise DatasetError(
            f"cannot take pages out of the archive {root} ({error}): nothing was removed, "
            "check the permissions and run again"
        ) from error
    drop_files(db, [file for (file,) in files])


def drop_files(db: sqlite3.Connection, files: Iterable[str]) -> None:
    """Take whole *files* out of the index within the transaction *db*."""
    for file in files:
        db.execute("DELETE FROM raw WHERE file = ?", (file,))
        db.execute("INSERT OR IGNORE INTO dropped_files VALUES (?)", (file,))


def delete_dropped(ledger: Ledger, output: Folder) -> None:
    """Delete the files that the index has no more, also those that a killed process left."""
    every = "SELECT file FROM dropped_files"
    if ledger.query(every).fetchone() is None:
        return
    # In one: what another process has deleted already may be there anew, with other pages.
    with ledger.transaction() as db:
        for (file,) in db.execute(every).fetchall():
            (output.raw / file).unlink(missing_ok=True)
        db.execute("DELETE FROM dropped_files")


def end_of(ledger: Ledger, file: str) -> int:
    """Return where the last committed record of *file* ends."""
    found = ledger.query(
        'SELECT "offset" + length AS end FROM raw WHERE file = ? ORDER BY "offset" DESC LIMIT 1',
        file,
    ).fetchone()
    return found["end"] if found else 0


def _rewrite(db: sqlite3.Connection, root: Path, file: str, article_ids: set[str]) -> None:
    if not (root / file).exists():  # a user deleted it
        return
    target = _unused(root, file)
    rows = db.execute(
        'SELECT "offset", length, article_id FROM raw WHERE file = ? ORDER BY "offset"', (file,)
    ).fetchall()
    with (root / file).open("rb") as old, (root / target).open("xb") as new:
        for row in rows:
            if row["article_id"] in article_ids:
                continue
            old.seek(row["offset"])
            db.execute(
                'UPDATE raw SET file = ?, "offset" = ? WHERE file = ? AND "offset" = ?',
                (target, new.tell(), file, row["offset"]),
            )
            new.write(old.read(row["length"]))
        new.flush()
        os.fsync(new.fileno())


def _unused(root: Path, file: str) -> str:
    month = re.sub(r"(?:\.\d+)?\.warc\.gz$", "", file)
    names = (f"{month}.{number}.warc.gz" for number in count(2))
    return next(name for name in names if not (root / name).exists())


_LEVEL = 5
"""Of compression: a page takes 2 % more bytes than at warcio's 9, and half of the time."""

_GZIP = zlib.MAX_WBITS | 16


def digest_of(body: bytes) -> str:
    """Return the SHA-1 of *body* in hexadecimal, as WARC tools compute it."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def _gzip_member(page: RawPage, fetched_at: datetime, kind: RecordType) -> bytes:
    """Return one gzip member that is a WARC record of *page*."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    kept = [(name, value) for name, value in page.headers if name.lower() not in _OF_TRANSPORT]
    headers = StatusAndHeaders(f"{page.status} OK", kept, protocol="HTTP/1.1")
    more = {"WARC-Date": f"{fetched_at:%Y-%m-%dT%H:%M:%SZ}"}
    if kind == "revisit":
        more["WARC-Profile"] = _PROFILE
    body = page.body if kind == "response" else b""
    made = writer.create_warc_record(
        page.url, kind, io.BytesIO(body), http_headers=headers, warc_headers_dict=more
    )
    writer.write_record(made)
    return zlib.compress(out.getvalue(), _LEVEL, _GZIP)


def _parse(data: bytes) -> RawPage:
    found = next(iter(ArchiveIterator(io.BytesIO(data), check_digests=False)))
    headers = found.http_headers
    status = int(headers.get_statuscode()) if headers else 0
    url = found.rec_headers.get_header("WARC-Target-URI")
    body = found.content_stream().read()
    return RawPage(url, status, list(headers.headers) if headers else [], body)

"""Captures: what archives have of the addresses of a source, and what each came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.window import Window

SAME: Final = "unchanged/same_digest"
"""Outcome of a capture that is, byte for byte, the one before it of its address."""
FAILED: Final = "failed/"
"""Begins the outcomes that say nothing of the page: another copy of it is worth reading."""


class Place(NamedTuple):
    """Where a capture lies: in a WARC (a path, or an address), or, *offset* below 0, a replay."""

    file: str
    offset: int
    length: int = 0

    @property
    def is_replay(self) -> bool:
        """Whether *file* is the address at which a server shows the capture."""
        return self.offset < 0


@dataclass(frozen=True, slots=True)
class Capture:
    """One state of an address in an archive; *digest* is Base32 of SHA-1, empty if not stated."""

    url: str
    captured_at: datetime
    digest: str
    archive: str
    place: Place

    @property
    def canonical(self) -> str:
        """The address under which it is known: the same with http and https."""
        return canonical_url(self.url)


_ADD = """
INSERT OR IGNORE INTO captures
  (source, url, captured_at, digest, captured_url, archive, file, "offset", length)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_WAITING = """
SELECT * FROM captures WHERE source = :source AND outcome IS NULL
  AND captured_at >= coalesce(:since, '') AND captured_at < coalesce(:until, '~')
  AND (captured_at, url, digest) > (:after_time, :after_url, :after_digest)
ORDER BY captured_at, url, digest LIMIT :count
"""
_BEFORE = """
SELECT digest, outcome FROM captures
WHERE source = ? AND url = ? AND captured_at <= ? AND digest <> '' AND outcome IS NOT NULL
  AND outcome NOT LIKE 'failed/%'
ORDER BY captured_at DESC LIMIT 1
"""
_DECIDE = """
UPDATE captures SET outcome = ?, article_id = ?, run_id = ?
WHERE (source, url, captured_at, digest) = (?, ?, ?, ?)
"""
_BY_YEAR = """
WITH own AS (
  SELECT *, lag(digest) OVER (PARTITION BY url ORDER BY captured_at) AS earlier FROM captures
  WHERE source = :source AND captured_at >= coalesce(:since, '')
    AND captured_at < coalesce(:until, '~'))
SELECT substr(captured_at, 1, 4) AS year, count(*) AS captures, count(DISTINCT url) AS addresses,
  sum(digest = '' OR digest IS NOT earlier) AS states, sum(length) AS bytes FROM own
WHERE outcome IS NULL GROUP BY year ORDER BY year
"""


def add_captures(db: sqlite3.Connection, source: str, found: Iterable[Capture]) -> int:
    """Note captures to be read within the transaction *db*; return how many were not known."""
    before = db.total_changes
    db.executemany(
        _ADD,
        (
            (source, c.canonical, instant_text(c.captured_at), c.digest, c.url, c.archive, *c.place)
            for c in found
        ),
    )
    return db.total_changes - before


def waiting_captures(
    ledger: Ledger, source: str, window: Window, after: Capture | None, count: int
) -> list[Capture]:
    """Return the next *count* captures yet to be read, in order of time, *after* that one."""
    values: dict[str, Any] = {
        "source": source,
        "since": instant_text(window.since),
        "until": instant_text(window.until),
        "after_time": (instant_text(after.captured_at) or "") if after else "",
        "after_url": after.canonical if after else "",
        "after_digest": after.digest if after else "",
        "count": count,
    }
    return [_capture(row) for row in _rows(ledger, _WAITING, values)]


def _rows(ledger: Ledger, sql: str, values: dict[str, Any]) -> list[sqlite3.Row]:
    with ledger.transaction() as db:
        return db.execute(sql, values).fetchall()


def _capture(row: sqlite3.Row) -> Capture:
    place = Place(row["file"], row["offset"], row["length"])
    moment = datetime.fromisoformat(row["captured_at"])
    return Capture(row["captured_url"], moment, row["digest"], row["archive"], place)


def is_same_as_before(ledger: Ledger, source: str, capture: Capture) -> bool:
    """Return whether the last capture that was read of its address has the same digest."""
    if not capture.digest:
        return False
    moment = instant_text(capture.captured_at)
    found = ledger.query(_BEFORE, source, capture.canonical, moment).fetchone()
    return found is not None and found["digest"] == capture.digest


def decide(
    db: sqlite3.Connection,
    source: str,
    capture: Capture,
    outcome: str,
    *,
    run_id: str,
    article_id: str | None = None,
) -> None:
    """Record within the transaction *db* what *capture* came to."""
    moment = instant_text(capture.captured_at)
    key = (source, capture.canonical, moment, capture.digest)
    db.execute(_DECIDE, (outcome, article_id, run_id, *key))


class YearCount(NamedTuple):
    """What waits of the captures of a year: *states* are those whose content differs."""

    year: str
    captures: int
    addresses: int
    states: int
    bytes: int


def waiting_by_year(ledger: Ledger, source: str, window: Window) -> list[YearCount]:
    """Return what of *source* is yet to be read, by the year of capture."""
    values = {"source": source, **_bounds(window)}
    return [YearCount(*row) for row in _rows(ledger, _BY_YEAR, values)]


def _bounds(window: Window) -> dict[str, str | None]:
    return {"since": instant_text(window.since), "until": instant_text(window.until)}


def local_files(ledger: Ledger, source: str) -> set[str]:
    """Return the files on this disk that hold captures yet to be read."""
    found = ledger.query(
        "SELECT DISTINCT file FROM captures WHERE source = ? AND outcome IS NULL "
        "AND file NOT LIKE 'http%://%'",
        source,
    )
    # Of a WARC in a package, the package.
    return {row["file"].partition("!")[0] for row in found}


def was_read(ledger: Ledger, source: str, part: str) -> bool:
    """Return whether that *part* of an index was read to its end."""
    found = ledger.query("SELECT 1 FROM read_indexes WHERE (source, part) = (?, ?)", source, part)
    return found.fetchone() is not None


def note_read(db: sqlite3.Connection, source: str, part: str) -> None:
    """Record within the transaction *db* that a *part* of an index was read to its end."""
    db.execute("INSERT OR IGNORE INTO read_indexes VALUES (?, ?)", (source, part))


def outcomes_of(ledger: Ledger, run_id: str) -> Iterator[tuple[str, int]]:
    """Yield how many captures came to each outcome in a run."""
    found = ledger.query(
        "SELECT outcome, count(*) AS count FROM captures WHERE run_id = ? GROUP BY outcome", run_id
    )
    yield from ((row["outcome"], row["count"]) for row in found)

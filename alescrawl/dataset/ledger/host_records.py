"""What hosts say to robots, kept for a day, and until when they asked to be left alone."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alescrawl.dataset.ledger.clock import latest_believed
from alescrawl.dataset.ledger.connection import instant_text, text_instant

if TYPE_CHECKING:
    from alescrawl.dataset.ledger.connection import Ledger

KEPT_FOR = timedelta(days=1)
"""RFC 9309, section 2.4: a robots.txt older than a day is not to be used."""


@dataclass(frozen=True, slots=True)
class HostFile:
    """One answer of a host: its robots.txt or tdmrep.json."""

    status: int
    body: bytes


class HostRecords:
    """The hosts of the ledger, each an origin such as ``https://journal.example``.

    All sources and processes that share an output folder share them.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def file(self, origin: str, path: str) -> HostFile | None:
        """Return what *origin* last answered at *path*, ``None`` where that is a day ago."""
        row = self._ledger.query(
            "SELECT status, body FROM host_files WHERE origin = ? AND path = ? "
            "AND fetched_at > ? AND fetched_at <= ?",
            origin,
            path,
            instant_text(datetime.now(UTC) - KEPT_FOR),
            latest_believed(),
        ).fetchone()
        return None if row is None else HostFile(row["status"], zlib.decompress(row["body"]))

    def keep_file(self, origin: str, path: str, found: HostFile) -> None:
        """Record what *origin* answers now at *path*."""
        with self._ledger.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO host_files VALUES (?, ?, ?, ?, ?)",
                (
                    origin,
                    path,
                    instant_text(datetime.now(UTC)),
                    found.status,
                    zlib.compress(found.body),
                ),
            )

    def closed_until(self, origin: str) -> datetime | None:
        """Return until when *origin* asked to be left alone, ``None`` where that is over."""
        row = self._ledger.query(
            "SELECT closed_until FROM hosts WHERE origin = ? AND closed_until > ? "
            "AND coalesce(closed_at, '') <= ?",
            origin,
            instant_text(datetime.now(UTC)),
            latest_believed(),
        ).fetchone()
        return None if row is None else text_instant(row["closed_until"])

    def close(self, origin: str, until: datetime) -> None:
        """Record that *origin* asked to be left alone *until* then."""
        with self._ledger.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)",
                (origin, instant_text(until), instant_text(datetime.now(UTC))),
            )

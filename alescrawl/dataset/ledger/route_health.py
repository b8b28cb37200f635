"""The health of each route that a module states: when it was asked, read, and last had news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.ledger.connection import instant_text, text_instant

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.ledger.connection import Ledger

_RECORD: Final = """
INSERT INTO route_health (source, url, kind, first_asked, last_asked, last_read, last_listed,
                          last_new, last_failed, reason)
VALUES (:source, :url, :kind, :now, :now, :read, :listed, :new, :failed, :reason)
ON CONFLICT DO UPDATE SET
    kind = :kind, last_asked = :now, last_read = coalesce(:read, last_read),
    last_listed = coalesce(:listed, last_listed), last_new = coalesce(:new, last_new),
    last_failed = coalesce(:failed, last_failed), reason = coalesce(:reason, reason)
"""

_FRESH: Final = """
SELECT listed_url FROM urls WHERE source = ?
  AND first_seen >= (SELECT started FROM runs WHERE run_id = ?)
"""

_ALL: Final = "SELECT * FROM route_health ORDER BY source, url"


@dataclass(slots=True)
class RouteNews:
    """What one run learned of a route: whether it was read, listed articles, and new ones."""

    url: str
    kind: str
    is_read: bool = False
    lists: bool = False
    has_news: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RouteHealth:
    """What is known of a route from all runs; moments are in UTC, ``None``: never."""

    source: str
    url: str
    kind: str
    first_asked: datetime | None
    last_asked: datetime | None
    last_read: datetime | None = None
    last_listed: datetime | None = None
    last_new: datetime | None = None
    last_failed: datetime | None = None
    reason: str | None = None


def note_health(db: sqlite3.Connection, source: str, news: Iterable[RouteNews]) -> None:
    """Keep within the transaction *db* what a run learned of the routes of *source*."""
    now = instant_text(datetime.now(UTC))
    rows = [
        {
            "source": source,
            "url": each.url,
            "kind": each.kind,
            "now": now,
            "read": now if each.is_read else None,
            "listed": now if each.lists else None,
            "new": now if each.has_news else None,
            "failed": now if each.reason is not None else None,
            "reason": each.reason,
        }
        for each in news
    ]
    db.executemany(_RECORD, rows)


def new_addresses(ledger: Ledger, source: str, run_id: str) -> Iterator[str]:
    """Yield the addresses of *source* that were unknown before the run *run_id*, as listed."""
    yield from (row["listed_url"] for row in ledger.query(_FRESH, source, run_id))


def route_health(db: sqlite3.Connection) -> list[RouteHealth]:
    """Return what is known of all routes that were asked, by source and address."""
    return [_of_row(row) for row in db.execute(_ALL)]


def _of_row(row: sqlite3.Row) -> RouteHealth:
    return RouteHealth(
        row["source"],
        row["url"],
        row["kind"],
        text_instant(row["first_asked"]),
        text_instant(row["last_asked"]),
        text_instant(row["last_read"]),
        text_instant(row["last_listed"]),
        text_instant(row["last_new"]),
        text_instant(row["last_failed"]),
        row["reason"],
    )

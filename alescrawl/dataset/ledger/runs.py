"""The runs of the ledger: when each source was crawled, how far back, and what it came to."""

from __future__ import annotations

import json
import secrets
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from alescrawl.dataset import tables
from alescrawl.dataset.ledger.clock import FIRST_RUN_DAYS, latest_believed
from alescrawl.dataset.ledger.connection import Ledger, instant_text, text_instant
from alescrawl.dataset.ledger.partitions import mark_changed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.window import Window

CRAWL = "crawl"
REPROCESS = "reprocess"
BACKFILL = "backfill"
"""Kinds of runs: one that asks a site, one that reads the archive again, one of web archives."""
INTERRUPTED = "interrupted"


def begin_run(
    ledger: Ledger, source: str, window: Window, *, covers: bool = True, kind: str = CRAWL
) -> str:
    """Record that a run over *window* begins; return its id, which sorts by time.

    One that *covers* its window makes that the least that later runs are about.
    """
    now = datetime.now(UTC)
    # Six hexadecimal digits: the microsecond, then one at random for runs of other sources.
    run_id = f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(1)[0]}"
    with ledger.transaction() as db:
        _end_interrupted(db, source)
        db.execute(
            "INSERT INTO runs (run_id, source, kind, started, since, until) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (run_id, source, kind, instant_text(now), *map(instant_text, window)),
        )
        if covers:
            _widen_coverage(db, source, window.since)
        mark_run_changed(db, source, run_id)
    return run_id


def _end_interrupted(db: sqlite3.Connection, source: str) -> None:
    cut = "source = ? AND ended IS NULL AND finish_reason IS NULL"
    for (run_id,) in db.execute(f"SELECT run_id FROM runs WHERE {cut}", (source,)).fetchall():  # noqa: S608 - a constant
        mark_run_changed(db, source, run_id)
    db.execute(f"UPDATE runs SET finish_reason = ? WHERE {cut}", (INTERRUPTED, source))  # noqa: S608 - same


def mark_run_changed(db: sqlite3.Connection, source: str, run_id: str) -> None:
    """Record that the row of a run changed: runs are published by the month of their beginning."""
    mark_changed(db, tables.RUNS, source, f"{run_id[:4]}-{run_id[4:6]}")


def runs_of_month(ledger: Ledger, source: str, part: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a partition of the table of runs, such as ``2026-11``."""
    first = part.replace("-", "")
    rows = ledger.query(
        "SELECT * FROM runs WHERE source = ? AND run_id >= ? AND run_id < ? ORDER BY run_id",
        *(source, first, f"{first}~"),
    )
    yield from map(run_row, rows)


def _widen_coverage(db: sqlite3.Connection, source: str, since: datetime | None) -> None:
    """Remember the farthest that a source's articles were asked for (empty: all of them)."""
    db.execute(
        "INSERT INTO sources (source, since) VALUES (?, ?) "
        "ON CONFLICT DO UPDATE SET since = min(since, excluded.since)",
        (source, instant_text(since)),
    )


def known_sources(ledger: Ledger) -> list[str]:
    """Return the names of all sources that a run was about."""
    found = ledger.query("SELECT DISTINCT source FROM runs ORDER BY source")
    return [row["source"] for row in found]


# By an index alone: a year of hourly runs is half a million rows.
_LAST_RUNS = """
SELECT source, max(started) AS last,
  max(CASE WHEN finish_reason = 'finished' THEN started END) AS last_whole,
  max(CASE WHEN verdict IN ('ok', 'nothing_new', 'moved') THEN started END) AS last_good,
  max(CASE WHEN verdict > '' THEN run_id END) AS judged
FROM runs WHERE kind = 'crawl' AND started <= ? GROUP BY source
"""


class LastRuns(NamedTuple):
    """When the last crawls of a source began, as the ledger writes it; empty where there is none.

    *last_whole* is the last that was not cut short, *last_good* the last that was well, *judged*
    the run_id of the last that has a verdict.
    """

    source: str
    last: str
    last_whole: str | None
    last_good: str | None
    judged: str | None


def last_runs(db: sqlite3.Connection) -> list[LastRuns]:
    """Return when each source was crawled last; what is recorded later than now is no run."""
    return [LastRuns(*row) for row in db.execute(_LAST_RUNS, (latest_believed(),))]


def longest_due_first(folder: Folder, sources: Iterable[str]) -> list[str]:
    """Return *sources*, first those never crawled to the end, then by how long that is ago.

    Of a run that was cut short the newest articles alone were read: its source stays due.
    """
    if not folder.ledger.exists():
        return sorted(sources)
    with closing(Ledger(folder.ledger)) as ledger, ledger.transaction() as db:
        last = {each.source: (each.last_whole or "", each.last) for each in last_runs(db)}
    return sorted(sources, key=lambda source: (*last.get(source, ("", "")), source))


def default_since(ledger: Ledger, source: str) -> datetime | None:
    """Return how far back a run goes by default: as far as any before it, at first 30 days."""
    first = datetime.now(UTC) - timedelta(days=FIRST_RUN_DAYS)
    row = ledger.query("SELECT since FROM sources WHERE source = ?", source).fetchone()
    if row is None:
        return first
    since = text_instant(row["since"])
    # One in the future is of a clock that was ahead.
    return first if since is not None and since > datetime.now(UTC) else since


def end_run(
    ledger: Ledger, run_id: str, reason: str, counts: dict[str, int], program_version: str
) -> None:
    """Record how the run ended: *reason* as Scrapy gives it, *counts* by name."""
    with ledger.transaction() as db:
        db.execute(
            "UPDATE runs SET ended = ?, finish_reason = ?, counts = ?, version = ? "
            "WHERE run_id = ?",
            (instant_text(datetime.now(UTC)), reason, json.dumps(counts), program_version, run_id),
        )
        (source,) = db.execute("SELECT source FROM runs WHERE run_id = ?", (run_id,)).fetchone()
        mark_run_changed(db, source, run_id)


_COUNTED = {
    "found": "found",
    "requested": "requested",
    "new": "article/new",
    "changed": "article/changed",
    "duplicate": "article/duplicate",
    "not_article": "page/not_article",
    "refused": "page/refused",
    "failed": "page/failed",
    "gone": "page/gone",
    "requests": "traffic/requests",
    "not_modified": "traffic/status/304",
    "bytes": "traffic/bytes",
}
"""For each column of the table of runs, the count it holds."""


def run_row(row: sqlite3.Row) -> dict[str, Any]:
    """Return the columns of the table of runs from a row of the ledger."""
    counts: dict[str, Any] = json.loads(row["counts"])
    columns = {column: counts.get(name, 0) for column, name in _COUNTED.items()}
    columns["unchanged"] = counts.get("article/unchanged", 0) + counts.get("article/refreshed", 0)
    reasons = [{"name": n, "count": c} for n, c in sorted(counts.items())]
    return {
        **{name: row[name] for name in ("run_id", "source", "kind", "finish_reason")},
        **{name: text_instant(row[name]) for name in ("started", "ended", "since", "until")},
        **columns,
        "reasons": reasons,
        "http_statuses": _statuses(counts),
        "program_version": row["version"],
        **quality_columns(row),
    }


def _statuses(counts: dict[str, int]) -> list[dict[str, int]]:
    prefix = "traffic/status/"
    found = {int(n.removeprefix(prefix)): c for n, c in counts.items() if n.startswith(prefix)}
    return [{"status": status, "count": found[status]} for status in sorted(found)]


def quality_columns(row: sqlite3.Row) -> dict[str, Any]:
    """Return what was thought of a run, and the figures that this rests on."""
    told: dict[str, Any] = json.loads(row["quality"] or "{}")
    return {
        "verdict": row["verdict"],
        "why": json.loads(row["why"] or "[]"),
        "articles_read": told.get("rows"),
        "median_words": told.get("median_words"),
        "fill_rates": [{"name": n, "share": s} for n, s in told.get("fill", {}).items()],
        "origins": [
            {"name": name, "origin": origin, "share": share}
            for name, shares in told.get("origins", {}).items()
            for origin, share in shares.items()
        ],
    }

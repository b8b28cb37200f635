"""Times later than now, which a clock that was ahead has left in the ledger: none is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.dataset.ledger.connection import instant_text, text_instant
from alescrawl.dataset.ledger.lastmod import FUTURE

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.dataset.ledger.connection import Ledger

SKEW: Final = timedelta(minutes=5)
"""By which clocks differ that are right: a time that is less later than now is believed."""
FIRST_RUN_DAYS: Final = 30
"""How far back a source's first run goes."""

_NEWEST_RUN: Final = "SELECT max(run_id) AS run_id, max(started) AS started FROM runs"
_ADDRESSES: Final = """
UPDATE urls SET
    next_check = CASE
        -- An item of a digest is never asked for by itself.
        WHEN instr(url, '#') THEN next_check
        WHEN fetched_at > :limit OR first_seen > :limit THEN :now
        ELSE next_check END,
    unlisted_check = NULL,
    -- The page comes whole, so that its row has the time at which it was really read.
    etag = CASE WHEN fetched_at > :limit THEN NULL ELSE etag END,
    last_modified = CASE WHEN fetched_at > :limit THEN NULL ELSE last_modified END,
    first_seen = min(first_seen, :now), last_seen = min(last_seen, :now),
    fetched_at = min(fetched_at, :now), missing_since = min(missing_since, :now),
    lastmod = CASE WHEN lastmod > :tomorrow THEN NULL ELSE lastmod END,
    published = CASE WHEN published > :tomorrow THEN NULL ELSE published END
WHERE source = :source AND (fetched_at > :limit OR first_seen > :limit OR last_seen > :limit
    OR missing_since > :limit OR lastmod > :tomorrow OR published > :tomorrow)
"""
_ROUTES: Final = "DELETE FROM routes WHERE source = :source AND read_at > :limit"
_HONEST_RUN: Final = """
SELECT 1 FROM runs WHERE source = :source AND kind = 'crawl' AND started <= :limit LIMIT 1
"""


class Distrusted(NamedTuple):
    """What is not believed of a source: its newest run began later than now."""

    newest: datetime
    addresses: int

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"a run is recorded at {self.newest:%Y-%m-%d %H:%M} UTC, later than now, when this "
            f"machine's clock was ahead: its times are not believed, {self.addresses} of its "
            "addresses are asked for again"
        )


def latest_believed(now: datetime | None = None) -> str:
    """Return the latest time that is believed, as the ledger writes it."""
    return instant_text((now or datetime.now(UTC)) + SKEW) or ""


def distrust_later_than_now(ledger: Ledger, source: str) -> Distrusted | None:
    """Take back what runs of *source* recorded that are later than now; return what that was.

    Its addresses are due, its routes are read anew, and it is collected as far back as by a first
    run. No other run of it may be under way. ``None`` where there is nothing to take back.
    """
    now = datetime.now(UTC)
    found = ledger.query(
        f"{_NEWEST_RUN} WHERE source = ? AND started > ?", source, latest_believed(now)
    ).fetchone()
    done = ledger.query("SELECT distrusted FROM sources WHERE source = ?", source).fetchone()
    if found["run_id"] is None or (done is not None and done["distrusted"] == found["run_id"]):
        return None
    values = {
        "source": source,
        "now": instant_text(now),
        "limit": latest_believed(now),
        "tomorrow": instant_text(now + FUTURE),
    }
    with ledger.transaction() as db:
        count = db.execute(_ADDRESSES, values).rowcount
        db.execute(_ROUTES, values)
        _shorten_coverage(db, values, now)
        db.execute("UPDATE sources SET distrusted = ? WHERE source = ?", (found["run_id"], source))
    return Distrusted(text_instant(found["started"]) or now, count)


def _shorten_coverage(db: sqlite3.Connection, values: dict[str, str | None], now: datetime) -> None:
    """Let a source go back as far as at first where only runs later than now said how far."""
    first = instant_text(now - timedelta(days=FIRST_RUN_DAYS))
    only_later = db.execute(_HONEST_RUN, values).fetchone() is None
    db.execute(
        "UPDATE sources SET since = min(since, ?) WHERE source = ? AND (? OR since > ?)",
        (first, values["source"], only_later, values["now"]),
    )


def sources_later_than_now(db: sqlite3.Connection) -> dict[str, datetime]:
    """Return the sources of which a run is recorded later than now, and when it began."""
    rows = db.execute(
        "SELECT source, max(started) FROM runs WHERE started > ? GROUP BY source",
        (latest_believed(),),
    ).fetchall()
    return {source: moment for source, told in rows if (moment := text_instant(told))}

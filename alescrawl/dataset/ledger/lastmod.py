"""How far the lastmod of a source's routes is believed: some stamp every address with today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.ledger.connection import instant_text

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.dataset.ledger.connection import Ledger

ENOUGH: Final = 20
"""Pages that must have been read in vain before a source's lastmod is doubted."""

LEAST_RIGHT: Final = 0.05
"""The share of pages whose words had really changed, below which it is not believed."""

MEMORY: Final = 200
"""Pages after which what was seen counts half: a source may mend its ways."""

DOUBTED_RECHECK: Final = timedelta(days=30)
"""How often an address is asked for all the same where lastmod is not believed."""

FUTURE: Final = timedelta(days=1)
"""A moment that is farther off says nothing; one that is less may be of another time zone."""

_WEIGH = """
UPDATE sources SET lastmod_right = lastmod_right + :changed,
                   lastmod_wrong = lastmod_wrong + NOT :changed
WHERE source = :source AND EXISTS (
    SELECT 1 FROM urls WHERE source = :source AND url = :url AND unlisted_check > :now)
"""
_FADE = """
UPDATE sources SET lastmod_right = lastmod_right / 2, lastmod_wrong = lastmod_wrong / 2
WHERE source = ? AND lastmod_right + lastmod_wrong > ?
"""


def weigh(db: sqlite3.Connection, source: str, url: str, *, changed: bool) -> None:
    """Record whether the words at *url* had *changed*, if only a lastmod made it due."""
    now = instant_text(datetime.now(UTC))
    db.execute(_WEIGH, {"source": source, "url": url, "now": now, "changed": changed})
    db.execute(_FADE, (source, MEMORY))


def is_believed(ledger: Ledger, source: str) -> bool:
    """Return whether a newer lastmod alone is reason enough to ask for a page of *source*."""
    row = ledger.query(
        "SELECT lastmod_right, lastmod_wrong FROM sources WHERE source = ?", source
    ).fetchone()
    if row is None or row["lastmod_wrong"] < ENOUGH:
        return True
    right, wrong = row["lastmod_right"], row["lastmod_wrong"]
    return bool(right >= LEAST_RIGHT * (right + wrong))


def believable(lastmod: datetime | None, now: datetime) -> datetime | None:
    """Return *lastmod* unless it lies in the future."""
    return None if lastmod is not None and lastmod > now + FUTURE else lastmod

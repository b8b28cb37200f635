"""What was read while a source was not well is read again once it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.ledger import instant_text

if TYPE_CHECKING:
    import sqlite3

UNNOTICED: Final = 4
"""Runs with articles before the first that was judged bad that may have been spoilt, too."""

_FIRST = """
SELECT min(run_id) AS run_id, min(started) AS started FROM runs
WHERE source = :source AND kind = 'crawl' AND verdict IN ('degraded', 'broken')
  AND run_id < :run AND run_id > coalesce((
    SELECT max(run_id) FROM runs
    WHERE source = :source AND kind = 'crawl' AND run_id < :run AND (verdict = 'ok' OR accepted)
  ), '')
"""
# Of a source that writes little a few articles pass before it is noticed.
_BEFORE = """
SELECT started FROM runs WHERE source = :source AND kind = 'crawl' AND run_id < :first
AND verdict = 'ok' ORDER BY run_id DESC LIMIT 1 OFFSET :unnoticed
"""
# With the validators that are known: a page that is still the same is not sent again.
_RECHECK = """
UPDATE urls SET next_check = :now, unlisted_check = NULL
WHERE source = :source AND status = 'article' AND claimed_by IS NOT :run
  AND fetched_at >= :since
"""


def recheck_held(db: sqlite3.Connection, source: str, run_id: str) -> None:
    """Make due the articles of the runs whose rows waited until *run_id*, which was well.

    What a broken template did not show they would lack for ever: an article without a date is
    not looked at again.
    """
    values: dict[str, object] = {
        "source": source,
        "run": run_id,
        "now": instant_text(datetime.now(UTC)),
    }
    first, since = db.execute(_FIRST, values).fetchone()
    if first is None:
        return
    values |= {"first": first, "unnoticed": UNNOTICED - 1}
    earlier = db.execute(_BEFORE, values).fetchone()
    db.execute(_RECHECK, {**values, "since": earlier[0] if earlier else since})

"""Addresses that a complete list no longer names: each is asked for once more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.dataset.ledger.route_visits import RouteVisit

# What was asked for in this run anyway has answered. No list names it any more, so that a list
# which names only the newest costs a request for each article, and not one in each run.
_RECHECK = """
UPDATE urls
SET listed_by = NULL,
    next_check = CASE WHEN claimed_by IS :run THEN next_check ELSE :now END,
    unlisted_check = CASE WHEN claimed_by IS :run THEN unlisted_check END
WHERE source = :source AND listed_by IN (SELECT value FROM json_each(:lists))
  AND listed_in IS NOT :run AND status = 'article'
"""
_STILL_LISTED = """
UPDATE urls SET last_seen = :now, listed_in = :run, listed_by = coalesce(listed_by, :listed_by)
WHERE source = :source AND url = :url
"""
_KNOWN = """
SELECT count(*) FROM urls
WHERE source = ? AND first_seen <= ? AND url IN (SELECT value FROM json_each(?))
"""


class Unlisted:
    """The addresses of one source that a run misses on its lists."""

    def __init__(self, ledger: Ledger, source: str, run_id: str) -> None:
        self._ledger = ledger
        self._source = source
        self._run_id = run_id

    def recheck(self, lists: Collection[str]) -> int:
        """Make due what one of *lists* named and this run found on no route; return how many.

        *lists* are the addresses of complete lists that this run has read whole.
        """
        values = {
            "source": self._source,
            "run": self._run_id,
            "now": instant_text(datetime.now(UTC)),
            "lists": json.dumps(sorted(lists)),
        }
        with self._ledger.transaction() as db:
            return db.execute(_RECHECK, values).rowcount

    def still_listed(self, entries: Sequence[Listed]) -> None:
        """Record that *entries* are listed, as far as they are known."""
        now = instant_text(datetime.now(UTC))
        with self._ledger.transaction() as db:
            db.executemany(
                _STILL_LISTED,
                [
                    {
                        "source": self._source,
                        "run": self._run_id,
                        "now": now,
                        "url": canonical_url(entry.url),
                        "listed_by": entry.listed_by,
                    }
                    for entry in entries
                ],
            )

    def added(self, entries: Sequence[Listed], last: RouteVisit) -> int:
        """Return how many of *entries* a route did not list yet at its *last* visit.

        What is older than that visit went back to may have been on the list, unseen.
        """
        since = last.walked_since
        urls = {
            canonical_url(entry.url)
            for entry in entries
            if since is None or entry.published is None or entry.published >= since
        }
        known = self._ledger.query(
            _KNOWN, self._source, instant_text(last.read_at), json.dumps(sorted(urls))
        )
        return len(urls) - int(known.fetchone()[0])

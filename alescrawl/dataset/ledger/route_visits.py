"""What is known of each route: when it was last read whole, and what it said of its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alescrawl.dataset.ledger.connection import instant_text, text_instant

if TYPE_CHECKING:
    from alescrawl.dataset.ledger.connection import Ledger


_RECORD = """
INSERT OR REPLACE INTO routes (source, url, etag, last_modified, lastmod, facts, http_status,
                               read_at, walked, walked_since, total)
VALUES (:source, :url, :etag, :last_modified, :lastmod, :facts, :http_status,
        :now, :walked, :walked_since, :total)
"""


@dataclass(frozen=True, slots=True)
class RouteVisit:
    """One reading of a route, whole and without a flaw; times are UTC.

    *lastmod* is when it had changed, as the route that leads to it declared. *walked* says
    whether all further pages, if there are any, were read too, back to *walked_since* (``None``:
    to the last). *total* is how many entries there were on all pages, where the route says so.
    """

    http_status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    lastmod: datetime | None = None
    walked: bool = True
    walked_since: datetime | None = None
    read_at: datetime | None = None
    total: int | None = None

    def walked_back_to(self, since: datetime | None) -> bool:
        """Return whether the further pages were read at least back to *since*."""
        if not self.walked or self.walked_since is None:
            return self.walked
        return since is not None and self.walked_since <= since


class RouteVisits:
    """The routes of one source.

    *facts* names what routes are read with. A visit that was made with other facts is as good
    as none: what was passed over then may be an article now.
    """

    def __init__(self, ledger: Ledger, source: str, facts: str) -> None:
        self._ledger = ledger
        self._source = source
        self._facts = facts

    def last(self, url: str) -> RouteVisit | None:
        """Return the last visit to the route at *url*, ``None`` where there is none to use."""
        row = self._ledger.query(
            "SELECT * FROM routes WHERE source = ? AND url = ? AND facts = ?",
            self._source,
            url,
            self._facts,
        ).fetchone()
        if row is None:
            return None
        return RouteVisit(
            row["http_status"],
            row["etag"],
            row["last_modified"],
            text_instant(row["lastmod"]),
            bool(row["walked"]),
            text_instant(row["walked_since"]),
            text_instant(row["read_at"]),
            row["total"],
        )

    def record(self, url: str, visit: RouteVisit) -> None:
        """Keep *visit*, made now, as the last one to the route at *url*."""
        values = {
            "source": self._source,
            "url": url,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "lastmod": instant_text(visit.lastmod),
            "facts": self._facts,
            "http_status": visit.http_status,
            "now": instant_text(datetime.now(UTC)),
            "walked": visit.walked,
            "walked_since": instant_text(visit.walked_since),
            "total": visit.total,
        }
        with self._ledger.transaction() as db:
            db.execute(_RECORD, values)

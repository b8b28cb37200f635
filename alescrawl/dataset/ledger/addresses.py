"""Addresses: what the requests for those of a source came to, and what they turned out to be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.dataset.ledger.hints import WITHHOLDING, allowed_hints
from alescrawl.dataset.ledger.lastmod import weigh

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Visit

NOT_MODIFIED = 304

_RECORD = """
INSERT INTO urls (source, url, listed_url, status, reason, article_id, http_status, published,
                  etag, last_modified, first_seen, last_seen, fetched_at, failures, next_check,
                  missing_since, withheld)
VALUES (:source, :url, :url, :status, :reason, :article_id, :http_status, :published,
        :etag, :last_modified, :now, :now, :now, :failed, :next_check,
        CASE :status WHEN 'gone' THEN :now END, :withheld)
ON CONFLICT DO UPDATE SET
    status = :status,
    reason = CASE WHEN :not_modified THEN reason ELSE :reason END,
    hints = allowed_hints(hints, :withheld),
    withheld = CASE WHEN :withheld IS NOT NULL THEN :withheld
        WHEN :status IN ('article', 'duplicate') AND NOT :not_modified THEN NULL
        ELSE withheld END,
    http_status = :http_status,
    article_id = coalesce(:article_id, article_id),
    published = coalesce(:published, published),
    etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),
    fetched_at = :now, failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END,
    next_check = :next_check, unlisted_check = NULL,
    missing_since = CASE
        WHEN :status = 'gone' THEN coalesce(missing_since, :now)
        WHEN :status IN ('failed', 'refused') THEN missing_since END
"""


class AddressRecords:
    """Those of one source."""

    def __init__(self, ledger: Ledger, source: str) -> None:
        self._ledger = ledger
        self._source = source
        ledger.define("allowed_hints", 2, allowed_hints)

    def failures(self, url: str) -> int:
        """Return how often in a row *url* has failed, been refused or been gone."""
        row = self._ledger.query(
            "SELECT failures FROM urls WHERE source = ? AND url = ?", self._source, url
        ).fetchone()
        return row["failures"] if row else 0

    def record(
        self,
        db: sqlite3.Connection,
        visit: Visit,
        status: str,
        *,
        reason: str | None = None,
        article_id: str | None = None,
        published: datetime | None = None,
        next_check: datetime | None = None,
        changed: bool | None = None,
        incomplete: bool = False,
    ) -> None:
        """Record within the transaction *db* what the request for ``visit.url`` came to.

        *changed* is whether the words of a known article had. What is *incomplete* counts as a
        failure, too.
        """
        if changed is not None:
            weigh(db, self._source, visit.url, changed=changed)
        values = {
            "source": self._source,
            "url": visit.url,
            "status": status,
            "reason": reason,
            "withheld": reason if reason in WITHHOLDING else None,
            "article_id": article_id,
            "http_status": visit.http_status or None,
            "published": instant_text(published),
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "now": instant_text(datetime.now(UTC)),
            "failed": incomplete or status in {"failed", "refused", "gone", "not_article"},
            "next_check": instant_text(next_check),
            "not_modified": visit.http_status == NOT_MODIFIED,
        }
        db.execute(_RECORD, values)


class KnownAddress(NamedTuple):
    """An address as a route lists it, with its status and reason in the ledger.

    *dated* says that a route or its page gave it a date of publication.
    """

    url: str
    status: str
    reason: str | None
    dated: bool


def known_addresses(ledger: Ledger, source: str) -> Iterator[KnownAddress]:
    """Yield all addresses of *source*."""
    rows = ledger.query(
        "SELECT listed_url, status, reason, published IS NOT NULL FROM urls WHERE source = ?",
        source,
    )
    for url, status, reason, dated in rows:
        yield KnownAddress(url, status, reason, bool(dated))

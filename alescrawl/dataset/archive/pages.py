"""The pages in the archive that an article's row was read from, and what its routes said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.archive.warc import RawRecord, read_page, record_of
from alescrawl.dataset.ledger.clock import latest_believed
from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.dataset.ledger.frontier import Candidate, candidate_of
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from pathlib import Path

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import RawPage

# Of two of one second the later one lies further on in their file. What is recorded later than
# now is of a clock that was ahead, and older than what was read since.
_NEWEST = """
SELECT * FROM raw WHERE article_id = ? AND url = ? AND part = 0 AND fetched_at <= ?
ORDER BY fetched_at DESC, file DESC, "offset" DESC LIMIT 1
"""
_FURTHER = """
SELECT * FROM raw WHERE article_id = ? AND source = ? AND fetched_at = ? AND part > 0 ORDER BY part
"""
_BODY = """
SELECT * FROM raw WHERE source = ? AND url = ? AND digest = ? AND kind = 'response'
ORDER BY fetched_at DESC LIMIT 1
"""
# Of the addresses that led to the article, its own first; a copy's is the last to speak for it.
_LISTED = """
SELECT * FROM urls WHERE source = ? AND article_id = ?
ORDER BY hints IS NULL, url <> ?, status = 'duplicate', url LIMIT 1
"""
_DIGEST = "SELECT * FROM urls WHERE source = ? AND url = ?"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it was last fetched; its *body* may lie with an earlier fetch of the same bytes."""

    newest: RawRecord
    body: RawRecord

    def read(self, root: Path) -> RawPage:
        """Return the page; raise :exc:`DamagedRecord` where the archive does not hold it whole."""
        page = read_page(root, self.body.location, self.body.digest)
        if self.newest == self.body:
            return page
        headers = read_page(root, self.newest.location, None).headers
        return replace(page, headers=headers)


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """All that a crawl had when it last read the article of *row*.

    The first of *pages* is its own, the others are those of its further parts.
    """

    row: dict[str, Any]
    candidate: Candidate
    pages: list[ArchivedPage]


def archived_article(ledger: Ledger, row: dict[str, Any]) -> ArchivedArticle | None:
    """Return what the archive has of the article of *row*.

    ``None`` where its page is not kept, or only one from before *row* was read.
    """
    first = ledger.query(_NEWEST, row["article_id"], row["url"], latest_believed()).fetchone()
    if first is None or first["fetched_at"] < (instant_text(row["fetched_at"]) or ""):
        return None
    further = ledger.query(_FURTHER, row["article_id"], first["source"], first["fetched_at"])
    own, *parts = (_page(ledger, record_of(found)) for found in [first, *further])
    if own is None:
        return None
    url = canonical_url(row["url"])
    listed = ledger.query(_LISTED, first["source"], row["article_id"], url).fetchone()
    if "#" in row.get("canonical_url", ""):
        # An item: what routes said is with the address of its digest.
        listed = ledger.query(_DIGEST, first["source"], url).fetchone() or listed
    candidate = candidate_of(listed) if listed else Candidate(url, row["url"], None, {}, None, None)
    return ArchivedArticle(row, candidate, [own, *filter(None, parts)])


def _page(ledger: Ledger, newest: RawRecord) -> ArchivedPage | None:
    if newest.kind == "response":
        return ArchivedPage(newest, newest)
    found = ledger.query(_BODY, newest.source, newest.url, newest.digest).fetchone()
    return ArchivedPage(newest, record_of(found)) if found else None

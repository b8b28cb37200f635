"""Articles whose page is gone: their row stays, with the moment since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.dataset import folder
from alescrawl.dataset.ledger import instant_text, mark_changed, text_instant
from alescrawl.dataset.store import pack, unpack

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta

_ARTICLE = """
SELECT missing_since, articles.* FROM urls JOIN articles USING (article_id)
WHERE urls.source = :source AND urls.url = :url
UNION ALL
-- The items of a letter, whose addresses are its own with an anchor ($ follows #).
SELECT page.missing_since, articles.* FROM urls AS page
JOIN urls ON urls.source = page.source AND urls.url > page.url || '#' AND urls.url < page.url || '$'
JOIN articles ON articles.article_id = urls.article_id
WHERE page.source = :source AND page.url = :url
"""
# Two addresses that led to one page: the page is asked for itself.
_ASK_THE_PAGE = """
UPDATE urls SET next_check = min(coalesce(next_check, :now), :now)
WHERE article_id = :article_id AND url = :url AND missing_since IS NULL
"""


def note_missing(
    db: sqlite3.Connection, source: str, asked: set[str], now: datetime, least: timedelta
) -> bool:
    """Mark the article of a page that has been missing for *least*; return whether it was marked.

    *asked* are the address that was asked for and the one that it led to. The row of the first
    already says since when the page is missing.
    """
    rows = [row for url in sorted(asked) for row in _articles(db, source, url)]
    for row in rows:
        if row["url"] not in asked:
            values = {"now": instant_text(now), "article_id": row["article_id"], "url": row["url"]}
            db.execute(_ASK_THE_PAGE, values)
    since = min((row["missing_since"] for row in rows if row["missing_since"]), default=None)
    moment = text_instant(since)
    if moment is None or now - moment < least:
        return False
    marked = [_set_gone(db, row, moment) for row in rows if row["url"] in asked]
    return any(marked)


def note_present(db: sqlite3.Connection, source: str, url: str) -> bool:
    """Record that the page at *url* is there; return whether its article was marked as gone."""
    rows = _articles(db, source, url)
    marked = [_set_gone(db, row, None) for row in rows]
    return any(marked)


def _articles(db: sqlite3.Connection, source: str, url: str) -> list[sqlite3.Row]:
    return db.execute(_ARTICLE, {"source": source, "url": url}).fetchall()


def _set_gone(db: sqlite3.Connection, found: sqlite3.Row, since: datetime | None) -> bool:
    row = unpack(found["row"])
    if (row["gone_since"] is None) == (since is None):
        return False
    row["gone_since"] = since
    db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (pack(row), found["article_id"]))
    mark_changed(db, folder.ARTICLES, found["source"], found["part"])
    return True

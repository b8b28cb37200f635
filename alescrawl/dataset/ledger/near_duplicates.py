"""Which articles say the same: one cluster for the copies of a text, led by the first published.

The same page under several addresses, the same agency copy or press release in several papers.
Nothing is deleted: the rows of a cluster name it, and all but one name the article they repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.dataset.ledger.minhash import LEAST_WORDS, bands, signature, similarity, words_of
from alescrawl.dataset.ledger.partitions import mark_changed
from alescrawl.dataset.tables import ARTICLES

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.items import Article

ACROSS_SOURCES: Final = 0.5
"""Shingles in common, of two papers: each cuts and edits what an agency sends."""

WITHIN_SOURCE: Final = 0.8
"""Of one paper: notices that it prints every week share their phrases and are not the same."""

SHORT: Final = 60
"""Words; of a shorter text as much must be the same as within one source."""

_MOST_COMPARED: Final = 500
_NEVER: Final = "9"
"""Sorts after every instant."""

_LIKELY = """
SELECT DISTINCT shingled.article_id, shingled.source, shingled.words, shingled.signature
FROM bands JOIN shingled USING (article_id)
WHERE bands.key IN ({keys}) AND article_id != ? LIMIT ?
"""
_NAMED = """
SELECT article_id FROM shingled WHERE article_id IN ({ids})
   OR cluster_id IN (SELECT cluster_id FROM shingled WHERE article_id IN ({ids}))
"""


def place(db: sqlite3.Connection, article: Article) -> None:
    """Find within the transaction *db* what *article* repeats, now that it has this text."""
    words = words_of(article.text or "")
    found = signature(words) if len(words) >= LEAST_WORDS else None
    first = instant_text(article.published or article.first_seen or article.fetched_at) or _NEVER
    old = db.execute(
        "SELECT signature, first FROM shingled WHERE article_id = ?", (article.article_id,)
    ).fetchone()
    if old and found is not None and tuple(old) == (found, first):
        return
    leave(db, article.article_id)
    if found is None:
        return
    same = _alike(db, article, found, len(words))
    db.execute(
        "INSERT INTO shingled VALUES (?, ?, ?, ?, ?, NULL)",
        (article.article_id, article.source, first, len(words), found),
    )
    db.executemany(
        "INSERT OR IGNORE INTO bands VALUES (?, ?)",
        [(key, article.article_id) for key in bands(found)],
    )
    if same:
        _join(db, [article.article_id, *same])


def leave(db: sqlite3.Connection, article_id: str) -> None:
    """Take an article out of its cluster and out of what is compared."""
    row = db.execute(
        "SELECT cluster_id, signature FROM shingled WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return
    keys = bands(row["signature"])
    db.executemany(
        "DELETE FROM bands WHERE key = ? AND article_id = ?", [(key, article_id) for key in keys]
    )
    db.execute("DELETE FROM shingled WHERE article_id = ?", (article_id,))
    if row["cluster_id"] is not None:
        rest = db.execute(
            "SELECT article_id FROM shingled WHERE cluster_id = ?", (row["cluster_id"],)
        ).fetchall()
        _join(db, [each["article_id"] for each in rest])


def cluster_columns(article_id: str, cluster_id: str | None) -> dict[str, Any]:
    """Return the columns that tell what an article repeats."""
    repeated = cluster_id if cluster_id != article_id else None
    return {"cluster_id": cluster_id, "duplicate_of": repeated}


def _alike(db: sqlite3.Connection, article: Article, found: bytes, words: int) -> list[str]:
    keys = list(bands(found))
    rows = db.execute(
        _LIKELY.format(keys=_marks(keys)), (*keys, article.article_id, _MOST_COMPARED)
    )
    return [row["article_id"] for row in rows if _is_same(article.source, found, words, row)]


def _is_same(source: str, found: bytes, words: int, row: sqlite3.Row) -> bool:
    strict = row["source"] == source or min(words, row["words"]) < SHORT
    return similarity(found, row["signature"]) >= (WITHIN_SOURCE if strict else ACROSS_SOURCES)


def _join(db: sqlite3.Connection, ids: list[str]) -> None:
    """Make one cluster of the articles *ids* and of those in their clusters; none of one alone."""
    rows = db.execute(_NAMED.format(ids=_marks(ids)), (*ids, *ids)).fetchall()
    members = [row["article_id"] for row in rows]
    first = db.execute(
        f"SELECT article_id FROM shingled WHERE article_id IN ({_marks(members)}) "  # noqa: S608 - marks only
        "ORDER BY first, article_id LIMIT 1",
        members,
    ).fetchone()
    cluster_id = first["article_id"] if len(members) > 1 else None
    for member in members:
        changed = db.execute(
            "UPDATE shingled SET cluster_id = ? WHERE article_id = ? AND cluster_id IS NOT ?",
            (cluster_id, member, cluster_id),
        )
        if changed.rowcount:
            _publish_again(db, member)


def _publish_again(db: sqlite3.Connection, article_id: str) -> None:
    row = db.execute(
        "SELECT source, part FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is not None:
        mark_changed(db, ARTICLES, row["source"], row["part"])


def _marks(values: list[Any]) -> str:
    return ", ".join("?" * len(values))

"""Partitions: which file of its table a row is published in, and which of them have changed.

Articles are by the year of their publication, so many in a file. A year's first file is
``year=2026``, then come ``year=2026-002`` and so on. An article stays in its file, so that what
publication writes anew is bounded by what changed, not by what a year holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.items import PARIS

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.items import Article

UNDATED: Final = "year=undated"
MOST_ROWS: Final = 1_000
"""Articles of a file: a row group of some megabytes, which is written in a second."""


def year_of(article: Article) -> str:
    """Return the first part of the year of publication in Paris."""
    if article.published is None:
        return UNDATED
    return f"year={article.published.astimezone(PARIS).year:04d}"


def part_for(db: sqlite3.Connection, article: Article, old_part: str | None) -> str:
    """Return the part of *article*, which is in *old_part* or new: the newest that has room."""
    year = year_of(article)
    if old_part is not None and old_part.split("-")[0] == year:
        return old_part
    # "." comes after "-": this holds the parts of this year alone.
    newest = db.execute(
        "SELECT max(part) FROM articles WHERE source = ? AND part >= ? AND part < ?",
        (article.source, year, f"{year}."),
    ).fetchone()[0]
    if newest is None:
        return year
    rows = db.execute(
        "SELECT count(*) FROM articles WHERE source = ? AND part = ?", (article.source, newest)
    ).fetchone()[0]
    return newest if rows < MOST_ROWS else _next(newest)


def _next(part: str) -> str:
    year, _, number = part.partition("-")
    return f"{year}-{int(number or 1) + 1:03d}"


def partition_key(table: str, source: str, part: str) -> str:
    """Return the key of the file of one partition of a *table*."""
    return f"{table}/source={source}/{part}.parquet"


def mark_changed(
    db: sqlite3.Connection,
    dataset: str,
    source: str,
    part: str,
    *,
    loses: bool = False,
    removes: str | None = None,
) -> None:
    """Record that the rows of a partition changed, so that it is published again.

    One that *loses* a row to another is published after it. Where something of an article must not
    stay, *removes* is its article_id: that is published also where the rows of its source wait.
    """
    if removes is not None:
        db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (removes,))
        # The file of a partition that it has left may hold it still.
        db.execute(
            "UPDATE parts SET changes = changes + 1, removes = 1 WHERE source = ? AND loses",
            (source,),
        )
    db.execute(
        "INSERT INTO parts (dataset, source, part, changes, loses, removes) "
        "VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET changes = changes + 1, "
        "loses = max(loses, excluded.loses), removes = max(removes, excluded.removes)",
        (dataset, source, part, loses, removes is not None),
    )

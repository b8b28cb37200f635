"""Which file an article is in: by the year of its publication, so many in a file.

A year's first file is ``year=2026``, then come ``year=2026-002`` and so on. An article stays in its
file, so that what publication writes anew is bounded by what changed, not by what a year holds.
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

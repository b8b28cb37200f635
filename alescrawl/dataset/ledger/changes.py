"""Which articles were written since one last looked, but for those of sources whose rows wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.dataset.ledger.connection import Ledger

_WAITING = """
SELECT source FROM sources WHERE coalesce(running, held, reprocess_held, backfill_held) IS NOT NULL
"""
_SOURCES = """
SELECT source, max(number) AS number FROM articles JOIN article_changes USING (article_id)
GROUP BY source ORDER BY source
"""
_WRITTEN = """
SELECT article_id, number FROM article_changes JOIN articles USING (article_id)
WHERE number > ? AND source = ? AND number <= ? ORDER BY number
"""


class Written(NamedTuple):
    """An article, and the number of its last change: of two the later has the higher."""

    article_id: str
    number: int


def waiting_sources(ledger: Ledger) -> set[str]:
    """Return the sources whose run is not judged yet, or whose rows are held back."""
    return {row["source"] for row in ledger.query(_WAITING)}


def newest_changes(ledger: Ledger) -> dict[str, int]:
    """Return the number of the newest change of each source whose rows are published."""
    waiting = waiting_sources(ledger)
    rows = ledger.query(_SOURCES)
    return {row["source"]: row["number"] for row in rows if row["source"] not in waiting}


def written_since(ledger: Ledger, source: str, number: int, newest: int) -> Iterator[Written]:
    """Yield the articles of *source* that were written after the change *number*, in order."""
    for row in ledger.query(_WRITTEN, number, source, newest):
        yield Written(row["article_id"], row["number"])


def waiting_articles(ledger: Ledger) -> set[str]:
    """Return the articles of sources whose rows wait."""
    waiting = waiting_sources(ledger)
    if not waiting:
        return set()
    rows = ledger.query("SELECT article_id, source FROM articles")
    return {row["article_id"] for row in rows if row["source"] in waiting}

"""Writes what captures show to the ledger: one writer, in order of capture, many at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.archive.warc import index
from alescrawl.dataset.gate.backfilled import CaptureFigures
from alescrawl.dataset.ledger.captures import FAILED, SAME, decide, is_same_as_before
from alescrawl.dataset.ledger.timeline import put_capture
from alescrawl.dataset.tables import article_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from alescrawl.backfill.reading import ReadCapture
    from alescrawl.dataset.archive.warc import Archive
    from alescrawl.dataset.ledger.captures import Capture
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article

BATCH: Final = 64
"""Captures of a transaction: to make it costs as much as to store some of them."""
_STORED: Final = frozenset({"new", "changed", "older"})


class Writer:
    """Stores captures of *source* for a run; pages go to *archive*, where there is one."""

    def __init__(self, ledger: Ledger, source: str, run_id: str, archive: Archive | None) -> None:
        self._ledger = ledger
        self._source = source
        self._run_id = run_id
        self._archive = archive
        self._figures = CaptureFigures()
        self.counts: Counter[str] = Counter()

    def write(self, captures: Sequence[ReadCapture]) -> None:
        """Store *captures*, which are in order of time."""
        for start in range(0, len(captures), BATCH):
            with self._ledger.transaction() as db:
                for each in captures[start : start + BATCH]:
                    self._write(db, each)
                self._figures.record(db, self._run_id)
                if self._archive is not None:
                    self._archive.sync()

    def note(self, outcomes: Sequence[tuple[Capture, str]]) -> None:
        """Record what captures came to that were not read."""
        with self._ledger.transaction() as db:
            for capture, outcome in outcomes:
                self._decide(db, capture, outcome)
                if not outcome.startswith("unchanged"):
                    self._figures.add_unread(outcome)

    def same_as_before(self, captures: Sequence[Capture]) -> None:
        """Record which of *captures* are, by their digests, what was read of their addresses."""
        same = [c for c in captures if is_same_as_before(self._ledger, self._source, c)]
        self.note([(each, SAME) for each in same])

    def _write(self, db: sqlite3.Connection, read: ReadCapture) -> None:
        if not read.articles:
            self._figures.add_unread(read.outcome)
            self._decide(db, read.capture, read.outcome)
            return
        outcomes = [self._store(db, article) for article in read.articles]
        article_id = read.articles[0].article_id
        self._decide(db, read.capture, f"article/{outcomes[0]}", article_id)
        for outcome in outcomes[1:]:
            self.counts[f"article/{outcome}"] += 1

    def _store(self, db: sqlite3.Connection, article: Article) -> str:
        pages = article.visit.pages if article.visit is not None else []
        outcome = put_capture(db, article)
        self._figures.add(article_row(article))
        if outcome in _STORED and self._archive is not None and article.fetched_at is not None:
            moment = article.fetched_at
            kept = [self._archive.append(page, moment) for page in pages]
            index(db, kept, article.article_id)
        return outcome

    def _decide(
        self, db: sqlite3.Connection, capture: Capture, outcome: str, article_id: str | None = None
    ) -> None:
        run_id = self._run_id
        decide(db, self._source, capture, outcome, run_id=run_id, article_id=article_id)
        kind, _, reason = outcome.partition("/")
        if kind == "article" and reason == "older":
            self.counts["article/changed"] += 1
        elif kind in {"article", "unchanged"}:
            self.counts[outcome if kind == "article" else "article/unchanged"] += 1
        else:
            self.counts[f"page/{kind}"] += 1
        self.counts[f"capture/{outcome}"] += 1
        self.counts["capture/failed"] += outcome.startswith(FAILED)

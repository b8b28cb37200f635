"""Reads the archived articles of one source again with today's code, and replaces their rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from alescrawl.crawling.archive_workers import ArchiveReaders
from alescrawl.dataset.archived import archived_article
from alescrawl.dataset.comparison import Comparison
from alescrawl.dataset.forgetting import drop_pages, note_reserved
from alescrawl.dataset.mentions import known_mentions, stored_mentions
from alescrawl.dataset.store import keep_times, put_reading, stored_row, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scrapy.settings import Settings

    from alescrawl.dataset.archived import ArchivedArticle
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger import Ledger
    from alescrawl.items import Article

NOT_ARCHIVED = "not_archived"
MOVED_ON = "moved_on"


class Reprocessing:
    """Reads the articles of *source* whose rows were fetched *since* then; all without.

    ``kept`` counts, by reason, the articles whose rows stay as they are because nothing could be
    read anew. Each article is one transaction. Raises :exc:`DatasetError` where the output folder
    cannot be used.
    """

    def __init__(
        self, ledger: Ledger, output: Folder, source: str, since: datetime | None = None
    ) -> None:
        self._ledger = ledger
        self._output = output
        self._source = source
        self._since = since
        self.comparison = Comparison()
        self.kept: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def run(self, settings: Settings, workers: int, *, writes: bool) -> None:
        """Read all articles in *workers* processes; without *writes* only compare."""
        unwanted: set[str] = set()
        with ArchiveReaders(settings, self._source, self._output, workers) as readers:
            for archived, read in readers.read(self._archived()):
                self.counts.update(read.counts or {})
                if read.article is None:
                    self.kept[read.reason or "not_read"] += 1
                    continue
                self._compare(archived, read.article)
                if writes:
                    self._write(archived, read.article)
                if not read.may_be_kept:
                    unwanted.add(read.article.article_id)
        if writes and unwanted:
            drop_pages(self._ledger, self._output, unwanted)

    def _archived(self) -> Iterator[ArchivedArticle]:
        """Yield what the archive has of each article."""
        for row in self._rows():
            if self._since is not None and row["fetched_at"] < self._since:
                continue
            archived = archived_article(self._ledger, row)
            if archived is None:
                self.kept[NOT_ARCHIVED] += 1
            else:
                yield archived

    def _rows(self) -> Iterator[dict[str, Any]]:
        every = "SELECT article_id FROM articles WHERE source = ? ORDER BY article_id"
        for (article_id,) in self._ledger.query(every, self._source).fetchall():
            one = "SELECT row FROM articles WHERE article_id = ?"
            found = self._ledger.query(one, article_id).fetchone()
            if found is not None:
                yield unpack(found["row"])

    def _compare(self, archived: ArchivedArticle, article: Article) -> None:
        keep_times(article, archived.row)
        known = known_mentions(self._ledger, article.article_id)
        self.comparison.add(
            {**archived.row, "mentions": known},
            {**stored_row(article), "mentions": stored_mentions(article)},
        )

    def _write(self, archived: ArchivedArticle, article: Article) -> None:
        with self._ledger.transaction() as db:
            is_known = put_reading(db, article, archived.row)
            if is_known and article.withheld:
                note_reserved(db, article.article_id)
        if not is_known:
            self.kept[MOVED_ON] += 1


def sources(ledger: Ledger) -> list[str]:
    """Return the names of the sources that have articles."""
    found = ledger.query("SELECT DISTINCT source FROM articles ORDER BY source")
    return [row["source"] for row in found]

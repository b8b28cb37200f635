"""Reads the archived articles of one source again with today's code, and replaces their rows."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from alescrawl import __version__
from alescrawl.crawling.pages.joined_parts import MISSING
from alescrawl.crawling.reprocessing.workers import ArchiveReaders
from alescrawl.dataset.archive.pages import archived_article
from alescrawl.dataset.archive.warc import DamagedRecord
from alescrawl.dataset.gate.bad_pages import keep_bad_page
from alescrawl.dataset.gate.comparison import Comparison
from alescrawl.dataset.gate.gate import close_gate, judge_reprocess, judge_reprocess_run
from alescrawl.dataset.gate.reprocessed import Figures
from alescrawl.dataset.gate.verdicts import HELD
from alescrawl.dataset.ledger.articles import keep_times, put_reading, stored_row, unpack
from alescrawl.dataset.ledger.mentions import known_mentions, stored_mentions
from alescrawl.dataset.ledger.runs import REPROCESS, begin_run, end_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.removal.forget import drop_pages, drop_withheld, note_withheld
from alescrawl.dataset.removal.redaction import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from scrapy.settings import Settings

    from alescrawl.dataset.archive.pages import ArchivedArticle
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.gate.verdicts import Judgement
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article

NOT_ARCHIVED = "not_archived"
MOVED_ON = "moved_on"
_NOT_OF_THE_CODE = frozenset({NOT_ARCHIVED, MOVED_ON, MISSING, "damaged", "dropped", "forgotten"})
"""Why nothing was read, where that says nothing about today's code."""


class Reprocessing:
    """Reads the articles of *source* whose rows were fetched *since* then; all without.

    ``kept`` counts, by reason, the articles whose rows stay as they are because nothing could be
    read anew. Each article is one transaction. Where it writes it is a run in the table of runs;
    of a bad one the first bad page is kept. Raises :exc:`DatasetError` where the output folder
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
        self.bad_page: Path | None = None
        self._figures = Figures()
        self._first_bad: ArchivedArticle | None = None

    def run(self, settings: Settings, workers: int | str, *, writes: bool) -> Judgement:
        """Read all articles in *workers* processes, or on the cluster at that address.

        Without *writes* only compare and judge.
        """
        if not writes:
            self._read(settings, workers, None)
            figures = self._figures
            return judge_reprocess(self._ledger, self._source, figures.now(), figures.before())[0]
        window = Window(self._since)
        run_id = begin_run(self._ledger, self._source, window, covers=False, kind=REPROCESS)
        close_gate(self._ledger, self._source, run_id)
        if unwanted := self._read(settings, workers, run_id):
            drop_pages(self._ledger, self._output, unwanted)
        drop_withheld(self._ledger, self._output, self._source)
        return self._end(run_id)

    def _read(self, settings: Settings, workers: int | str, run_id: str | None) -> set[str]:
        """Read all, and write as a run; return the articles whose pages are not to be kept."""
        unwanted = set()
        memory = Memory(self._ledger)
        with ArchiveReaders(settings, self._source, self._output, memory, workers) as readers:
            for archived, read in readers.read(self._archived()):
                self.counts.update(read.counts or {})
                if read.article is None:
                    self._leave(archived, read.reason or "not_read")
                    continue
                self._compare(archived, read.article)
                if run_id is not None:
                    self._write(archived, read.article, run_id)
                if not read.may_be_kept:
                    unwanted.add(read.article.article_id)
        return unwanted

    def _leave(self, archived: ArchivedArticle, reason: str) -> None:
        self.kept[reason] += 1
        if reason not in _NOT_OF_THE_CODE:
            self._figures.add_unread(reason)
            self._first_bad = self._first_bad or archived

    def _end(self, run_id: str) -> Judgement:
        with self._ledger.transaction() as db:
            self._figures.record(db, run_id)
        end_run(self._ledger, run_id, "finished", self._all_counts(), __version__)
        judgement = judge_reprocess_run(self._ledger, self._source, run_id)
        if judgement.verdict in HELD and self._first_bad is not None:
            with suppress(DamagedRecord):
                page = self._first_bad.pages[0].read(self._output.raw)
                run = (self._source, run_id)
                self.bad_page = keep_bad_page(self._ledger, self._output, run, judgement, page)
        return judgement

    def _all_counts(self) -> dict[str, int]:
        found = self.comparison
        return {
            **self.counts,
            **{f"reprocess/left/{reason}": count for reason, count in self.kept.items()},
            "found": found.articles + self.kept.total(),
            "article/changed": found.changed,
            "article/unchanged": found.articles - found.changed,
        }

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
        row = stored_row(article)
        self.comparison.add(
            {**archived.row, "mentions": known},
            {**row, "mentions": stored_mentions(article)},
        )
        # What is withheld was not lost.
        if not article.withheld and self._figures.add(archived.row, row):
            self._first_bad = self._first_bad or archived

    def _write(self, archived: ArchivedArticle, article: Article, run_id: str) -> None:
        with self._ledger.transaction() as db:
            self._figures.record(db, run_id)
            is_known = put_reading(db, article, archived.row)
            if is_known and article.withheld:
                note_withheld(db, article)
        if not is_known:
            self.kept[MOVED_ON] += 1


def sources(ledger: Ledger) -> list[str]:
    """Return the names of the sources that have articles."""
    found = ledger.query("SELECT DISTINCT source FROM articles ORDER BY source")
    return [row["source"] for row in found]

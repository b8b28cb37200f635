"""Records what each address of a run came to: an article, an article as it was, or none and why."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from alescrawl.crawling.failures import Verdict, retry_moment
from alescrawl.crawling.pages.joined_parts import MISSING
from alescrawl.crawling.pages.other_texts import OTHER_TEXT, ShownTexts
from alescrawl.crawling.runs.open_ledger import LedgerPart, uses_ledger
from alescrawl.dataset.archive.warc import index
from alescrawl.dataset.ledger.addresses import NOT_MODIFIED
from alescrawl.dataset.ledger.articles import has_article, note_missing, note_present, put_article
from alescrawl.dataset.ledger.hints import WITHHELD
from alescrawl.dataset.ledger.pairs import settle_identity
from alescrawl.dataset.ledger.rereading import doubt_about, known_row
from alescrawl.dataset.removal.forget import remove_article
from alescrawl.dataset.removal.redaction import remember
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import Visit, fingerprint

if TYPE_CHECKING:
    import sqlite3

    from scrapy.http import Response

    from alescrawl.crawling.runs.moves import RunMoves
    from alescrawl.crawling.runs.open_ledger import Count, LedgerAccess
    from alescrawl.dataset.archive.warc import RawRecord
    from alescrawl.dataset.ledger.articles import Outcome
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.dataset.ledger.rereading import Doubt
    from alescrawl.items import Article


class Recorder(LedgerPart):
    """Writes articles and the records of their addresses to the ledger of a run."""

    def __init__(self, access: LedgerAccess, count: Count, moves: RunMoves) -> None:
        super().__init__(access, count)
        self._moves = moves

    @uses_ledger
    def store(self, article: Article) -> Outcome | None:
        """Store *article* and the record of its address as one; return what it came to.

        ``None`` where it was published outside the period that was asked for, or where the page
        of a known article shows something else now: then the row stays as it is.
        """
        visit = _visit_of(article)
        if not self._ledger.window.holds(article.published):
            self._record(visit, "outside", published=article.published)
            self.count("article/outside_period")
            return None
        known = known_row(self._ledger.ledger, self._ledger.source, visit.url)
        doubt = doubt_about(known, article)
        if doubt is not None:
            self._keep(visit, doubt, article)
            return None
        records = self._archived(article)
        with self._ledger.ledger.transaction() as db:
            before = None if visit.is_item else settle_identity(db, article, known)
            outcome = put_article(db, article, has_moved=before is not None)
            index(db, records, article.article_id)
            self._visited(db, article, outcome)
        self.count(f"article/{outcome}")
        if (row := before or known) is not None:
            self._moves.note_pair(row["url"], article.url)
        if outcome == "new" and not visit.is_item:
            return None if self._withdrawn(article, visit) else outcome
        return outcome

    def _withdrawn(self, article: Article, visit: Visit) -> bool:
        """Take back the new articles of this run that show what *article* shows, and itself."""
        alike = self._shown.add(article, visit.url)
        for article_id, url in alike.items():
            if article_id in self._taken_back:
                continue
            self._taken_back.add(article_id)
            with self._ledger.ledger.transaction() as db:
                remove_article(db, article_id)
            self.count("article/new", -1)
            self.no_article(Visit(url, visit.http_status), Verdict("not_article", OTHER_TEXT))
        return bool(alike)

    @cached_property
    def _shown(self) -> ShownTexts:
        return ShownTexts()

    @cached_property
    def _taken_back(self) -> set[str]:
        return set()

    @uses_ledger
    def knows(self, article: Article) -> bool:
        """Return whether an earlier visit stored *article*."""
        return has_article(self._ledger.ledger, article.article_id)

    @uses_ledger
    def admits(self, article: Article) -> bool:
        """Take forgotten names out of *article*; return whether it may be kept at all."""
        self._ledger.memory.clean(article)
        earlier = map(fingerprint, self._moves.earlier_addresses(article.url))
        if not any(map(self._ledger.memory.holds, (article.article_id, *earlier))):
            return True
        visit = _visit_of(article)
        self.no_article(visit, Verdict("refused", "forgotten"))
        with self._ledger.ledger.transaction() as db:
            # Another address of it: not to be asked for again either.
            remember(db, "article", fingerprint(visit.url))
        return False

    @uses_ledger
    def passes_over(self, article: Article) -> bool:
        """Record that *article* is not kept, with its score; ``False`` where the dataset has it."""
        visit = _visit_of(article)
        if known_row(self._ledger.ledger, self._ledger.source, visit.url) is not None:
            return False
        reason = f"relevance {article.gard_score or 0:.2f}"
        self._record(visit, "not_article", reason=reason, published=article.published)
        self.count("article/not_relevant")
        return True

    def _archived(self, article: Article) -> list[RawRecord]:
        """Keep the pages of *article* as they came, where one may and a setting says so."""
        archive, moment = self._ledger.archive, article.fetched_at or datetime.now(UTC)
        if archive is None or article.visit is None:
            return []
        return [archive.append(page, moment) for page in article.visit.pages]

    def _keep(self, visit: Visit, doubt: Doubt, article: Article) -> None:
        """Record that a page did not show its article, whose row stays."""
        if doubt == "other_page":
            self._record(visit, "not_article", reason=doubt)
            self.count("page/not_article")
            self.count(f"page/not_article/{doubt}")
            return
        # Its validators are those of the wall: with them the whole text would not come again.
        there = Visit(visit.url, visit.http_status, is_item=visit.is_item)
        self._is_there(there, article.published)
        self.count(f"article/{doubt}")

    def _visited(self, db: sqlite3.Connection, article: Article, outcome: Outcome) -> None:
        """Record where *article* was read: after a redirect that is two addresses."""
        status = "duplicate" if outcome == "duplicate" else "article"
        visit = _visit_of(article)
        # The listed address leads to the other: to look at one of them again is enough.
        checks = {canonical_url(article.url): None, visit.url: self._recheck(article)}
        if visit.is_item:
            checks = {visit.url: None}
        for url, check in checks.items():
            self._ledger.addresses.record(
                db,
                visit if url == visit.url else Visit(url, visit.http_status),
                status,
                reason=WITHHELD.get(article.withheld),
                article_id=article.article_id,
                published=article.published,
                next_check=check,
                changed=None if outcome == "new" else outcome == "changed",
                incomplete=MISSING in article.problems,
            )
        if visit.is_item:
            self._ledger.frontier.claim(db, visit.url)

    def _recheck(self, article: Article) -> datetime | None:
        """Return when to look at *article* again: soon, where a part of it could not be had."""
        now = datetime.now(UTC)
        if MISSING in article.problems:
            failures = self._ledger.addresses.failures(_visit_of(article).url)
            return self._ledger.schedule.retry(now, "failed", failures + 1)
        return self._ledger.schedule.recheck(now, article.published)

    @uses_ledger
    def has_words(self, candidate: Candidate) -> bool:
        """Return whether the dataset has the text of the article at an address."""
        row = known_row(self._ledger.ledger, self._ledger.source, candidate.url)
        return row is not None and row["text"] is not None

    @uses_ledger
    def newsletter_read(self, newsletter: Article) -> None:
        """Record that the page of *newsletter* was read, whose items are recorded one by one."""
        visit = _visit_of(newsletter)
        # It is no article itself, and is always asked for whole: each item must be found again.
        page = Visit(visit.url, visit.http_status)
        if not self._ledger.window.holds(newsletter.published):
            self._record(page, "outside", published=newsletter.published)
            return
        with self._ledger.ledger.transaction() as db:
            recheck = self._ledger.schedule.recheck(datetime.now(UTC), newsletter.published)
            self._ledger.addresses.record(
                db, page, "article", published=newsletter.published, next_check=recheck
            )
        self.count("page/digest")

    @uses_ledger
    def not_modified(self, candidate: Candidate) -> None:
        """Record that the server says an article is as it was."""
        self._is_there(Visit(candidate.url, NOT_MODIFIED), candidate.published)
        self.count("article/unchanged")
        self.count("page/not_modified")

    def _is_there(self, visit: Visit, published: datetime | None) -> None:
        """Record that the page of an article is there, without a new state of it."""
        with self._ledger.ledger.transaction() as db:
            recheck = self._ledger.schedule.recheck(datetime.now(UTC), published)
            due = None if visit.is_item else recheck
            self._ledger.addresses.record(db, visit, "article", next_check=due, changed=False)
            note_present(db, self._ledger.source, visit.url)

    @uses_ledger
    def no_article(
        self, candidate: Candidate | Visit, verdict: Verdict, response: Response | None = None
    ) -> None:
        """Record that an address brought no article, why, and when to try it again."""
        visit = Visit(candidate.url, response.status if response is not None else 0)
        visit.is_item = isinstance(candidate, Visit) and candidate.is_item
        asked = retry_moment(response) if response is not None else None
        self._record(visit, verdict.status, reason=verdict.reason, not_before=asked)
        self.count(f"page/{verdict.status}")
        self.count(f"page/{verdict.status}/{verdict.reason}")
        if verdict.status == "gone":
            self._note_missing(
                {candidate.url, *([canonical_url(response.url)] if response else [])}
            )

    def _note_missing(self, asked: set[str]) -> None:
        least = self._ledger.schedule.retries["gone"].first
        with self._ledger.ledger.transaction() as db:
            is_gone = note_missing(db, self._ledger.source, asked, datetime.now(UTC), least)
        if is_gone:
            self.count("article/gone")

    def _record(
        self,
        visit: Visit,
        status: str,
        *,
        reason: str | None = None,
        published: datetime | None = None,
        not_before: datetime | None = None,
    ) -> None:
        due = datetime.now(UTC)  # what lies outside this period, as soon as one holds it
        if status != "outside":
            failures = self._ledger.addresses.failures(visit.url) + 1
            due = self._ledger.schedule.retry(due, status, failures)
        with self._ledger.ledger.transaction() as db:
            self._ledger.addresses.record(
                db,
                visit,
                status,
                reason=reason,
                published=published,
                next_check=None if visit.is_item else max(due, not_before or due),
            )


def _visit_of(article: Article) -> Visit:
    return article.visit or Visit(canonical_url(article.url), 0)

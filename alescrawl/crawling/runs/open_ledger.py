"""The ledger as one run has it open, and what every part of the run that uses it has."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from scrapy.exceptions import CloseSpider

from alescrawl import __version__
from alescrawl.crawling.runs.checked_settings import raw_limits
from alescrawl.crawling.runs.schedule import Schedule
from alescrawl.dataset.archive.recovery import delete_leftovers
from alescrawl.dataset.archive.retention import Keep, trim
from alescrawl.dataset.archive.warc import Archive, delete_dropped
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.gate.bad_pages import keep_bad_page
from alescrawl.dataset.gate.gate import close_gate, held_sources, judge_interrupted, judge_run
from alescrawl.dataset.gate.verdicts import HELD
from alescrawl.dataset.ledger.addresses import AddressRecords
from alescrawl.dataset.ledger.clock import distrust_later_than_now
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.host_records import HostRecords
from alescrawl.dataset.ledger.moves import moves_of
from alescrawl.dataset.ledger.route_health import new_addresses
from alescrawl.dataset.ledger.route_visits import RouteVisits
from alescrawl.dataset.ledger.runs import begin_run, default_since, end_run
from alescrawl.dataset.ledger.unlisted import Unlisted
from alescrawl.dataset.locks import SourceLock
from alescrawl.dataset.publication.ownership import claim
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.removal.forget import drop_withheld
from alescrawl.dataset.removal.redaction import Memory
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scrapy import Spider
    from scrapy.settings import BaseSettings

    from alescrawl.crawling.arguments import Limits
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.gate.verdicts import Judgement, Routes
    from alescrawl.items import RawPage


class RunLedger:
    """What a run reads from and writes to, opened for a *spider* that has *limits*.

    The *settings* say when an address is looked at again (``schedule``), and which pages are
    archived. Raises :exc:`DatasetError`
    where the output folder cannot be used.
    """

    def __init__(
        self, folder: Folder, source: str, spider: Spider, limits: Limits, settings: BaseSettings
    ) -> None:
        self._folder = folder
        self.schedule = Schedule.from_settings(settings)
        keep = raw_limits(settings)
        self._keep = keep or Keep()
        self.source = source
        self.ledger = Ledger(folder.ledger)
        delete_dropped(self.ledger, folder)
        delete_leftovers(self.ledger, folder, [source])
        claim(self.ledger, folder, [source])
        # What an earlier run stored and was killed before it could publish.
        judge_interrupted(self.ledger, source)
        publish(self.ledger, folder)
        self.distrusted = distrust_later_than_now(self.ledger, source)
        self.window = limits.window
        if self.window.since is None and not getattr(spider, "everything", False):
            self.window = self.window._replace(since=default_since(self.ledger, source))
        self.hosts = HostRecords(self.ledger)
        self.memory = Memory(self.ledger)
        self.archive = None
        if keep is not None:
            self.archive = Archive(folder, self.ledger, source, self_contained=any(keep))
        self._begin(spider, limits)

    def _begin(self, spider: Spider, limits: Limits) -> None:
        self._run_id = begin_run(self.ledger, self.source, self.window, covers=not limits.estimate)
        only_listed = getattr(spider, "only_listed", False)
        # Pages that a user names are no sample of anything.
        self._is_judged = not (only_listed or limits.estimate)
        if self._is_judged:
            close_gate(self.ledger, self.source, self._run_id)
        self.frontier = Frontier(self.ledger, self.source, self._run_id, only_listed=only_listed)
        self.addresses = AddressRecords(self.ledger, self.source)
        self.unlisted = Unlisted(self.ledger, self.source, self._run_id)
        moves = [each[:3] for each in moves_of(self.ledger, self.source)]
        # Other patterns, another program, or where the source has moved to: an article may be
        # seen where none was before.
        facts = fingerprint(repr((__version__, getattr(spider, "article_urls", ()), *moves)))
        self.visits = RouteVisits(self.ledger, self.source, facts)

    def new_addresses(self) -> Iterator[str]:
        """Yield the addresses that were unknown before this run, as they were listed."""
        yield from new_addresses(self.ledger, self.source, self._run_id)

    def end(self, reason: str, counts: Mapping[str, int]) -> None:
        """Record how the run ended; what is reserved by now leaves the archive."""
        if self.archive is not None:
            self.archive.sync()
        drop_withheld(self.ledger, self._folder, self.source)
        end_run(self.ledger, self._run_id, reason, dict(counts), __version__)

    def judge(
        self, routes: Routes, refused: RawPage | None
    ) -> tuple[Judgement | None, Path | None]:
        """Return what is to be thought of the run, and where its first bad page is kept."""
        if not self._is_judged:
            return None, None
        judgement = judge_run(self.ledger, self.source, self._run_id, routes)
        if judgement.verdict not in HELD:
            return judgement, None
        if refused is not None and self.memory.is_named_in(refused.body):
            refused = None
        run = (self.source, self._run_id)
        return judgement, keep_bad_page(self.ledger, self._folder, run, judgement, refused)

    def publish(self) -> None:
        """Write the partitions whose rows changed; all were looked at when the run began."""
        publish(self.ledger, self._folder, look=False)

    @property
    def has_waiting_rows(self) -> bool:
        """Whether rows of the source wait, of this run or of an earlier one."""
        return self.source in held_sources(self.ledger)

    def trim_archive(self) -> int:
        """Delete what of the archive is not to be kept; return how many files that were."""
        return trim(self.ledger, self._folder, self._keep, datetime.now(UTC))

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()


P = ParamSpec("P")
R = TypeVar("R")
Part = TypeVar("Part", bound="LedgerPart")


class Count(Protocol):
    """Counts what happened under *name*."""

    def __call__(self, name: str, by: int = 1) -> None:
        """Count *by*."""


class LedgerAccess:
    """Opens and closes the ledger in *folder*; *note* is told why it cannot be used."""

    def __init__(self, folder: Folder, note: Callable[[DatasetError], None]) -> None:
        self.folder = folder
        self._note = note
        self._lock: SourceLock | None = None
        self._ledger: RunLedger | None = None

    def open(self, source: str, spider: Spider, limits: Limits, settings: BaseSettings) -> None:
        """Open the ledger for the run of *spider*, which no other process may crawl meanwhile."""
        with self.noting():
            self.folder.prepare()
            self._lock = SourceLock(self.folder, source)
            self._ledger = RunLedger(self.folder, source, spider, limits, settings)

    def close(self) -> None:
        """Close the ledger, and let others crawl the source."""
        if self._ledger is not None:
            self._ledger.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def is_open(self) -> bool:
        """Whether the ledger was opened."""
        return self._ledger is not None

    @property
    def ledger(self) -> RunLedger:
        """The open ledger; raises :exc:`DatasetError` where it is not open."""
        if self._ledger is None:
            raise DatasetError(
                f"the output folder {self.folder.root} is not open: see the line before"
            )
        return self._ledger

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note that the output folder cannot be used, and go on."""
        try:
            yield
        except DatasetError as error:
            self._note(error)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Note that the output folder cannot be used, and end the crawl."""
        try:
            yield
        except DatasetError as error:
            self._note(error)
            raise CloseSpider("output_unusable") from error


class LedgerPart:
    """A part of a run that reads from its ledger or writes to it; tells *count* what it wrote."""

    def __init__(self, access: LedgerAccess, count: Count) -> None:
        self.access = access
        self.count = count

    @property
    def _ledger(self) -> RunLedger:
        return self.access.ledger


def uses_ledger(method: Callable[Concatenate[Part, P], R]) -> Callable[Concatenate[Part, P], R]:
    """Let *method* end the crawl where the output folder cannot be used."""

    @wraps(method)
    def wrapped(part: Part, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with part.access.in_use():
            return method(part, *args, **kwargs)

    return wrapped

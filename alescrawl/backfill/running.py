"""What `scrapy backfill` does: opens archives and ledger, fills source after source, tells."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import Progress

from alescrawl.backfill.archives import open_indexes
from alescrawl.backfill.backfill import Backfill, lost_bundle
from alescrawl.backfill.client import ArchiveUnreachable, Client
from alescrawl.backfill.indexes import plan, source_name
from alescrawl.backfill.reading import CaptureReader
from alescrawl.backfill.report import estimate_lines, summary_lines
from alescrawl.backfill.rights import HostRules
from alescrawl.crawling.engine.cluster import Cluster, workers_of
from alescrawl.crawling.engine.pool import Processes
from alescrawl.crawling.engine.work import Here, Work
from alescrawl.crawling.runs.checked_settings import raw_limits
from alescrawl.crawling.runs.summary import verdict_lines
from alescrawl.dataset.archive.recovery import delete_leftovers
from alescrawl.dataset.archive.warc import Archive, delete_dropped
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.gate import held_sources, judge_interrupted
from alescrawl.dataset.gate.verdicts import BAD
from alescrawl.dataset.ledger.captures import local_files, waiting_by_year
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.locks import SourceLock
from alescrawl.dataset.publication.ownership import claim
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.removal.redaction import Memory
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from scrapy.settings import Settings

    from alescrawl.backfill.indexes import Index
    from alescrawl.backfill.reading import ReadBundle, Task
    from alescrawl.crawling.arguments import Limits
    from alescrawl.crawling.engine.work import Engine
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.captures import YearCount
    from alescrawl.dataset.ledger.window import Window

_BAD: Final = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for: *archives* as they were named, where their *data* lie, the limits.

    *cluster* is the address of a Dask scheduler whose workers read.
    """

    archives: Sequence[str]
    data: str
    limits: Limits
    estimate: bool = False
    cluster: str = ""


def fill(settings: Settings, sources: dict[str, type[Source]], order: Order) -> int:
    """Back-fill *sources*; return the exit code. Raises :exc:`DatasetError`."""
    client = Client.from_settings(settings)
    indexes = open_indexes(order.archives, order.data, client, sources.values())
    folder = Folder.from_settings(settings)
    folder.prepare()
    code = 0
    with closing(Ledger(folder.ledger)) as ledger:
        for name, source in sources.items():
            with ExitStack() as stack:
                stack.callback(SourceLock(folder, name).release)
                here = _Filling(settings, folder, ledger, source, client=client)
                code = max(code, here.fill(indexes, order))
    return code


class _Filling:
    """Of one source, which no other process may crawl meanwhile."""

    def __init__(
        self,
        settings: Settings,
        folder: Folder,
        ledger: Ledger,
        source: type[Source],
        *,
        client: Client,
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._ledger = ledger
        self._name = source_name(source)
        self._source = source
        self._client = client
        self._console = Console(highlight=False)
        self._limits = raw_limits(settings)

    def fill(self, indexes: Sequence[Index], order: Order) -> int:
        """Look what there is, and read it; return the exit code."""
        window = self._own_window(order.limits.window)
        error = self._plan(indexes, window)
        if order.estimate:
            self._tell(estimate_lines(self._name, self._waiting(window), self._client.pace))
            return self._failed(error)
        delete_dropped(self._ledger, self._folder)
        delete_leftovers(self._ledger, self._folder, [self._name])
        claim(self._ledger, self._folder, [self._name])
        judge_interrupted(self._ledger, self._name)
        code = self._read(window, order) if self._waiting(window) else self._nothing()
        publish(self._ledger, self._folder)
        return max(code, self._failed(error))

    def _own_window(self, window: Window) -> Window:
        """Return *window* without what is from before the hosts were the source's own."""
        if not self._source.since:
            return window
        first = datetime.combine(date.fromisoformat(self._source.since), time(tzinfo=PARIS))
        return window._replace(since=max(first, window.since or first))

    def _plan(self, indexes: Sequence[Index], window: Window) -> str | None:
        """Note what there is; return why an index could not be asked."""
        error = None
        for each in indexes:
            each.counts.clear()
            try:
                plan(self._ledger, self._source, each, window)
            except ArchiveUnreachable as unreachable:
                error = str(unreachable)
            self._tell(_passed_over(self._name, each.counts))
        return error

    def _waiting(self, window: Window) -> list[YearCount]:
        return waiting_by_year(self._ledger, self._name, window)

    def _nothing(self) -> int:
        self._tell([f"{self._name}: nothing that is not read already"])
        return 0

    def _read(self, window: Window, order: Order) -> int:
        limit = order.limits.limit
        rules = HostRules(self._settings, self._ledger, self._source, self._client)
        done = Backfill(self._ledger, self._folder, self._name, rules, window=window, limit=limit)
        engine = self._engine(order.cluster)
        try:
            with self._progress(done, window):
                # On a cluster no page goes through the scheduler, so none is kept here.
                archive = None if order.cluster else self._archive()
                judgement, counts = done.run(engine, archive)
        finally:
            engine.close()
        self._tell(summary_lines(self._name, counts, done.left, rules.unknown))
        is_held = self._name in held_sources(self._ledger)
        self._tell(
            f"{self._name}: {line}"
            for line in verdict_lines(self._name, judgement, None, is_held=is_held)
        )
        is_bad = is_held or judgement.verdict in BAD or done.left
        return max(self._failed(done.error), _BAD if is_bad else 0)

    def _progress(self, done: Backfill, window: Window) -> Progress:
        """Return a bar that shows, in a terminal, how many captures are done."""
        shown = Progress(console=self._console, disable=not self._console.is_terminal)
        total = sum(each.captures for each in self._waiting(window))
        task = shown.add_task(self._name, total=total)
        done.tell = lambda count: shown.advance(task, count)
        return shown

    def _archive(self) -> Archive | None:
        if self._limits is None:
            return None
        return Archive(self._folder, self._ledger, self._name, self_contained=any(self._limits))

    def _engine(self, cluster: str) -> Engine[Sequence[Task], ReadBundle]:
        processes = self._settings.getint("ALESCRAWL_WORKERS") or 1
        memory = Memory(self._ledger)
        if cluster:
            processes = workers_of(cluster)
        facts = (self._settings.copy_to_dict(), self._name, memory, processes, not cluster)
        work = Work(CaptureReader, facts, lost_bundle)
        if cluster:
            paths = sorted(local_files(self._ledger, self._name))
            return Cluster(work, cluster, paths)
        return Here(work) if processes == 1 else Processes(work, processes)

    def _failed(self, error: str | None) -> int:
        if error is not None:
            self._tell([f"{self._name}: {error}"])
        return 0 if error is None else _BAD

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._console.print(line, soft_wrap=True, markup=False)


def _passed_over(name: str, counts: Counter[str]) -> list[str]:
    what = ", ".join(f"{n} {each.removeprefix('index/')}" for each, n in sorted(counts.items()))
    return [f"{name}: passed over in the index: {what}"] if what else []

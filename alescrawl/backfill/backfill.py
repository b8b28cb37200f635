"""Back-fills one source: captures are taken in order of time, read on an engine, and stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl import __version__
from alescrawl.backfill.fetching import bundles
from alescrawl.backfill.reading import ReadBundle, ReadCapture, Task
from alescrawl.backfill.storing import Writer
from alescrawl.crawling.engine.work import EngineLost
from alescrawl.dataset.gate.gate import close_gate, judge_backfill_run
from alescrawl.dataset.ledger.articles import has_article
from alescrawl.dataset.ledger.captures import FAILED, is_same_as_before, waiting_captures
from alescrawl.dataset.ledger.runs import BACKFILL, begin_run, end_run
from alescrawl.dataset.removal.forget import drop_withheld
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

    from alescrawl.backfill.rights import HostRules
    from alescrawl.crawling.engine.work import Engine
    from alescrawl.dataset.archive.warc import Archive
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.gate.verdicts import Judgement
    from alescrawl.dataset.ledger.captures import Capture
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.window import Window

AHEAD: Final = 256
"""Captures that are read before the first of them is stored: they are stored in order of time."""


def lost_bundle(tasks: Sequence[Task]) -> ReadBundle:
    """Return what is said of a bundle that ends its process each time; one by one they may not."""
    if len(tasks) > 1:
        return ReadBundle([], is_lost=True)
    return ReadBundle([ReadCapture(tasks[0].capture, outcome="not_article/lost_worker")])


class Backfill:
    """Reads the captures of *source* that wait, within *window*, at most *limit* of them.

    ``error`` is why it ended before all was read, ``left`` counts what waits for another run.
    """

    def __init__(
        self,
        ledger: Ledger,
        output: Folder,
        source: str,
        rules: HostRules,
        *,
        window: Window,
        limit: int | None = None,
    ) -> None:
        self._ledger = ledger
        self._output = output
        self._source = source
        self._rules = rules
        self._window = window
        self._limit = limit
        self._taken = 0
        self.error: str | None = None
        self.left = 0
        self.tell: Callable[[int], None] = lambda _: None

    def run(
        self, engine: Engine[Sequence[Task], ReadBundle], archive: Archive | None
    ) -> tuple[Judgement, Counter[str]]:
        """Read and store; return what is thought of the run, and its counts."""
        run_id = begin_run(self._ledger, self._source, self._window, covers=False, kind=BACKFILL)
        close_gate(self._ledger, self._source, run_id)
        writer = Writer(self._ledger, self._source, run_id, archive)
        while self._pass(engine, writer) and self.error is None:
            pass
        drop_withheld(self._ledger, self._output, self._source)
        counts = writer.counts
        counts["found"] = counts["requested"] + self.left
        reason = "finished" if self.error is None else "shutdown"
        end_run(self._ledger, run_id, reason, dict(counts), __version__)
        return judge_backfill_run(self._ledger, self._source, run_id), counts

    def _pass(self, engine: Engine[Sequence[Task], ReadBundle], writer: Writer) -> bool:
        """Read what waits; return whether some of it was put off that can be read now."""
        last: Capture | None = None
        self.left, put_off = 0, 0
        while self.error is None and (count := self._count()):
            found = waiting_captures(self._ledger, self._source, self._window, last, count)
            if not found:
                break
            last = found[-1]
            put_off += self._read(found, engine, writer)
        return bool(put_off)

    def _count(self) -> int:
        return AHEAD if self._limit is None else min(AHEAD, self._limit - self._taken)

    def _read(
        self,
        found: Sequence[Capture],
        engine: Engine[Sequence[Task], ReadBundle],
        writer: Writer,
    ) -> int:
        """Read and store some captures; return how many are as one of them that could not be."""
        tasks, alike = self._tasks(found, writer)
        self._taken += len(tasks)
        read = sorted(self._done(tasks, engine, writer), key=_age)
        writer.write(read)
        writer.same_as_before(alike)
        self.tell(len(found))
        failed = {each.capture.canonical for each in read if each.outcome.startswith(FAILED)}
        return sum(each.canonical in failed for each in alike)

    def _tasks(
        self, found: Sequence[Capture], writer: Writer
    ) -> tuple[dict[Capture, Task], list[Capture]]:
        """Return what is to be read, and what is as a capture before it that will be.

        What today's rules forbid is recorded; where nobody knows them, it is left for another run.
        """
        tasks: dict[Capture, Task] = {}
        alike, forbidden = [], []
        digests: dict[str, str] = {}
        for each in found:
            if _is_as(digests, each) or is_same_as_before(self._ledger, self._source, each):
                alike.append(each)
                continue
            today = self._rules.of(each.url)
            if today is None:
                self.left += 1
            elif not today.allowed:
                forbidden.append((each, "refused/robots"))
            else:
                known = has_article(self._ledger, fingerprint(each.canonical))
                tasks[each] = Task(each, today.reservation, known)
        writer.note(forbidden)
        return tasks, alike

    def _done(
        self,
        tasks: dict[Capture, Task],
        engine: Engine[Sequence[Task], ReadBundle],
        writer: Writer,
    ) -> Iterator[ReadCapture]:
        work = [[tasks[each] for each in group] for group in bundles(tasks)]
        again: list[list[Task]] = []
        try:
            for items in (work, again):
                for asked, done in engine.read(items):
                    if done.is_lost:
                        again += [[each] for each in asked]
                    self._note(done, len(asked), writer)
                    yield from done.read
        except EngineLost as error:
            self.error = str(error)

    def _note(self, done: ReadBundle, asked: int, writer: Writer) -> None:
        writer.counts.update(done.counts)
        writer.counts["requested"] += len(done.read)
        if done.error:
            self.error = done.error
            self.left += asked - len(done.read)


def _is_as(digests: dict[str, str], capture: Capture) -> bool:
    """Return whether the last capture of its address among those seen has its digest; note it."""
    before = digests.get(capture.canonical)
    digests[capture.canonical] = capture.digest
    return bool(capture.digest) and before == capture.digest


def _age(read: ReadCapture) -> tuple[str, str]:
    return read.capture.captured_at.isoformat(), read.capture.canonical

"""`scrapy reprocess [NAME …]`: reads the archived pages again with today's code."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawl import check_settings
from alescrawl.crawling.arguments import ArgumentError, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger

USAGE_ERROR = 2


class Command(ProjectCommand):
    """Replaces the rows of articles by what their archived pages show to today's code."""

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [NAME ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Read the archived pages again with today's code, without any request"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return "Without a NAME, the articles of all sources in the dataset."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --since and --dry-run."""
        super().add_options(parser)
        parser.add_argument("--since", metavar="DATE", help="only rows fetched since that day")
        parser.add_argument(
            "--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://127.0.0.1:8786"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, print what changed, publish; set the exit code."""
        from alescrawl.dataset.ledger.connection import open_dataset

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            since = read_limits({"since": opts.since} if opts.since else {}).window.since
            check_settings(self.settings)
            with open_dataset(self.settings) as (output, ledger):
                for source in _chosen(ledger, args):
                    workers = opts.cluster or self._workers()
                    self._reprocess(
                        ledger, output, source, since, writes=not opts.dry_run, workers=workers
                    )
        except (ArgumentError, DatasetError) as error:
            print(f"scrapy reprocess: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = USAGE_ERROR

    def _workers(self) -> int:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        return self.settings.getint("ALESCRAWL_WORKERS") or os.cpu_count() or 1

    def _reprocess(
        self,
        ledger: Ledger,
        output: Folder,
        source: str,
        since: datetime | None,
        *,
        writes: bool,
        workers: int | str,
    ) -> None:
        from rich.console import Console

        from alescrawl.crawling.reprocessing.report import report
        from alescrawl.crawling.reprocessing.reprocess import Reprocessing
        from alescrawl.crawling.runs.summary import verdict_lines
        from alescrawl.dataset.gate.gate import held_sources, judge_interrupted
        from alescrawl.dataset.gate.verdicts import BAD
        from alescrawl.dataset.publication.publish import publish

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        done = Reprocessing(ledger, output, source, since)
        with _locked(output, source):
            if writes:
                # What a crawl that was killed has stored is judged before it is changed.
                judge_interrupted(ledger, source)
            judgement = done.run(self.settings, workers, writes=writes)
            report(Console(highlight=False), source, done)
            if writes:
                publish(ledger, output)
        is_held = writes and source in held_sources(ledger)
        for line in verdict_lines(source, judgement, done.bad_page, is_held=is_held):
            print(f"{source}: {line}")  # noqa: T201 - what the command is for
        if is_held or judgement.verdict in BAD:
            self.exitcode = 1


@contextmanager
def _locked(output: Folder, source: str) -> Iterator[None]:
    from alescrawl.dataset.locks import SourceLock

    lock = SourceLock(output, source)
    try:
        yield
    finally:
        lock.release()


def _chosen(ledger: Ledger, names: Sequence[str]) -> Sequence[str]:
    from alescrawl.crawling.reprocessing.reprocess import sources

    known = sources(ledger)
    if unknown := [name for name in names if name not in known]:
        raise DatasetError(
            f"no article of {unknown[0]} is in the dataset; there are those of: {', '.join(known)}"
        )
    return names or known

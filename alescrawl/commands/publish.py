"""`scrapy publish [NAME] [--accept]`: shows which rows wait and why, and lets them through."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from alescrawl.command import ProjectCommand
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger


class Command(ProjectCommand):
    """Publishes what may be; with --accept also what a bad run left waiting."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] [NAME]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Show which rows are held back and why, or let them through"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --accept."""
        super().add_options(parser)
        parser.add_argument(
            "--accept", action="store_true", help="publish the rows of NAME that are held back"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Publish, and print what waits."""
        from alescrawl.dataset.gate.gate import accept
        from alescrawl.dataset.ledger.connection import open_dataset
        from alescrawl.dataset.publication.publish import publish

        if len(args) > 1 or (opts.accept and not args):
            raise UsageError("name one source: scrapy publish NAME --accept")
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            with open_dataset(self.settings) as (output, ledger):
                for line in _judge_killed(output, ledger, args):
                    print(line)  # noqa: T201 - what the command is for
                if opts.accept:
                    accept(ledger, args[0])
                print(f"{publish(ledger, output)} partitions written")  # noqa: T201 - what the command is for
                waiting = list(_waiting(ledger, args))
                for line in waiting or [f"no row{f' of {args[0]}' if args else ''} waits"]:
                    print(line)  # noqa: T201 - what the command is for
        except DatasetError as error:
            print(f"scrapy publish: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1


def _judge_killed(output: Folder, ledger: Ledger, names: list[str]) -> Iterator[str]:
    """Judge runs that were killed; say which are under way, whose rows wait for their end."""
    from alescrawl.dataset.gate.gate import judge_interrupted, unjudged_sources
    from alescrawl.dataset.locks import HeldError, lock_all

    for source in unjudged_sources(ledger):
        if names and source not in names:
            continue
        try:
            with lock_all(output, [source]):
                judge_interrupted(ledger, source)
        except HeldError:
            yield f"{source} is being crawled: its rows are published when that ends"


def _waiting(ledger: Ledger, names: list[str]) -> Iterator[str]:
    from alescrawl.dataset.gate.gate import held_sources

    for source, (verdict, why) in held_sources(ledger).items():
        if not names or source in names:
            yield f"{source} is held back, {verdict}: {'; '.join(why)}"

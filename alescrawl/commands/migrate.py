"""`scrapy migrate [--dry-run]`: brings an output folder of an older version to today's form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from alescrawl.dataset.folder import Settings
    from alescrawl.dataset.publication.migration import Outdated


class Command(ProjectCommand):
    """Shows what of the ledger and the tables is older than this version, and renews it."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Bring the output folder of an older version up to date"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --dry-run."""
        super().add_options(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be done, change nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what is older and, but for --dry-run, renew it."""
        if args:
            raise self.wrong_words()
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            for line in _plan(self.settings):
                print(line)  # noqa: T201 - what the command is for
            if not opts.dry_run:
                for line in _migrate(self.settings):
                    print(line)  # noqa: T201 - what the command is for
        except DatasetError as error:
            print(f"scrapy migrate: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1


def _plan(settings: Settings) -> Iterator[str]:
    from alescrawl.dataset.ledger.connection import existing_dataset, found_format
    from alescrawl.dataset.ledger.format import FORMAT
    from alescrawl.dataset.publication.migration import outdated_tables

    output = existing_dataset(settings)
    found = found_format(output.ledger)
    yield f"ledger: format {found}" + (f" becomes {FORMAT}" if found < FORMAT else ", up to date")
    tables = outdated_tables(output)
    yield from map(_told, tables)
    if not tables:
        yield "tables: up to date"


def _told(table: Outdated) -> str:
    added = ", ".join(table.added) or "none"
    return f"{table.name}: columns added: {added}; files to rewrite: {len(table.files)}"


def _migrate(settings: Settings) -> Iterator[str]:
    from alescrawl.dataset.gate.gate import held_sources
    from alescrawl.dataset.ledger.connection import open_dataset
    from alescrawl.dataset.publication.migration import mark_outdated, outdated_tables
    from alescrawl.dataset.publication.publish import publish

    with open_dataset(settings) as (output, ledger):
        mark_outdated(ledger, outdated_tables(output))
        yield f"{publish(ledger, output)} partitions written"
        if outdated_tables(output):
            others = "a source that is being crawled, or of another ledger,"
            held = ", ".join(held_sources(ledger)) or others
            yield f"the files that are left are rewritten when the rows of {held} are published"

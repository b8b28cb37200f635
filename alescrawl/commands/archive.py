"""`scrapy archive export FILE.wacz [SOURCE …]`: the archived pages as one WACZ package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.crawling.arguments import ArgumentError, perhaps
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    from alescrawl.dataset.ledger.connection import Ledger

USAGE_ERROR = 2


class Command(ProjectCommand):
    """Gives the archived pages to other tools."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] export FILE.wacz [SOURCE ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Write the archived pages as a WACZ package"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Without a SOURCE, the pages of all. ReplayWeb.page shows the package, and "
            "`scrapy backfill --from warc:FILE.wacz` reads it."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the package, say what is in it; set the exit code."""
        from alescrawl.dataset.archive.wacz import export_wacz
        from alescrawl.dataset.ledger.connection import open_dataset

        del opts
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            target = _target(args)
            with open_dataset(self.settings) as (folder, ledger):
                sources = _chosen(ledger, args[2:])
                done = export_wacz(ledger, folder, sources, target)
        except (ArgumentError, DatasetError) as error:
            print(f"scrapy archive: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = USAGE_ERROR
            return
        print(f"{target}: {done.records} records, {done.pages} pages")  # noqa: T201 - as above
        if done.damaged:
            print(f"  {done.damaged} left out: damaged, or gone")  # noqa: T201 - as above
            self.exitcode = 1


def _target(args: list[str]) -> Path:
    least = 2
    if len(args) < least or args[0] != "export" or not args[1].endswith(".wacz"):
        raise ArgumentError("expected is such as: scrapy archive export pages.wacz [SOURCE ...]")
    target = Path(args[1])
    if not target.absolute().parent.is_dir():
        raise ArgumentError(f"{target.parent} is no folder: make it, or choose another")
    return target


def _chosen(ledger: Ledger, names: list[str]) -> list[str]:
    found = ledger.query("SELECT DISTINCT source FROM raw ORDER BY source").fetchall()
    known = [row["source"] for row in found]
    for name in names:
        if name not in known:
            raise ArgumentError(f"no page of {name} is archived{perhaps(name, known)}: see raw/")
    return names or known

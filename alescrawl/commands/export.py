"""`scrapy export`: the dataset as Excel, CSV or JSON lines, or as an edition to be published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.exceptions import UsageError

from alescrawl.command import ProjectCommand
from alescrawl.crawling.arguments import ArgumentError, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    import pandas as pd

_FORMS: Final = ("facts", "excel", "csv", "jsonl")


class Command(ProjectCommand):
    """Writes tables for other tools; or ids, links, dates and counts without words and persons."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] --excel FILE | --csv FOLDER | --jsonl FOLDER | --facts FOLDER"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Write tables for Excel and other tools, or an edition which can be published"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "The tables are articles, mentions, jobs and amounts, with a page that explains their "
            "columns. Names of persons are left out unless --persons is given."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--excel", metavar="FILE", help="a workbook, a sheet for each table")
        parser.add_argument("--csv", metavar="FOLDER", help="a CSV file for each table")
        parser.add_argument(
            "--jsonl", metavar="FOLDER", help="a file for each table, an object a line"
        )
        parser.add_argument(
            "--facts",
            metavar="FOLDER",
            help="an edition without texts and persons, in a new folder or s3:// address",
        )
        parser.add_argument("--since", metavar="DATE", help="articles published since that day")
        parser.add_argument("--until", metavar="DATE", help="articles published before that day")
        parser.add_argument(
            "--source", metavar="NAME", action="append", help="of that source (may be repeated)"
        )
        parser.add_argument(
            "--persons", action="store_true", help="name persons too (personal data)"
        )
        parser.add_argument(
            "--semicolon", action="store_true", help="part the cells of CSV as French Excel does"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write what is asked for, print what it holds."""
        forms = [form for form in _FORMS if getattr(opts, form)]
        if args or len(forms) != 1:
            raise UsageError("name one thing to write: scrapy export --excel FILE")
        target = str(getattr(opts, forms[0]))
        try:
            written = self._facts(target) if forms == ["facts"] else self._tables(forms[0], opts)
        except (ArgumentError, DatasetError) as error:
            print(f"scrapy export: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1
            return
        told = ", ".join(f"{count} {name}" for name, count in written.items())
        print(f"written to {target}: {told}")  # noqa: T201 - what the command is for

    def _facts(self, target: str) -> dict[str, int]:
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.publication.shareable import export_facts

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        return dict(export_facts(Folder.from_settings(self.settings).published, target))

    def _tables(self, form: str, opts: argparse.Namespace) -> dict[str, int]:
        from alescrawl.dataset.publication import flat_tables

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        limits = {n: getattr(opts, n) for n in ("since", "until") if getattr(opts, n)}
        window = read_limits(limits).window
        choice = flat_tables.Choice(window.since, window.until, opts.source, opts.persons)
        found = flat_tables.tables(self.settings["ALESCRAWL_OUTPUT"], choice)
        target = Path(getattr(opts, form))
        if form == "csv":
            flat_tables.write_csv(found, target, separator=";" if opts.semicolon else ",")
        else:
            flat_tables.WRITERS[form](found, target)
        return _counts(found)


def _counts(found: dict[str, pd.DataFrame]) -> dict[str, int]:
    return {name: len(frame) for name, frame in found.items()}

"""`scrapy report`: the dataset as one page for a browser, `report.html` in the output folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCommand):
    """Writes the page; needs no network, neither now nor when it is looked at."""

    requires_project = True

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Write report.html: the dataset and the health of its sources at a glance"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --language and --persons."""
        super().add_options(parser)
        parser.add_argument(
            "--language", metavar="fr|en", help="the page's language (default: the browser's)"
        )
        parser.add_argument(
            "--persons", action="store_true", help="name persons too (personal data)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the page and say where it is; exit code 1 where that cannot be done."""
        from alescrawl.dataset.folder import Folder
        from alescrawl.report.writing import write_report

        if args:
            raise UsageError
        settings = self.settings
        assert settings is not None  # noqa: S101 - set by Scrapy
        try:
            written = write_report(
                settings["ALESCRAWL_OUTPUT"],
                folder=Folder.from_settings(settings).root,
                language=opts.language or settings["ALESCRAWL_REPORT_LANGUAGE"],
                persons=opts.persons or settings.getbool("ALESCRAWL_REPORT_PERSONS"),
            )
        except DatasetError as error:
            print(f"scrapy report: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1
            return
        since = f", {written.new} new since the last report" if written.since else ""
        print(f"{written.path}: {written.articles} articles{since}")  # noqa: T201 - same

"""`scrapy report`: the dataset as one page for a browser, `report.html` in the output folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.crawling.arguments import ArgumentError, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    from alescrawl.report.scope import Scope


class Command(ProjectCommand):
    """Writes the page; needs no network, neither now nor when it is looked at."""

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Write report.html: the dataset and the health of its sources at a glance"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--since", metavar="DATE", help="articles published since that day")
        parser.add_argument(
            "--commune", metavar="COMMUNE", help="about one commune (name or INSEE code)"
        )
        parser.add_argument(
            "--institution", metavar="NAME", help="about one institution (name or SIREN)"
        )
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
        from alescrawl.watch.values import CellError

        if args:
            raise self.wrong_words()
        settings = self.settings
        assert settings is not None  # noqa: S101 - set by Scrapy
        try:
            written = write_report(
                settings["ALESCRAWL_OUTPUT"],
                folder=Folder.from_settings(settings).root,
                language=opts.language or settings["ALESCRAWL_REPORT_LANGUAGE"],
                persons=opts.persons or settings.getbool("ALESCRAWL_REPORT_PERSONS"),
                scope=_scope(opts),
            )
        except (ArgumentError, CellError, DatasetError) as error:
            print(f"scrapy report: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1
            return
        since = f", {written.new} new since the last report" if written.since else ""
        print(f"{written.path}: {written.articles} articles{since}")  # noqa: T201 - same


def _scope(opts: argparse.Namespace) -> Scope:
    from alescrawl.report.scope import Scope
    from alescrawl.watch.values import check

    since = read_limits({"since": opts.since}).window.since if opts.since else None
    insee, commune = check("commune", opts.commune) if opts.commune else ("", "")
    return Scope(since, insee, commune, opts.institution or "")

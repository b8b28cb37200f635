"""`scrapy backfill SOURCE… --from ARCHIVE`: rows from what web archives captured."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawl import check_settings
from alescrawl.crawling.arguments import ArgumentError, no_source, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    from alescrawl.crawling.source import Source

USAGE_ERROR = 2
_FROM = (
    "commoncrawl, ccnews, wayback, warc:PATH (a file or a folder; WACZ too), cdx:ADDRESS (pywb, "
    "OutbackCDX) or columnar:PLACE (Common Crawl's table); may be given more than once"
)


class Command(ProjectCommand):
    """Back-fills sources from web archives."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] SOURCE [SOURCE ...] --from ARCHIVE"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Read the past of sources from web archives"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Each capture is read as a crawl reads a page, as of the day of the capture; what a "
            "crawl has read stays, and gets older revisions. The same command goes on where it "
            "was stopped, and does nothing twice."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what says which captures, and from where."""
        super().add_options(parser)
        parser.add_argument(
            "--from", dest="archives", action="append", metavar="ARCHIVE", help=_FROM
        )
        parser.add_argument("--data", metavar="PLACE", help="where the WARCs of an index lie")
        parser.add_argument("--since", metavar="DATE", help="only captures from that day on")
        parser.add_argument("--until", metavar="DATE", help="only captures from before that day")
        parser.add_argument("--limit", metavar="N", help="read at most so many captures")
        parser.add_argument(
            "--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://127.0.0.1:8786"
        )
        parser.add_argument("--estimate", action="store_true", help="only say how much it would be")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look what there is, read it, publish; set the exit code."""
        from alescrawl.backfill.running import Order, fill

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            words = ("since", "until", "limit")
            given = {name: value for name in words if (value := getattr(opts, name))}
            limits = read_limits(given)
            check_settings(self.settings)
            sources = self._sources(args)
            order = Order(
                opts.archives or [],
                opts.data or "",
                limits,
                estimate=opts.estimate,
                cluster=opts.cluster or "",
            )
            self.exitcode = fill(self.settings, sources, order)
        except (ArgumentError, DatasetError) as error:
            print(f"scrapy backfill: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = USAGE_ERROR

    def _sources(self, names: list[str]) -> dict[str, type[Source]]:
        """Return the facts of the sources of those *names*."""
        from scrapy.spiderloader import SpiderLoader

        from alescrawl.crawling.source import Source

        if not names:
            raise ArgumentError("name a source: `scrapy list` shows them")
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        loader = SpiderLoader.from_settings(self.settings)
        known = loader.list()
        found: dict[str, type[Source]] = {}
        for name in dict.fromkeys(names):
            if name not in known:
                raise ArgumentError(no_source(name, known))
            source = loader.load(name)
            if not issubclass(source, Source) or not source.hosts:
                raise ArgumentError(
                    f"{name} states no hosts to ask an archive for: choose another source"
                )
            found[name] = source
        return found

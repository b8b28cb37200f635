"""`scrapy parse ADDRESS`: Scrapy's own, of which no run is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.commands import parse

if TYPE_CHECKING:
    import argparse

_RUN: Final = "alescrawl.crawling.runs.run.Run"


class Command(parse.Command):
    """Shows what a source makes of one page; the dataset, and how the source stands, stay."""

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Show what a source makes of one page, and store nothing"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Such as: scrapy parse https://www.example.org/article --spider NAME. The page is read "
            "as a crawl reads it, but alone: without what routes say of it."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options, and leave the ledger out."""
        super().process_options(args, opts)
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        self.settings["EXTENSIONS"].set(_RUN, None, priority="cmdline")

"""`scrapy demo`: starts an invented newsroom on loopback, crawls it, and shows the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand

if TYPE_CHECKING:
    import argparse


class Command(ProjectCommand):
    """Shows the whole way, from a site to a table, without any network."""

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Crawl an invented newsroom on this machine and show the table"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl the newsroom on two days and print what came of it."""
        from alescrawl.newsroom.demo import Demo

        del args, opts
        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        self.exitcode = Demo(self.crawler_process).run()

"""`scrapy check-sources [NAME …]`: whether the sources are as their modules say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawl import check_settings
from alescrawl.commands.crawlall import chosen_sources
from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from alescrawl.crawling.checks.model import SourceCheck
    from alescrawl.crawling.discovery.spider import NewsSpider
    from alescrawl.dataset.folder import Folder

WELL, BAD, CANNOT_WORK = 0, 1, 2


class Command(ProjectCommand):
    """Asks each source for its robots.txt, its rights and the first page of each route."""

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [NAME ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Look whether the sources are as their modules say, with few requests"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Without a NAME, all sources. Asked are robots.txt, the signals of rights, the first "
            "page of each route and one article, as politely as by a crawl. The table says works, "
            "reserved, moved, blocked, unreachable, empty or gone; sources.parquet in the output "
            "folder has a row for each route. The exit code is 1 where a source does not work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --share."""
        super().add_options(parser)
        parser.add_argument(
            "--share",
            metavar="FILE",
            help="write what is known of the project's routes, with nothing of you, to send it",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, show what was found, write it, set the exit code."""
        from alescrawl.crawling.checks.source_check import CheckSpider
        from alescrawl.crawling.checks.table import show
        from alescrawl.crawling.runs.ending import run_until_signal
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.publication.source_checks import write_checks

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        try:
            folder = Folder.from_settings(self.settings)
            chosen = chosen_sources(self.crawler_process.spider_loader, args)
            check_settings(self.settings)
            folder.prepare()
        except (ArgumentError, DatasetError) as error:
            self._fail(str(error))
            return
        crawler = self.crawler_process.create_crawler(CheckSpider)
        self.crawler_process.crawl(crawler, sources=list(chosen.values()))
        run_until_signal(self.crawler_process)
        if not isinstance(crawler.spider, CheckSpider):
            self.exitcode = CANNOT_WORK
            return
        checks = list(crawler.spider.checks.values())
        show(checks)
        try:
            path = write_checks(folder.published, [row for each in checks for row in each.rows()])
        except DatasetError as error:
            self._fail(str(error))
            return
        print(f"written to {path}")  # noqa: T201 - what the command is for
        try:
            self._tell_known(folder, chosen, checks, opts.share)
        except (DatasetError, OSError) as error:
            self._fail(str(error))
            return
        self.exitcode = exit_code(checks)

    def _tell_known(
        self,
        folder: Folder,
        chosen: Mapping[str, type[NewsSpider]],
        checks: Sequence[SourceCheck],
        share: str | None,
    ) -> None:
        """Print what to change in modules of sources that moved; write what may be shared."""
        from alescrawl.crawling.checks.module_changes import module_changes
        from alescrawl.crawling.checks.route_report import shared_facts, with_checks
        from alescrawl.dataset.ledger.connection import read_only
        from alescrawl.dataset.ledger.moves import addresses_at, all_moves
        from alescrawl.dataset.ledger.route_health import route_health

        known, moves = [], {}
        if folder.ledger.exists():
            with read_only(folder) as db:
                known, moves = route_health(db), all_moves(db)
                for name, source in chosen.items():
                    found = {m.new: addresses_at(db, name, m.new) for m in moves.get(name, ())}
                    for line in module_changes(source, moves.get(name, ()), found):
                        print(line)  # noqa: T201 - what the command is for
        if share is None:
            return
        shipped = {n: s for n, s in chosen.items() if s.__module__.startswith("alescrawl.spiders.")}
        facts = shared_facts(with_checks(known, checks), moves, shipped)
        Path(share).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"what may be shared of {len(facts['routes'])} routes is in {share}")  # noqa: T201 - as above

    def _fail(self, line: str) -> None:
        print(f"scrapy check-sources: {line}", file=sys.stderr)  # noqa: T201 - for the user
        self.exitcode = CANNOT_WORK


def exit_code(checks: Sequence[SourceCheck]) -> int:
    """Return 0 where every source works, though it may have moved or reserve its rights."""
    return WELL if all(each.works for each in checks) else BAD

"""`scrapy crawl NAME`: Scrapy's own command, with plain errors, a summary and an exit code."""

from __future__ import annotations

import sys
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as CrawlCommand

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.crawling.source_facts import wrong_patterns
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from alescrawl.crawling.runs.run import Run
    from alescrawl.dataset.folder import Folder

USAGE_ERROR = 2


class Command(CrawlCommand):
    """Crawls one source."""

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Crawl one source: only what is new or changed"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "NAME is a source of `scrapy list`. Arguments: -a since=DATE and -a until=DATE "
            "(published from that day on, and before it; the first time since is 30 days ago), "
            "-a limit=N (ask for at most N pages), -a full=1 (all again), -a estimate=1 (only say "
            "how much it would be). For the source urls: -a urls=URL,URL or -a file=FILE; for the "
            "source site: -a url=https://example.org/. The exit code is 0 where all is well, 1 "
            "where somebody should look, 2 where nothing could run."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print what it came to, set the exit code."""
        from alescrawl.crawling.runs.ending import run_until_signal
        from alescrawl.crawling.runs.machine_limits import allowed_jobs

        if (wrong := _wrong_words(args)) is not None:
            self._fail(f"scrapy crawl: {wrong}", USAGE_ERROR)
            return
        try:
            allowed_jobs(1)
            crawler = self._checked_crawler(args[0], opts.spargs)
        except (ArgumentError, DatasetError) as error:
            self._fail(f"scrapy crawl {args[0]}: {error}", USAGE_ERROR)
            return
        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        self.crawler_process.crawl(crawler, **opts.spargs)
        run_until_signal(self.crawler_process)
        self._report(crawler)

    def _checked_crawler(self, name: str, arguments: dict[str, str]) -> Crawler:
        from alescrawl.crawling.discovery.spider import NewsSpider
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.publication.exporter import check_parent, lock_feed, refuse_to_append

        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        if name not in (known := self.crawler_process.spider_loader.list()):
            perhaps = "".join(f", perhaps {each}" for each in get_close_matches(name, known, n=1))
            raise ArgumentError(f"there is no such source{perhaps}; `scrapy list` shows them")
        crawler = self._create_crawler(name)
        spider = crawler.spidercls
        if issubclass(spider, NewsSpider):
            spider.check_arguments(arguments)
            if (wrong := next(wrong_patterns(spider), None)) is not None:
                raise ArgumentError(wrong)
        check_settings(crawler.settings)
        for path, feed_options in crawler.settings.getdict("FEEDS").items():
            refuse_to_append(path, feed_options)
            check_parent(path)
            lock_feed(path, feed_options)
        if issubclass(spider, NewsSpider):
            # Last: nothing is made for a run that cannot begin.
            check_output(Folder.from_settings(crawler.settings), name)
        return crawler

    def _report(self, crawler: Crawler) -> None:
        from alescrawl.crawling.discovery.spider import NewsSpider
        from alescrawl.crawling.runs.outcomes import is_incomplete
        from alescrawl.crawling.runs.run import Run
        from alescrawl.crawling.runs.summary import summary_lines

        if self.crawler_process is not None and self.crawler_process.bootstrap_failed:
            self.exitcode = 1
            return
        run = crawler.get_extension(Run)
        if run is None or not run.source:
            return
        if run.is_busy:
            self._fail(f"scrapy crawl {run.source}: {run.error}", 1)
            return
        print(f"{run.source}: {run.finish_reason}")  # noqa: T201 - what the command is for
        for line in summary_lines(run):
            print(line)  # noqa: T201 - what the command is for
        _tell_where_offline(crawler)
        print(f"  written to {run.folder.published}")  # noqa: T201 - what the command is for
        if run.error is None and run.estimate is None and isinstance(crawler.spider, NewsSpider):
            for line in crawler.spider.closing_lines():
                print(line)  # noqa: T201 - what the command is for
        if not run.is_unusable:
            self._alert(crawler, run)
            self._watch(crawler, run)
        if run.error is not None:
            self._fail(f"scrapy crawl {run.source}: {run.error}", 1)
        elif run.finish_reason != "finished" or is_incomplete(run) or _feed_failed(crawler):
            self.exitcode = 1

    def _alert(self, crawler: Crawler, run: Run) -> None:
        from alescrawl.crawling.runs.alert import Hook, tell_changes
        from alescrawl.dataset.ledger.connection import Ledger

        hook = Hook.from_settings(crawler.settings)
        if hook is not None:
            with closing(Ledger(run.folder.ledger)) as ledger:
                failure = tell_changes(hook, ledger, [run.source])
            if failure:
                print(f"scrapy crawl {run.source}: {failure}", file=sys.stderr)  # noqa: T201 - as above

    def _watch(self, crawler: Crawler, run: Run) -> None:
        place = crawler.settings["ALESCRAWL_WATCH"]
        if not place or not Path(place).exists():
            return
        from alescrawl.watch.session import after_crawl

        try:
            failures = after_crawl(crawler.settings, print)
        except (ArgumentError, DatasetError) as error:
            failures = [str(error)]
        for failure in failures:
            self._fail(f"scrapy crawl {run.source}: {failure}", 1)

    def _fail(self, line: str, code: int) -> None:
        print(line, file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = code


def _wrong_words(words: list[str]) -> str | None:
    """Return what is wrong with the *words* of the command, and how it is said."""
    options = [word for word in words if word.startswith("-")]
    arguments = [word for word in words if "=" in word and not word.startswith("-")]
    if options:
        name, _, value = options[0].lstrip("-").partition("=")
        said = f"-a {name}={value or 'VALUE'}"
        return f"there is no option {options[0]}; what a source is told is said as {said}"
    if arguments:
        return f"{arguments[0]} is no source; what a source is told is said as -a {arguments[0]}"
    if not words:
        return "name a source; `scrapy list` shows them"
    if len(words) > 1:
        return f"one source at a time; for several: scrapy crawlall {' '.join(words)}"
    return None


def check_settings(settings: BaseSettings) -> None:
    """Raise :exc:`ArgumentError` where a setting of this project cannot be used."""
    from alescrawl.crawling.hosts.rights_policy import RightsPolicy
    from alescrawl.crawling.runs.alert import Hook
    from alescrawl.crawling.runs.checked_settings import check_plain_settings, raw_limits
    from alescrawl.crawling.runs.schedule import Schedule
    from alescrawl.pipelines.entities import check_finder
    from alescrawl.pipelines.relevance import what_to_keep

    check_plain_settings(settings)
    Schedule.from_settings(settings)
    raw_limits(settings)
    Hook.from_settings(settings)
    RightsPolicy(settings.getdict("ALESCRAWL_RIGHTS"))
    check_finder(settings)
    what_to_keep(settings)


def check_output(folder: Folder, source: str) -> None:
    """Raise :exc:`DatasetError` where a crawl of *source* could not write to *folder*."""
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.locks import SourceLock

    folder.prepare()
    SourceLock(folder, source).release()
    Ledger(folder.ledger).close()


def _tell_where_offline(crawler: Crawler) -> None:
    from alescrawl.crawling.runs.outcomes import OFFLINE, is_unresolved

    if crawler.stats is not None and is_unresolved(crawler.stats):
        print(f"  {OFFLINE}")  # noqa: T201 - what the command is for


def _feed_failed(crawler: Crawler) -> bool:
    """Return whether a file that was asked for (-o, -O) could not be written."""
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    return any(name.startswith("feedexport/failed_count") for name in stats)

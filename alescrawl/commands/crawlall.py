"""`scrapy crawlall [NAME …]`: every source, many at once, one exit code: for a scheduler."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final, get_args

from scrapy.utils.ossignal import install_shutdown_handlers

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawl import check_settings
from alescrawl.crawling.arguments import ArgumentError, no_source, perhaps, read_limits
from alescrawl.crawling.runs.machine_limits import allowed_jobs
from alescrawl.crawling.source import Kind
from alescrawl.crawling.source_loader import SourceLoader
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import BaseSettings
    from scrapy.spiderloader import SpiderLoaderProtocol

    from alescrawl.crawling.discovery.spider import NewsSpider
    from alescrawl.crawling.runs.display import JsonLines, PlainLines
    from alescrawl.crawling.runs.many import Crawls
    from alescrawl.dataset.folder import Folder

WELL, BAD, CANNOT_WORK = 0, 1, 2
JOBS: Final = 8
AFTER_SIGNAL: Final = 3.0
"""Seconds that the hook has once a signal has come."""
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Command(ProjectCommand):
    """Crawls all sources, or those named, in one process."""

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [NAME ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Crawl all sources, many at once: what a scheduler calls"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Without a NAME, all sources. The exit code is 0 where all is well, 1 where a source "
            "is broken, blocked, degraded or gone, 2 where the run could not work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--kind", metavar="KIND[,KIND]", help=f"only sources of: {', '.join(get_args(Kind))}"
        )
        parser.add_argument("--since", metavar="DATE", help="articles published since that day")
        parser.add_argument(
            "--max-time", metavar="TIME", help="end after that time, such as 50m or 2h"
        )
        parser.add_argument(
            "--jobs", metavar="N", default=str(JOBS), help=f"sources at a time (default {JOBS})"
        )
        parser.add_argument(
            "--log-json", action="store_true", help="say all of it as JSON, an object a line"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options that hold before anything runs."""
        super().process_options(args, opts)
        if opts.log_json and self.settings is not None:
            from alescrawl.crawling.runs.display import log_as_json

            log_as_json(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, show it, set the exit code."""
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.locks import FolderLock

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            folder = Folder.from_settings(self.settings)
            arguments = {"since": opts.since} if opts.since is not None else {}
            read_limits(arguments)
            jobs, remark = allowed_jobs(_jobs(opts.jobs))
            seconds = _seconds(opts.max_time)
            if remark is not None:
                print(f"scrapy crawlall: {remark}", file=sys.stderr)  # noqa: T201 - for the user
            chosen = self._chosen(args, opts.kind)
            check_settings(self.settings)
            folder.prepare()
            lock = FolderLock(folder)
        except (ArgumentError, DatasetError) as error:
            self._fail(str(error))
            return
        try:
            check_ledger(folder)
            self._crawl(folder, chosen, arguments, jobs, seconds, as_json=opts.log_json)
        except DatasetError as error:
            self._fail(str(error))
        finally:
            lock.release()

    def _chosen(self, names: Sequence[str], kinds: str | None) -> dict[str, type[NewsSpider]]:
        """Return the sources that are asked for, by name."""
        assert self.crawler_process is not None  # noqa: S101 - set by Scrapy
        known = chosen_sources(self.crawler_process.spider_loader, names)
        wanted = set(kinds.split(",")) if kinds is not None else set(get_args(Kind))
        if wrong := sorted(wanted - set(get_args(Kind))):
            raise ArgumentError(
                f"--kind {wrong[0]} is none{perhaps(wrong[0], get_args(Kind))}; "
                f"there are: {', '.join(get_args(Kind))}"
            )
        chosen = {
            name: spider for name, spider in known.items() if kinds is None or spider.kind in wanted
        }
        if not chosen:
            raise ArgumentError("no source is of that kind; docs/sources.md lists them all")
        return chosen

    def _crawl(
        self,
        folder: Folder,
        chosen: dict[str, type[NewsSpider]],
        arguments: dict[str, str],
        jobs: int,
        seconds: float | None,
        *,
        as_json: bool,
    ) -> None:
        from alescrawl.crawling.runs.many import Crawls
        from alescrawl.dataset.ledger.runs import longest_due_first

        process: AsyncCrawlerProcess = self.crawler_process  # type: ignore[assignment]
        # One line for each crawl would be many at once on one terminal.
        process.settings.setdict(
            {
                "EXTENSIONS": {
                    **self._extensions(),
                    "alescrawl.crawling.runs.progress.Progress": None,
                }
            },
            priority="cmdline",
        )
        spiders = [chosen[name] for name in longest_due_first(folder, chosen)]
        display = _display(seconds, as_json=as_json)
        crawls = Crawls(process, spiders, arguments, jobs, display)
        _run(process, crawls, display, seconds)
        self.exitcode = exit_code(crawls)
        if self.exitcode == WELL and has_broken_sources(process.spider_loader):
            self.exitcode = BAD
        display.closed(crawls, self.exitcode)
        if failure := _alert(process.settings, folder, crawls):
            display.alert_failed(failure)
        for failure in _watch(process.settings, crawls, as_json=as_json):
            print(f"scrapy crawlall: {failure}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = max(self.exitcode, BAD)

    def _extensions(self) -> dict[str, int | None]:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        return self.settings.getdict("EXTENSIONS")

    def _fail(self, line: str) -> None:
        print(f"scrapy crawlall: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = CANNOT_WORK


def chosen_sources(
    loader: SpiderLoaderProtocol, names: Sequence[str]
) -> dict[str, type[NewsSpider]]:
    """Return the sources *names* that *loader* knows, all of them without any names.

    Raises :exc:`ArgumentError` for a name that is no source's.
    """
    from alescrawl.crawling.discovery.spider import NewsSpider

    spiders = {name: loader.load(name) for name in loader.list()}
    known = {n: s for n, s in spiders.items() if issubclass(s, NewsSpider) and s.verified}
    if unknown := [name for name in names if name not in known]:
        raise ArgumentError(no_source(unknown[0], known))
    chosen = {name: spider for name, spider in known.items() if not names or name in names}
    if not isinstance(loader, SourceLoader):
        return chosen
    right = loader.without_wrong_patterns(chosen)
    if chosen and not right:
        raise ArgumentError("the facts of no source can be used: see the lines above")
    return right


def has_broken_sources(loader: SpiderLoaderProtocol) -> bool:
    """Return whether a source was left out since its module cannot be used."""
    return isinstance(loader, SourceLoader) and bool(loader.broken)


def _run(
    process: AsyncCrawlerProcess,
    crawls: Crawls,
    display: PlainLines | JsonLines,
    seconds: float | None,
) -> None:
    """Run until all is done, the time is over, or a signal comes."""
    from alescrawl.crawling.runs.display import LiveDisplay
    from alescrawl.crawling.runs.ending import hush_late_timers

    loop = asyncio.get_event_loop()

    def on_signal(*_: object) -> None:
        loop.call_soon_threadsafe(crawls.end, "shutdown")

    if isinstance(display, LiveDisplay):
        loop.call_soon(display.open, crawls)
    if seconds is not None:
        loop.call_later(seconds, crawls.end, "time_limit")
    install_shutdown_handlers(on_signal)
    hush_late_timers()
    crawls.begin()
    process.start(install_signal_handlers=False)


def _alert(settings: BaseSettings, folder: Folder, crawls: Crawls) -> str | None:
    """Tell the hook what changed; return why it could not be told."""
    from alescrawl.crawling.runs.alert import Hook, tell_changes
    from alescrawl.crawling.runs.outcomes import is_offline
    from alescrawl.dataset.ledger.connection import Ledger

    hook = Hook.from_settings(settings)
    if is_offline(crawls):
        return None
    if hook is None or any(outcome.error for outcome in crawls.outcomes):
        return None
    with closing(Ledger(folder.ledger)) as ledger:
        # Whoever sent a signal waits for the end.
        most = AFTER_SIGNAL if crawls.ended_for == "shutdown" else None
        return tell_changes(hook, ledger, most=most)


def _watch(settings: BaseSettings, crawls: Crawls, *, as_json: bool) -> list[str]:
    """Tell of what is new for the watch lists; return what is wrong, a line each."""
    from alescrawl.watch.session import after_crawl

    # Whoever sent a signal waits for the end: the next run tells.
    if crawls.ended_for == "shutdown":
        return []

    def show(line: str) -> None:
        print(line, file=sys.stderr if as_json else sys.stdout)

    try:
        return after_crawl(settings, show)
    except (ArgumentError, DatasetError) as error:
        return [str(error)]


def _display(seconds: float | None, *, as_json: bool) -> PlainLines | JsonLines:
    from rich.console import Console

    from alescrawl.crawling.runs.display import JsonLines, LiveDisplay, PlainLines

    if as_json:
        return JsonLines()
    console = Console(stderr=True)
    # Into a file or a pipe go plain lines.
    watched = console.is_terminal and sys.stdout.isatty()
    return LiveDisplay(console, seconds) if watched else PlainLines()


def exit_code(crawls: Crawls) -> int:
    """Return 0 where all is well, 1 where somebody should look, 2 where nothing was possible."""
    if any(outcome.error for outcome in crawls.outcomes):
        return CANNOT_WORK
    return BAD if any(outcome.is_bad for outcome in crawls.outcomes) else WELL


def check_ledger(folder: Folder) -> None:
    """Raise :exc:`DatasetError` where the ledger cannot be written."""
    from alescrawl.dataset.ledger.connection import Ledger

    Ledger(folder.ledger).close()


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentError(f"--jobs {text} is not a number above 0 such as --jobs 8")
    return int(text)


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if found is None or int(found[1]) == 0:
        raise ArgumentError(f"--max-time {text} is no time such as 50m, 2h or 90s")
    return float(found[1]) * _UNITS[found[2]]

"""`scrapy status`: how every source stands, in one table."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from scrapy.spiderloader import get_spider_loader

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawlall import chosen_sources
from alescrawl.crawling.arguments import ArgumentError, no_source
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import Console
    from rich.table import Table

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.health.source_status import SourceStatus

WIDE = 140
"""Columns where the output is no terminal."""

_STYLES = {
    "ok": "green",
    "nothing_new": "green",
    "degraded": "yellow",
    "never": "dim",
}


class Command(ProjectCommand):
    """Prints what is known of each source, without asking any; it changes nothing."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [NAME ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Show how every source stands: last good run, new this week, verdict, next check"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print a list of objects")
        parser.add_argument(
            "--routes",
            action="store_true",
            help="what runs say of the routes: never there, silent, conventions confirmed, refuted",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table."""
        from alescrawl.dataset.folder import Folder

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            folder = Folder.from_settings(self.settings)
            if opts.routes:
                self._show_routes(folder, args)
                return
            found = self._chosen(self._statuses(folder), args)
        except (ArgumentError, DatasetError) as error:
            print(f"scrapy status: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 2
            return
        if opts.json:
            print(json.dumps([s.as_dict() for s in found], ensure_ascii=False, indent=1))  # noqa: T201 - as above
        elif all(_is_unknown(s) for s in found):
            print(  # noqa: T201 - as above
                f"nothing was crawled into {folder.root} yet: `scrapy crawlall` begins "
                f"with {len(found)} sources"
            )
        else:
            _show(found)

    def _statuses(self, folder: Folder) -> list[SourceStatus]:
        """Return how all sources stand; of a place that cannot be read, without its files."""
        from alescrawl.dataset.health.source_status import source_statuses

        try:
            return source_statuses(folder, self._sources())
        except (ArgumentError, DatasetError) as error:
            if folder.elsewhere is None:
                raise
            found = source_statuses(folder, self._sources(), with_files=False)
            told = f"scrapy status: the published files were not looked at: {error}"
            print(told, file=sys.stderr)  # noqa: T201 - what the command is for
            return found

    def _show_routes(self, folder: Folder, names: Sequence[str]) -> None:
        """Print what runs say of the routes of the sources *names*, without any: of all."""
        from alescrawl.crawling.checks.route_report import route_report
        from alescrawl.dataset.ledger.connection import read_only
        from alescrawl.dataset.ledger.route_health import route_health

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        sources = chosen_sources(get_spider_loader(self.settings), ())
        if unknown := set(names) - set(sources):
            raise DatasetError(no_source(min(unknown), sources))
        known = []
        if folder.ledger.exists():
            with read_only(folder) as db:
                known = route_health(db)
        chosen = {name: each for name, each in sources.items() if not names or name in names}
        lines = list(route_report(known, chosen).lines())
        if not lines:
            lines = [f"runs have nothing to say of the routes of {len(chosen)} sources"]
        print("\n".join(lines))  # noqa: T201 - what the command is for

    def _sources(self) -> list[str]:
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        return list(chosen_sources(get_spider_loader(self.settings), ()))

    def _chosen(self, found: list[SourceStatus], names: Sequence[str]) -> list[SourceStatus]:
        if unknown := set(names) - {each.source for each in found}:
            raise DatasetError(no_source(min(unknown), [each.source for each in found]))
        return [each for each in found if not names or each.source in names]


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(width=WIDE, highlight=False)


def _show(found: Sequence[SourceStatus]) -> None:
    """Print the sources that were crawled as a table, the others as a line."""
    console = _console()
    waiting = [each.source for each in found if _is_unknown(each)]
    console.print(_table([each for each in found if each.source not in waiting]))
    console.print("Times are those of Paris.", style="dim")
    for line in _clock_lines(found):
        console.print(line, style="yellow")
    if waiting:
        console.print(f"Not crawled yet, {len(waiting)}: {', '.join(waiting)}", style="dim")


def _is_unknown(status: SourceStatus) -> bool:
    """Return whether the source was never crawled, as far as is recorded."""
    return status.last_run is None and status.later_than_now is None


def _clock_lines(found: Sequence[SourceStatus]) -> list[str]:
    """Return what is to be said of sources that were crawled while the clock was ahead."""
    later = [each for each in found if each.later_than_now is not None]
    if not later:
        return []
    names = ", ".join(f"{each.source} at {_moment(each.later_than_now)}" for each in later)
    told = "This machine's clock was ahead, or is behind (`scrapy doctor`): runs are recorded later"
    return [f"{told} than now, and not believed; the next run asks for them again: {names}"]


def _table(found: Sequence[SourceStatus]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("source", "verdict", "last good run"):
        table.add_column(name, no_wrap=True)
    for name in ("new, 7 days", "articles", "due"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("next check", no_wrap=True)
    table.add_column("why", ratio=1, overflow="fold")
    # What needs a look comes first.
    for each in sorted(found, key=lambda s: (not s.is_bad, s.verdict == "never", s.source)):
        table.add_row(
            each.source,
            Text(_verdict(each), style=_STYLES.get(each.verdict, "bold red")),
            _moment(each.last_good),
            *(str(n or "") for n in (each.new_this_week, each.articles, each.due)),
            "now" if each.due else _moment(each.next_check),
            _why(each),
        )
    return table


def _verdict(status: SourceStatus) -> str:
    running = ", running" if status.is_running else ""
    return status.verdict.replace("_", " ") + running


def _why(status: SourceStatus) -> str:
    if not status.is_bad:
        return ""
    return "; ".join(filter(None, (_why_of_runs(status), _lost(status))))


def _lost(status: SourceStatus) -> str:
    """Say which published files are not as they were written."""
    counts = [
        f"{len(keys)} {loss}"
        for loss, keys in (("missing", status.missing), ("damaged", status.damaged))
        if keys
    ]
    if not counts:
        return ""
    first = (*status.missing, *status.damaged)[0]
    return f"published files {', '.join(counts)} ({first}): the next run, or `scrapy publish`"


def _why_of_runs(status: SourceStatus) -> str:
    from alescrawl.dataset.gate.verdicts import BAD

    if status.verdict not in BAD and status.held is None:
        return ""
    since = f"since {_moment(status.since)}: " if status.since else ""
    held = f"; rows wait: `scrapy publish {status.source}`" if status.held else ""
    return f"{since}{'; '.join(status.why)}{held}"


def _moment(moment: datetime | None) -> str:
    from alescrawl.items import PARIS

    return "" if moment is None else f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}"

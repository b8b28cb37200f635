"""What a run of many sources says: plain lines, JSON lines, or a display that lives."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from statistics import mean
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy.utils.asyncio import create_looping_call

from alescrawl.crawling.runs.estimate import in_units
from alescrawl.crawling.runs.outcomes import BUSY, OFFLINE, is_offline
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy.settings import BaseSettings

    from alescrawl.crawling.runs.many import Active, Crawls
    from alescrawl.crawling.runs.outcomes import Outcome

SECONDS: Final = 0.25


class PlainLines:
    """A line when a source has ended, with the time in Paris, and one at the end."""

    def begun(self, source: str) -> None:
        """Say nothing: what a source came to is told when it has ended."""

    def ended(self, outcome: Outcome) -> None:
        """Print what a crawl came to."""
        print(f"{datetime.now(PARIS):%Y-%m-%d %H:%M:%S} {outcome}", flush=True)  # noqa: T201 - the display

    def closed(self, crawls: Crawls, exit_code: int) -> None:
        """Print what all came to."""
        del exit_code
        for line in closing_lines(crawls):
            print(line, flush=True)  # noqa: T201 - the display

    def alert_failed(self, why: str) -> None:
        """Print that somebody could not be told."""
        print(f"scrapy crawlall: {why}", file=sys.stderr, flush=True)  # noqa: T201 - the display


class JsonLines:
    """An object a line: ``time``, ``event``, and what belongs to it; log records, too."""

    def begun(self, source: str) -> None:
        """Print that a crawl begins."""
        _print_event("source_begun", source=source)

    def ended(self, outcome: Outcome) -> None:
        """Print what a crawl came to."""
        _print_event("source_ended", **outcome.as_dict())

    def closed(self, crawls: Crawls, exit_code: int) -> None:
        """Print what all came to."""
        totals = {name: sum(getattr(o, name) for o in crawls.outcomes) for name in _SUMMED}
        _print_event(
            "run_ended",
            exit_code=exit_code,
            ended_for=crawls.ended_for or "finished",
            verdicts=Counter(o.verdict for o in crawls.outcomes),
            not_reached=[spider.name for spider in crawls.waiting],
            **totals,
        )

    def alert_failed(self, why: str) -> None:
        """Print that somebody could not be told."""
        _print_event("alert_failed", why=why)


_SUMMED: Final = ("found", "new", "changed", "requests", "bytes")


def _print_event(event: str, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON knows
    print(_as_json(event, facts), flush=True)  # noqa: T201 - the display


def _as_json(event: str, facts: dict[str, Any]) -> str:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": now, "event": event, **facts}, ensure_ascii=False)


def log_as_json(settings: BaseSettings) -> None:
    """Let log records, too, be JSON lines; before Scrapy sets up its own way of showing them."""
    settings.set("LOG_ENABLED", value=False, priority="cmdline")
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonFormatter())
    handler.setLevel(settings["LOG_LEVEL"])
    logging.getLogger().addHandler(handler)


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return _as_json("log", facts)


class LiveDisplay(PlainLines):
    """On a terminal: a line for each crawl that runs, totals, and the time left."""

    def __init__(self, console: Console, max_seconds: float | None) -> None:
        self._console = console
        self._max_seconds = max_seconds
        self._began = monotonic()
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._loop = create_looping_call(self._show)
        self._crawls: Crawls | None = None

    def open(self, crawls: Crawls) -> None:
        """Begin to show *crawls*."""
        self._crawls = crawls
        self._live.start()
        self._loop.start(SECONDS)

    def closed(self, crawls: Crawls, exit_code: int) -> None:
        """End the display, and print what all came to."""
        if self._loop.running:
            self._loop.stop()
        self._live.stop()
        super().closed(crawls, exit_code)

    def _show(self) -> None:
        if self._crawls is not None:
            self._live.update(self._picture(self._crawls), refresh=True)

    def _picture(self, crawls: Crawls) -> Group:
        table = Table.grid(padding=(0, 2))
        for active in crawls.active:
            with suppress(RuntimeError):  # it is not open yet
                table.add_row(*_cells(active))
        left = self._left(crawls)
        return Group(table, Text(f"{_totals(crawls)}{left}", style="bold"))

    def _left(self, crawls: Crawls) -> str:
        if crawls.ended_for is not None:
            return ", ending …"
        remaining = max((each.meter.remaining.seconds for each in crawls.active), default=0.0)
        each = mean([o.seconds for o in crawls.outcomes] or [0.0])
        left = remaining + each * len(crawls.waiting) / max(len(crawls.active), 1)
        if self._max_seconds is None:
            return f", about {in_units(left)} left"
        most = max(self._max_seconds - (monotonic() - self._began), 0.0)
        return f", about {in_units(min(left, most))} left, at most {in_units(most)}"


def _cells(active: Active) -> Iterator[str]:
    yield f"[cyan]{active.source}[/]"
    run = active.meter.update()
    if run is None:
        yield "…"
        return
    remaining = active.meter.remaining
    yield f"{run.counts['route/listed']:,} found"
    yield f"{active.meter.fetched:,} fetched"
    yield f"{run.counts['article/new']:,} new"
    yield f"{run.counts['article/changed']:,} changed"
    yield (
        f"{remaining.requests:,} to go, {in_units(remaining.seconds)}" if remaining.requests else ""
    )


def _totals(crawls: Crawls) -> str:
    done, every = len(crawls.outcomes), crawls.outcomes
    total = done + len(crawls.active) + len(crawls.waiting)
    return (
        f"{done} of {total} sources, {sum(o.new for o in every):,} new, "
        f"{sum(o.changed for o in every):,} changed, {sum(o.requests for o in every):,} requests"
    )


def closing_lines(crawls: Crawls) -> Iterator[str]:
    """Yield what all came to: a line of totals, then one for each that needs a look."""
    verdicts = Counter(o.verdict for o in crawls.outcomes)
    told = ", ".join(f"{n} {v.replace('_', ' ')}" for v, n in verdicts.most_common())
    yield f"{_totals(crawls)}: {told or 'none'}"
    if crawls.waiting:
        why = (crawls.ended_for or "").replace("_", " ")
        names = _some([spider.name for spider in crawls.waiting])
        yield f"{why}: {len(crawls.waiting)} not reached, the next run begins with them ({names})"
    if is_offline(crawls):
        yield OFFLINE
        return
    for outcome in crawls.outcomes:
        if outcome.is_bad or outcome.verdict == BUSY:
            verdict = outcome.verdict.replace("_", " ")
            yield f"{outcome.source} is {verdict}: {'; '.join(outcome.why)}"


def _some(names: Sequence[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")

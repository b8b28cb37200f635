"""A week of hourly runs with a fake clock: is every change noticed at its run, and nothing lost?

    python benchmarks/week.py [--hours 168] [--no-record]

Six newspapers on loopback, each an ordinary source, all in this process: two whose template loses
its dates (one writes six articles an hour, one a single article), one whose server is gone, one
that refuses, one that edits, one that hardly writes. Every hour is a `scrapy crawlall` without its
start, with alerts to a file. The exit code is 1 where a change was not noticed at its run (of the
paper that writes an article an hour: within two hours), where something else was told, or where
anything is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import time_machine
from results import record
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from week_papers import papers

import alescrawl
from alescrawl.crawling.runs.alert import Hook, tell_changes
from alescrawl.crawling.runs.many import Crawls
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.verdicts import BAD
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.runs import longest_due_first

if TYPE_CHECKING:
    from week_papers import Paper

BEGIN = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
IDLE_RUNS = 10
WELL = {"ok", "nothing_new"}


@dataclass
class Week:
    """What was seen: by hour the verdicts, the sources told of, the edits that were missed."""

    verdicts: list[dict[str, str]] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    missed_edits: int = 0
    edits: int = 0
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    disk: list[int] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)


class Quiet:
    """A display that shows nothing."""

    def begun(self, source: str) -> None:
        """Do nothing."""

    def ended(self, outcome: object) -> None:
        """Do nothing."""


class Simulation:
    """Runs *hours* of *press* into *output*."""

    def __init__(self, press: list[Paper], output: Path, hours: int) -> None:
        self._press = press
        self._hours = hours
        self._mail = output.parent / "mail"
        self._hook = Hook(f"tee -a {self._mail}", 10)
        self.folder = Folder(output)
        settings = Settings()
        settings.setmodule("alescrawl.settings", priority="project")
        settings.setdict(
            {
                "ALESCRAWL_OUTPUT": str(output),
                "DOWNLOAD_DELAY": 0,
                "RETRY_TIMES": 0,
                "ALESCRAWL_FIRST_WAIT": 0.01,
                "LOG_LEVEL": "ERROR",
            },
            priority="cmdline",
        )
        self._process = AsyncCrawlerProcess(settings)
        self.week = Week()

    def run(self, clock: time_machine.Traveller) -> Week:
        """Let the hours pass; return what was seen."""
        failure: list[BaseException] = []

        async def pass_hours() -> None:
            try:
                await self._pass_hours(clock)
            except BaseException as error:  # noqa: BLE001 - told once the reactor has stopped
                failure.append(error)
            from twisted.internet import reactor  # noqa: PLC0415 - once it is installed

            reactor.stop()

        loop = asyncio.get_event_loop()
        self._task = loop.create_task(pass_hours())
        self._process.start(stop_after_crawl=False)
        if failure:
            raise failure[0]
        return self.week

    async def _pass_hours(self, clock: time_machine.Traveller) -> None:
        for hour in range(self._hours):
            clock.move_to(BEGIN + timedelta(hours=hour))
            edited = {p.name: p.pass_hour(hour, datetime.now(UTC)) for p in self._press}
            await self._hour(edited)
            if hour % 24 == 23:  # noqa: PLR2004 - a day
                self.week.megabytes.append(_resident())
                self.week.disk.append(_bytes_below(self.folder.root))
        for _ in range(IDLE_RUNS):
            clock.shift(60)
            began = time.monotonic()
            await self._crawl()
            self.week.idle.append(time.monotonic() - began)

    async def _hour(self, edited: dict[str, int]) -> None:
        began = time.monotonic()
        crawls = await self._crawl()
        mail = self._mail.read_text() if self._mail.exists() else ""
        with closing(Ledger(self.folder.ledger)) as ledger:
            tell_changes(self._hook, ledger)
        new = self._mail.read_text()[len(mail) :] if self._mail.exists() else ""
        self.week.seconds.append(time.monotonic() - began)
        self.week.verdicts.append({o.source: o.verdict for o in crawls.outcomes})
        self.week.told.append([line[2:] for line in new.splitlines() if line.startswith("- ")])
        changed = {o.source: o.changed for o in crawls.outcomes}
        self.week.edits += sum(edited.values())
        self.week.missed_edits += sum(abs(n - changed[name]) for name, n in edited.items())

    async def _crawl(self) -> Crawls:
        sources = {paper.name: paper.spider() for paper in self._press}
        turns = [sources[name] for name in longest_due_first(self.folder, sources)]
        crawls = Crawls(self._process, turns, {}, 8, Quiet())
        crawls.begin()
        while crawls.active:  # noqa: ASYNC110 - no event is made for this alone
            await asyncio.sleep(0.002)
        return crawls


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _bytes_below(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def faults(press: list[Paper], week: Week, output: Path) -> list[str]:
    """Return in words what was not noticed at its run, told without reason, or lost."""
    found = []
    for hour, (verdicts, told) in enumerate(zip(week.verdicts, week.told, strict=True)):
        expected, may = [], []
        for paper in press:
            if paper.is_open(hour):
                may.append(paper.name)
                continue
            if verdicts[paper.name] not in (BAD if paper.is_noticed(hour) else WELL):
                found.append(f"hour {hour}: {paper.name} is {verdicts[paper.name]}")
            if paper.turns(hour) or (paper.late and hour == paper.trouble[1]):
                (may if paper.late else expected).append(paper.name)
        names = [line.split()[0] for line in told]
        if sorted(set(names) - set(may)) != sorted(expected):
            found.append(f"hour {hour}: told of {names}, expected was {expected}")
    if week.missed_edits:
        found.append(f"{week.missed_edits} of {week.edits} edits were not noticed at their run")
    return found + _lost(press, output)


def _lost(press: list[Paper], output: Path) -> list[str]:
    articles = alescrawl.load_articles(
        output, columns=["source", "url", "title", "text", "published"]
    )
    rows = {row["url"]: row for row in articles.to_dict("records")}
    found = []
    for paper in press:
        for path, story in paper.stories.items():
            row = rows.pop(paper.site.url + path, None)
            if row is None:
                found.append(f"{paper.name}: {path} is not in the dataset")
            elif (row["title"], row["published"]) != (story.title, story.published):
                found.append(f"{paper.name}: {path} has {row['title']!r}, {row['published']}")
            elif f"version {story.edits} de l'annonce" not in row["text"]:
                found.append(f"{paper.name}: {path} is an older edition")
    return [*found, *(f"{url} is no article" for url in rows)]


def table(press: list[Paper], week: Week, found: list[str]) -> str:
    """Return the figures in Markdown."""
    days = len(week.disk)
    growth = [b - a for a, b in pairwise(week.disk)]
    changes = sum(2 for paper in press if paper.kind)
    runs, stories = len(week.verdicts), sum(len(paper.stories) for paper in press)
    rows = [
        ("changes of a source's state, told at their run (one: within two hours)", str(changes)),
        ("not noticed at its run, told for nothing, or lost", str(len(found))),
        ("an hour's run, median and longest", _pair(week.seconds, "s")),
        (f"a run with nothing to do, median of {IDLE_RUNS}", f"{median(week.idle):.2f} s"),
    ]
    if days > 1:
        memory, last = week.megabytes[0], week.megabytes[-1]
        rows += [
            ("memory after the first day and the last", f"{memory:.0f} MB, {last:.0f} MB"),
            (
                "growth of the output folder, second day and last",
                f"{growth[0] / 1e6:.1f} MB, {growth[-1] / 1e6:.1f} MB",
            ),
        ]
    head = f"{runs} hourly runs of {len(press)} sources, {stories} articles, {week.edits} edits."
    lines = [f"| {what} | {figure} |" for what, figure in rows]
    return "\n".join([head, "", "| what | figure |", "|---|--:|", *lines])


def _pair(values: list[float], unit: str) -> str:
    return f"{median(values):.2f} {unit}, {max(values):.2f} {unit}"


def main() -> int:
    """Simulate, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=168)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    press = papers(options.hours)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        with time_machine.travel(BEGIN, tick=True) as clock:
            week = Simulation(press, output, options.hours).run(clock)
            found = faults(press, week, output)
    print(*found[:40], sep="\n")
    text = table(press, week, found)
    print(text)
    if not options.no_record:
        record("A week of hourly runs", text)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

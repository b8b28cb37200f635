"""The demo: two days of the invented newsroom, crawled, and the table that came of it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.table import Table
from scrapy import signals

from alescrawl.crawling.runs.ending import run_until_signal
from alescrawl.crawling.runs.run import Run
from alescrawl.crawling.runs.summary import summary_lines
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.reading.load import load_articles
from alescrawl.newsroom.demo_folder import make_anew
from alescrawl.newsroom.server import Newsroom
from alescrawl.newsroom.spider import NewsroomSpider
from alescrawl.report.writing import write_report
from alescrawl.watch.lists import read_list
from alescrawl.watch.session import Session
from alescrawl.watch.wording import Wording, marked_text

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase

    from alescrawl.watch.watching import Outcome

_NAMES = Path(__file__).with_name("names.csv")
_WATCHED = Path(__file__).with_name("watch.csv")
ITEMS_SHOWN = 5
ROWS_SHOWN = 12
NARROW = 100
"""Columns where the output is no terminal."""


class Demo:
    """Runs in the folder ``demo`` below that of the ledger, which it makes anew."""

    def __init__(self, process: CrawlerProcessBase) -> None:
        self._process = process
        self._output = Folder.from_settings(process.settings).root / "demo"
        process.settings.set("ALESCRAWL_OUTPUT", str(self._output), priority="cmdline")
        # Real towns are in the program's own lists; invented ones are what a user adds.
        process.settings.set("ALESCRAWL_GAZETTEER", str(_NAMES), priority="cmdline")
        process.settings.set("ALESCRAWL_STATE", "", priority="cmdline")
        console = Console()
        self._console = console if console.is_terminal else Console(width=NARROW)
        self._runs: list[Run] = []

    def run(self) -> int:
        """Crawl on two days, print what came of it, return the exit code."""
        try:
            make_anew(self._output)
        except DatasetError as error:
            print(f"scrapy demo: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            return 2
        began = time.monotonic()
        with Newsroom() as newsroom:
            self._crawl_two_days(newsroom)
        if errors := {run.error for run in self._runs if run.error}:
            print(*errors, sep="\n", file=sys.stderr)  # noqa: T201 - what the command is for
            return 1
        articles = load_articles(self._output)
        self._show_result(articles, time.monotonic() - began)
        return 1 if articles.empty else 0

    def _crawl_two_days(self, newsroom: Newsroom) -> None:
        self._say(f"An invented newsroom runs at {newsroom.url}. Crawling it …")
        first, second = self._crawler(), self._crawler()

        def go_on() -> None:
            self._show_day("First day")
            newsroom.next_day()
            self._say("The newsroom corrects, removes and adds articles. Crawling it again …")
            self._process.crawl(second, root=newsroom.url)

        first.signals.connect(go_on, signals.engine_stopped, weak=False)
        self._process.crawl(first, root=newsroom.url)
        run_until_signal(self._process)
        self._show_day("Second day")

    def _crawler(self) -> Crawler:
        crawler = self._process.create_crawler(NewsroomSpider)

        def keep() -> None:
            if (run := crawler.get_extension(Run)) is not None:
                self._runs.append(run)

        crawler.signals.connect(keep, signals.spider_closed, weak=False)
        return crawler

    def _show_day(self, title: str) -> None:
        self._console.print(f"[bold]{title}[/bold]")
        for line in summary_lines(self._runs[-1]):
            self._say(line)

    def _show_result(self, articles: pd.DataFrame, seconds: float) -> None:
        self._console.print(_table(articles))
        self._say(
            f"\n{len(articles)} articles in {seconds:.1f} s, as Parquet in {self._output}. "
            "Go on in Python:\n\n  import pandas as pd\n"
            f'  articles = pd.read_parquet("{self._output}/articles")\n'
        )
        self._show_report()
        self._show_watch()

    def _show_report(self) -> None:
        try:
            report = write_report(self._output)
        except DatasetError as error:
            self._say(f"No report: {error}.")
        else:
            self._say(f"And the same as a page for your browser: {report.path}\n")

    def _show_watch(self) -> None:
        """Print what a watch list finds in it."""
        session = Session(Wording("fr"), None, "")
        shown: list[Outcome] = []
        session.watch(Folder(self._output), [read_list(_WATCHED)], shown.append)
        for outcome in shown:
            self._console.print("[bold]A watch list, each morning[/bold]")
            for told in outcome.told[:ITEMS_SHOWN]:
                self._say(told.item.title)
                for reason in told.item.reasons:
                    sentence = next(iter(reason.sentences), None)
                    quoted = f": {marked_text(sentence)}" if sentence else ""
                    self._say(f"  {reason.entry.label}{quoted}")
            self._say(
                f"{len(outcome.told)} articles found for {len(outcome.watched.entries)} lines of "
                f"{_WATCHED}; its feed: {outcome.feed}. `scrapy watch` does the same for lists of "
                "yours: docs/watch.md\n"
            )
        self._say(
            "All articles, persons and companies of this demo are invented; only the communes and "
            "public bodies of the Gard are real, and nothing in it is true of them."
        )

    def _say(self, line: str) -> None:
        self._console.print(line, highlight=False, soft_wrap=True)


def _table(articles: pd.DataFrame) -> Table:
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("published", no_wrap=True)
    for column, ratio in (("title", 3), ("authors", 2), ("institutions", 2)):
        table.add_column(column, no_wrap=True, overflow="ellipsis", ratio=ratio)
    newest = articles.sort_values("published", ascending=False).head(ROWS_SHOWN)
    for row in newest.to_dict("records"):
        published = row["published"]
        day = "no date" if pd.isna(published) else f"{published:%Y-%m-%d %H:%M}"
        signed = ", ".join([*row["authors"], *row["agencies"]])
        table.add_row(day, row["title"], signed, ", ".join(row["institutions"]))
    return table

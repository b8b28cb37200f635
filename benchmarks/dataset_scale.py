"""A dataset of many generated articles: what it costs to read, and to publish 100 more.

    python benchmarks/dataset_scale.py [--articles 10000,100000,1000000] [--no-record]

Beside it the same rows in one file that ``pandas.to_parquet`` writes, where 100 more are added by
writing all of it again. Each figure is that of a process of its own. A million articles take some
30 GB below the folder for temporary files (TMPDIR) and 20 GB of memory, for pandas.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow.parquet as pq
from generated_articles import Generator, generate, parts_of
from results import record

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

NEW = 100
TIMES = 3
"""Publications of as many articles, of which the quickest counts: noise only ever adds."""
SOURCE = "paper00"
DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
YEAR = {"since": "2021-01-01", "until": "2022-01-01"}
COLUMNS = ["published", "word_count"]


class Cost(NamedTuple):
    """Wall time, and the peak memory of a process that did nothing else."""

    seconds: float
    megabytes: float


class Measured(NamedTuple):
    """What one dataset costs: the name of each task, ours, and pandas with one file."""

    articles: int
    tasks: dict[str, tuple[Cost, Cost]]
    bytes_of_each: tuple[float, float]
    generation: Cost


def cost(work: Callable[[], object]) -> Cost:
    """Return what *work* costs in a process of its own."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(work, sender))
    process.start()
    sender.close()
    figures: Cost = receiver.recv()
    process.join()
    return figures


def _measured(work: Callable[[], object], sender: Connection) -> None:
    began = time.perf_counter()
    work()
    sender.send(Cost(time.perf_counter() - began, getrusage(RUSAGE_SELF).ru_maxrss / 1e3))


def add_ours(output: Folder, first: int) -> Cost:
    """Store new articles as a crawl does; return what their publication costs."""

    def store(first: int) -> None:
        generator = Generator()
        with closing(Ledger(output.ledger)) as ledger, ledger.transaction() as db:
            for number in range(first, first + NEW):
                put_article(db, generator.article(SOURCE, number, DAY))

    def publish_them() -> None:
        with closing(Ledger(output.ledger)) as ledger:
            publish(ledger, output)

    costs = []
    for number in range(first, first + NEW * TIMES, NEW):
        cost(partial(store, number))
        costs.append(cost(publish_them))
    return min(costs)


def write_one_file(output: Folder, single: Path) -> None:
    """Write the articles as one file, source by source and year by year."""
    paths = sorted((output.root / "articles").rglob("year=*.parquet"))
    pd.concat(map(_plain, paths), ignore_index=True).to_parquet(single)


def _plain(path: Path) -> pd.DataFrame:
    """Return the rows of a part, what is nested as JSON: a million lists of dicts are too many."""
    articles: pd.DataFrame = pq.ParquetFile(path).read().to_pandas()
    articles["source"] = articles["source"].astype(str)
    for name in ("paragraphs", "provenance"):
        articles[name] = [json.dumps(value, default=list) for value in articles[name]]
    return articles


def add_theirs(single: Path) -> None:
    """Add as many rows to the one file."""
    articles = pd.read_parquet(single)
    more = pd.concat([articles, articles.head(NEW)], ignore_index=True)
    more.to_parquet(single.with_suffix(".new"))
    single.with_suffix(".new").replace(single)


def measure(articles: int, folder: Path) -> Measured:
    """Generate a dataset of some *articles*, and measure what is done with it."""
    output, single = Folder(folder / "output"), folder / "single.parquet"
    parts = parts_of(articles)
    generation = cost(partial(generate, output, parts))
    cost(partial(write_one_file, output, single))
    count = sum(part.number for part in parts)
    size = sum(p.stat().st_size for p in (output.root / "articles").rglob("*.parquet"))
    bytes_of_each = (size / count, single.stat().st_size / count)
    period = [
        *(("published", sign, pd.Timestamp(day, tz="Europe/Paris"))
          for sign, day in zip((">=", "<"), YEAR.values(), strict=True)),
        ("source", "==", SOURCE),
    ]  # fmt: skip
    load = partial(alescrawl.load_articles, output.root)
    read = partial(pd.read_parquet, single)
    tasks = {
        "load of one year of one source": (
            cost(partial(load, source=SOURCE, **YEAR)),
            cost(partial(read, filters=period)),
        ),
        "load of two columns of everything": (
            cost(partial(load, columns=COLUMNS)),
            cost(partial(read, columns=COLUMNS)),
        ),
        f"publication of {NEW} new articles": (
            add_ours(output, articles),
            cost(partial(add_theirs, single)),
        ),
    }
    return Measured(count, tasks, bytes_of_each, generation)


def tell(measured: list[Measured]) -> str:
    lines = [
        "| articles | what | dataset | peak | one file of pandas | peak | ratio |",
        "|--:|---|--:|--:|--:|--:|--:|",
    ]
    for each in measured:
        for name, pair in each.tasks.items():
            lines.append(_line(each.articles, name, *pair))
        ours, theirs = each.bytes_of_each
        lines.append(
            f"| {each.articles:,} | bytes per article | {ours:,.0f} | | {theirs:,.0f} | "
            f"| {ours / theirs:.2f} |"
        )
    return "\n\n".join(["\n".join(lines), *_growth(measured)])


def _line(articles: int, name: str, ours: Cost, theirs: Cost) -> str:
    figures = (f"{c.seconds:.2f} s | {c.megabytes:,.0f} MB" for c in (ours, theirs))
    return (
        f"| {articles:,} | {name} | {' | '.join(figures)} | {ours.seconds / theirs.seconds:.3f} |"
    )


def _growth(measured: list[Measured]) -> list[str]:
    """Return how the cost of publication grows from one size to the next."""
    lines = []
    for small, large in pairwise(measured):
        (ours, theirs), (ours_then, theirs_then) = (
            [cost.seconds for cost in each.tasks[f"publication of {NEW} new articles"]]
            for each in (small, large)
        )
        times = large.articles / small.articles
        lines.append(
            f"From {small.articles:,} to {large.articles:,} articles, {times:.0f} times as many, "
            f"publication takes {ours_then / ours:.1f} times as long, "
            f"one file of pandas {theirs_then / theirs:.1f} times."
        )
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", default="10000,100000,1000000", help="sizes, by commas")
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    measured = []
    for articles in map(int, options.articles.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure(articles, Path(folder)))
        print(f"{articles:,}: generated in {measured[-1].generation.seconds:.0f} s", flush=True)
    text = tell(measured)
    print(text)
    if not options.no_record:
        record("A dataset of many articles", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A dataset of many generated articles: what it costs to read, and to publish 100 more.

    python benchmarks/dataset_scale.py [--articles 1000000] [--sources 20] [--no-record]

The articles go to the ledger as a crawl stores them. What they are compared with is one file
written by ``pandas.to_parquet`` with the same rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from results import record

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger import Ledger
from alescrawl.dataset.publication import publish
from alescrawl.dataset.store import put_article
from alescrawl.items import Article, Paragraph, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

YEARS = range(2017, 2027)
NEW = 100
COMMITTED = 1_000
"""Articles of a transaction while the dataset is made."""
SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


class Cost(NamedTuple):
    """Wall time, and the peak memory of a process that did nothing else."""

    seconds: float
    megabytes: float


class Generator:
    """Articles of *sources* papers over ten years, of 200 to 600 invented words."""

    def __init__(self, sources: int) -> None:
        self._random = Random(1)
        self._sources = sources
        self._words = ["".join(self._random.choices(SYLLABLES, k=3)) for _ in range(20_000)]

    def article(self, number: int, day: datetime | None = None) -> Article:
        """Return article *number*; it is of *day*, or else of any day of the ten years."""
        source = f"paper{number % self._sources:02d}"
        url = f"https://{source}.example/{number}"
        published = day or self._day()
        article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
        article.title = " ".join(self._random.choices(self._words, k=8))
        article.published = article.fetched_at = published
        article.authors = [" ".join(self._random.choices(self._words, k=2)).title()]
        article.set_paragraphs([Paragraph("paragraph", self._text()) for _ in range(5)])
        article.content_hash = fingerprint(article.text or "")
        return article

    def _day(self) -> datetime:
        days = self._random.uniform(0, 365.2 * len(YEARS) - 1)
        return datetime(YEARS[0], 1, 1, 12, tzinfo=UTC) + timedelta(days=days)

    def _text(self) -> str:
        return " ".join(self._random.choices(self._words, k=self._random.randint(40, 120)))


def fill(output: Folder, numbers: range, generator: Generator, day: datetime | None = None) -> None:
    """Store the articles *numbers* in the ledger, as a crawl does."""
    output.prepare()
    with closing(Ledger(output.ledger)) as ledger:
        for first in range(numbers.start, numbers.stop, COMMITTED):
            with ledger.transaction() as db:
                for number in range(first, min(first + COMMITTED, numbers.stop)):
                    put_article(db, generator.article(number, day))


def publish_all(output: Folder) -> int:
    """Publish what changed; return how many bytes were written."""
    began = time.time()
    with closing(Ledger(output.ledger)) as ledger:
        publish(ledger, output)
    files = (path.stat() for path in output.root.rglob("*.parquet"))
    return sum(file.st_size for file in files if file.st_mtime >= began - 1)


def cost(work: Callable[[], object]) -> Cost:
    """Return what *work* costs in a process of its own."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(work, sender))
    process.start()
    figures: Cost = receiver.recv()
    process.join()
    return figures


def _measured(work: Callable[[], object], sender: Connection) -> None:
    began = time.perf_counter()
    work()
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1e3
    sender.send(Cost(time.perf_counter() - began, peak))


def readings(output: Folder, single: Path) -> dict[str, tuple[Callable[[], object], ...]]:
    """Return each reading, of the dataset and of the single file."""
    year = {"since": "2021-01-01", "until": "2022-01-01", "source": "paper03"}
    columns = ["published", "word_count"]
    period = [
        ("published", ">=", pd.Timestamp("2021-01-01", tz="Europe/Paris")),
        ("published", "<", pd.Timestamp("2022-01-01", tz="Europe/Paris")),
        ("source", "==", "paper03"),
    ]
    return {
        "one year of one source": (
            lambda: alescrawl.load_articles(output.root, **year),
            lambda: pd.read_parquet(single, filters=period),
        ),
        "two columns of everything": (
            lambda: alescrawl.load_articles(output.root, columns=columns),
            lambda: pd.read_parquet(single, columns=columns),
        ),
    }


def measure(output: Folder, articles: int, sources: int) -> list[str]:
    """Return the lines of the table of figures."""
    generator = Generator(sources)
    fill(output, range(articles), generator)
    first = cost(lambda: publish_all(output))
    single = output.root.with_name("single.parquet")
    whole = pd.read_parquet(output.root / "articles")
    written = cost(partial(whole.to_parquet, single))
    size = sum(p.stat().st_size for p in (output.root / "articles").rglob("*.parquet"))
    bytes_of = [n / articles for n in (size, single.stat().st_size)]
    lines = [
        "| what | dataset | peak | one file of pandas | ratio |",
        "|---|--:|--:|--:|--:|",
        _line("publication of everything", first, written),
        "| bytes per article | {:,.0f} |  | {:,.0f} | |".format(*bytes_of),
    ]
    for name, pair in readings(output, single).items():
        lines.append(_line(name, *map(cost, pair)))
    # One source prints them all; then each source a few.
    for name, step in (("one source", sources), ("all sources", 1)):
        numbers = range(articles, articles + NEW * step, step)
        with closing(Ledger(output.ledger)) as ledger, ledger.transaction() as db:
            for number in numbers:
                put_article(db, generator.article(number, datetime(2026, 11, 1, tzinfo=UTC)))
        lines.append(
            _line(f"publication of {NEW} new of {name}", cost(lambda: publish_all(output)))
        )
        articles += NEW * step
    return lines


def _line(name: str, ours: Cost, theirs: Cost | None = None) -> str:
    other = f"{theirs.seconds:.2f} s | {ours.seconds / theirs.seconds:.2f}" if theirs else " | "
    return f"| {name} | {ours.seconds:.2f} s | {ours.megabytes:,.0f} MB | {other} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=20)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = Folder(Path(folder) / "output")
        lines = measure(output, options.articles, options.sources)
    text = f"{options.articles:,} articles of {options.sources} sources.\n\n" + "\n".join(lines)
    print(text)
    if not options.no_record:
        record("A dataset of many articles", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

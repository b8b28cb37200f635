"""Measures alescrawl against a bare Scrapy spider on a generated site, and checks its fields.

    python benchmarks/crawl_speed.py [--pages 2000] [--rounds 3] [--no-memory] [--no-record]

Each crawl is a process of its own, measured from its start to its end, in turn within a round.
Then alescrawl crawls 500 and 4,000 pages, to show that memory does not grow with them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from statistics import mean, median
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any

from generated_site import ServedSite, serving
from measured import Usage, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generated_pages import GeneratedArticle

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONCURRENCY = 16
SMALL, LARGE = 500, 4000
GRAM = 4
"""Words in a gram of the text similarity, as in the extraction benchmark."""

COMMON_SETTINGS = (
    f"CONCURRENT_REQUESTS={CONCURRENCY}",
    f"CONCURRENT_REQUESTS_PER_DOMAIN={CONCURRENCY}",
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "LOG_LEVEL=WARNING",
    "TELNETCONSOLE_ENABLED=False",
)
BARE = "bare Scrapy spider"
BARE_ONE_ITEM = "bare Scrapy spider, CONCURRENT_ITEMS=1"
OURS = "alescrawl"
OURS_WORKERS = "alescrawl, ALESCRAWL_WORKERS=2"


@dataclass
class Contestant:
    """One crawler, the usages of its rounds, and where its last output lies."""

    name: str
    folder: Path = Path()
    usages: list[Usage] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return float(median(getattr(usage, figure) for usage in self.usages))


def options(*settings: str) -> list[str]:
    return [word for setting in settings for word in ("-s", setting)]


def python_path() -> str:
    """Return the present search path with this folder before it, where the spider lies."""
    return os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))


def crawl_bare(site: ServedSite, folder: Path, *settings: str) -> Usage:
    """Crawl with the bare spider outside the project, so with Scrapy's own defaults."""
    command = [sys.executable, "-m", "scrapy", "runspider", str(HERE / "bare_spider.py")]
    command += ["-a", f"root={site.url}", "-O", "bare.jsonl"]
    command += options("ROBOTSTXT_OBEY=False", *COMMON_SETTINGS, *settings)
    return measure(command, folder, {})


def crawl_ours(site: ServedSite, folder: Path, *settings: str) -> Usage:
    """Crawl with alescrawl into a new output folder below *folder*, with the project's settings."""
    command = [sys.executable, "-m", "scrapy", "crawl", "generated", "-a", f"root={site.url}"]
    command += options("SPIDER_MODULES=generated_spider", *COMMON_SETTINGS, *settings)
    environment = {"ALESCRAWL_OUTPUT": str(folder / "output"), "PYTHONPATH": python_path()}
    return measure(command, ROOT, environment)


CRAWLS: dict[str, Callable[[ServedSite, Path], Usage]] = {
    BARE: crawl_bare,
    BARE_ONE_ITEM: lambda site, folder: crawl_bare(site, folder, "CONCURRENT_ITEMS=1"),
    OURS: crawl_ours,
    OURS_WORKERS: lambda site, folder: crawl_ours(site, folder, "ALESCRAWL_WORKERS=2"),
}


def race(site: ServedSite, rounds: int, folder: Path) -> list[Contestant]:
    """Let each contestant crawl *site* once a round, in turn; the last outputs stay in *folder*."""
    contestants = [Contestant(name) for name in CRAWLS]
    for place in range(rounds):
        for contestant in contestants:
            contestant.folder = Path(tempfile.mkdtemp(dir=folder))
            usage = CRAWLS[contestant.name](site, contestant.folder)
            contestant.usages.append(usage)
            cpu = usage.cpu_seconds / site.newspaper.pages * 1000
            print(f"round {place + 1}: {contestant.name}: {usage.seconds:.1f} s, {cpu:.2f} ms CPU")
    return contestants


def race_table(contestants: list[Contestant], pages: int) -> str:
    lines = ["| crawler | articles/s | CPU ms per article | peak MB |", "|---|--:|--:|--:|"]
    for one in contestants:
        speed = pages / one.median("seconds")
        cpu = one.median("cpu_seconds") / pages * 1000
        lines.append(f"| {one.name} | {speed:.0f} | {cpu:.2f} | {one.median('peak_mb'):.0f} |")
    return "\n".join(lines)


def ratio(contestants: list[Contestant], name: str) -> float:
    """Return the median over rounds of alescrawl's CPU time by that of *name*."""
    usages = {contestant.name: contestant.usages for contestant in contestants}
    pairs = zip(usages[OURS], usages[name], strict=True)
    return median(ours.cpu_seconds / other.cpu_seconds for ours, other in pairs)


def ratios(contestants: list[Contestant]) -> str:
    return (
        f"CPU of alescrawl to that of the bare spider: {ratio(contestants, BARE):.2f} "
        f"(with CONCURRENT_ITEMS=1: {ratio(contestants, BARE_ONE_ITEM):.2f}); "
        "median of the rounds' ratios."
    )


@dataclass(frozen=True)
class Fields:
    """How many pages have a row with the right value, and the mean similarity of the text."""

    pages: int
    rows: int
    title: int
    authors: int
    published: int
    text_f1: float

    @property
    def all_right(self) -> bool:
        counts = {self.rows, self.title, self.authors, self.published}
        return counts == {self.pages} and self.text_f1 > 0.99  # noqa: PLR2004 - no paragraph lost

    def __str__(self) -> str:
        return (
            f"{self.rows} rows of {self.pages} pages; right title {self.title}, "
            f"authors {self.authors}, published {self.published}; "
            f"mean F1 of the text's word 4-grams {self.text_f1:.4f}"
        )


def check_fields(site: ServedSite, output: Path) -> Fields:
    """Compare the table in *output* with what is true of the site's pages."""
    rows = {row["canonical_url"]: row for row in read_rows(output)}
    newspaper = site.newspaper
    truths = [newspaper.article(number) for number in range(newspaper.pages)]
    pairs = [(truth, rows.get(site.url + truth.path, {})) for truth in truths]
    return Fields(
        pages=len(truths),
        rows=len(rows),
        title=sum(row.get("title") == truth.title for truth, row in pairs),
        authors=sum(row.get("authors") == truth.authors for truth, row in pairs),
        published=sum(row.get("published") == truth.published for truth, row in pairs),
        text_f1=mean(text_f1(truth, row) for truth, row in pairs),
    )


def read_rows(output: Path) -> list[dict[str, Any]]:
    # Imported late: a child inherits the peak memory that this process had when it was started.
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns = ["canonical_url", "title", "authors", "published", "text"]
    return list(pq.read_table(output / "articles", columns=columns).to_pylist())


def text_f1(truth: GeneratedArticle, row: dict[str, Any]) -> float:
    """Return the F1 of the word 4-grams of the row's text."""
    expected, found = Counter(grams(truth.text)), Counter(grams(row.get("text") or ""))
    return 2 * (expected & found).total() / (expected.total() + found.total())


def grams(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[start:] for start in range(GRAM)), strict=False)


def memory_table(folder: Path) -> str:
    """Crawl a small and a large site and return the peak memory of each."""
    lines = ["| pages | peak MB | articles/s |", "|--:|--:|--:|"]
    for pages in (SMALL, LARGE):
        with serving(pages) as site:
            output = folder / f"pages-{pages}"
            output.mkdir()
            usage = crawl_ours(site, output)
        lines.append(f"| {pages} | {usage.peak_mb:.0f} | {pages / usage.seconds:.0f} |")
        print(lines[-1])
    return "\n".join(lines)


def report(contestants: list[Contestant], fields: dict[str, Fields], memory: str) -> str:
    pages = fields[OURS].pages
    parts = [
        conditions(pages, len(contestants[0].usages)),
        race_table(contestants, pages),
        ratios(contestants),
        "\n".join(f"- Fields of {name}: {found}." for name, found in fields.items()),
    ]
    return "\n\n".join([*parts, f"Memory of alescrawl:\n\n{memory}"] if memory else parts)


def conditions(pages: int, rounds: int) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("scrapy", "lxml", "pyarrow"))
    return (
        f"{pages} generated pages of 60 to 120 KB on loopback, {rounds} rounds in turn, medians; "
        "wall and CPU time of the whole process tree, start and publication included; "
        f"{CONCURRENCY} requests at once, no delay. Python {python_version()}, {versions}."
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-memory", action="store_true", help="leave out 500 against 4,000")
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    return parser.parse_args()


def run(chosen: argparse.Namespace, folder: Path) -> int:
    with serving(chosen.pages) as site:
        contestants = race(site, chosen.rounds, folder)
        memory = "" if chosen.no_memory else memory_table(folder)
        ours = [one for one in contestants if one.name in {OURS, OURS_WORKERS}]
        fields = {one.name: check_fields(site, one.folder / "output") for one in ours}
    text = report(contestants, fields, memory)
    print("", text, sep="\n")
    if not chosen.no_record:
        from results import record  # noqa: PLC0415 - beside this script

        record("Crawl speed", text)
    return 0 if all(found.all_right for found in fields.values()) else 1


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return run(arguments(), Path(folder))
        except CalledProcessError as error:
            print(error.output, f"failed: {' '.join(error.cmd)}", sep="\n", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())

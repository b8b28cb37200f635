"""Crawls every source on the stand-in of its site, all in one process: what is found, at what cost.

    python benchmarks/catalogue.py [--no-record]

The stand-in (tests/support/standin) answers for all hosts at once, without delays, over TLS, in a
process of its own. Found and read are held against what is true of its pages. Exit code 1 where a
source misses an article, has one that is none, or reads a field wrongly.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measured import measure
from results import record

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from standin.catalogue import SITES, answers
from standin.crawled import Crawled, command
from standin.web import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measured import Usage

ROOT = Path(__file__).parents[1]
FIELDS = ("title", "text", "published", "authors", "tags", "section")


class Crawl(NamedTuple):
    used: Usage
    requests: int

    def line(self, name: str) -> str:
        used = self.used
        return (
            f"| {name} | {used.seconds:.1f} | {used.cpu_seconds:.1f} | {used.peak_mb:.0f} "
            f"| {self.requests} |"
        )


class Found(NamedTuple):
    """What was found of one source: how many fields its pages carry, and how many were read."""

    source: str
    expected: int
    right: int
    stored: int
    carried: dict[str, int]
    read: dict[str, int]

    @property
    def is_whole(self) -> bool:
        return self.expected == self.right == self.stored and self.carried == self.read


def crawl(web: Web, output: Path) -> Crawl:
    before = len(web.asked)
    used = measure(command(output), ROOT, {**web.environment, "PYTHONPATH": str(ROOT)})
    return Crawl(used, len(web.asked) - before)


def compared(crawled: Crawled, source: str) -> Found:
    pairs = list(crawled.pairs(source))
    stored = crawled.rows(source)
    carried = {name: sum(bool(true[name]) for true, _ in pairs) for name in FIELDS}
    read = {
        name: sum(bool(true[name]) and true[name] == known[name] for true, known in pairs)
        for name in FIELDS
    }
    expected = len(SITES[source].rows())
    return Found(source, expected, len(pairs), len(stored), carried, read)


def table(found: list[Found]) -> Iterator[str]:
    yield f"| source | articles | recall | precision | {' | '.join(FIELDS)} |"
    yield f"|---|--:|--:|--:|{'--:|' * len(FIELDS)}"
    yield from map(_line, found)
    yield _line(_all(found))


def _line(found: Found) -> str:
    cells = [
        found.source,
        str(found.expected),
        _share(found.right, found.expected),
        _share(found.right, found.stored),
        *(_share(found.read[name], found.carried[name]) for name in FIELDS),
    ]
    return f"| {' | '.join(cells)} |"


def _all(found: list[Found]) -> Found:
    sums = [sum(each[n] for each in found) for n in (1, 2, 3)]
    both = ({name: sum(each[n][name] for each in found) for name in FIELDS} for n in (4, 5))
    return Found("**all**", *sums, *both)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Web(answers()) as web:
        output = Path(folder) / "output"
        first = crawl(web, output)
        crawled = Crawled(output)
        second = crawl(web, output)
    found = [compared(crawled, source) for source in sorted(SITES)]
    text = (
        f"{len(SITES)} sources in one process, no delays, {len(crawled.articles)} articles:\n\n"
        "| crawl | seconds | CPU seconds | peak MB | requests |\n|---|--:|--:|--:|--:|\n"
        f"{first.line('first')}\n{second.line('nothing new')}\n\n"
        "A dash: no page of the stand-in carries the field.\n\n" + "\n".join(table(found))
    )
    print(text)
    if not options.no_record:
        record("The catalogue on its stand-in", text)
    return 0 if all(each.is_whole for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())

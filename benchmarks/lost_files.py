"""What it costs a run with nothing new to look whether all published files are as written.

    python benchmarks/lost_files.py [--no-record]

A dataset of 1,000 partitions, of which one source's are crawled again: the newsroom of `scrapy
demo`, which has nothing new. CPU seconds of the whole run, and of the look alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from results import record

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.health.source_status import source_statuses
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.integrity import write_lost_again
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, Paragraph, fingerprint
from alescrawl.newsroom.server import Newsroom

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SOURCES, YEARS, ROWS = 10, 50, 4
"""Each year of a source is two files: its articles and their mentions."""
TIMES = 15
MOST = 0.05
"""Share of an idle run."""


def fill(output: Folder) -> int:
    """Make and publish the dataset; return how many files that are."""
    with closing(Ledger(output.ledger)) as ledger:
        for source in range(SOURCES):
            with ledger.transaction() as db:
                for number in range(YEARS * ROWS):
                    put_article(db, _article(f"journal{source}", number))
        publish(ledger, output)
    return len(list(output.root.rglob("year=*.parquet")))


def _article(source: str, number: int) -> Article:
    url = f"https://{source}.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(1970 + number % YEARS, 5, 1, tzinfo=UTC)
    article.set_paragraphs([Paragraph("p", f"Texte {number} de {source}. " * 60)])
    return article


def crawl(newsroom: Newsroom, output: Folder) -> float:
    """Crawl the newsroom; return the CPU seconds."""
    before = os.times()
    settings = ("SPIDER_MODULES=alescrawl.newsroom.spider", f"ALESCRAWL_OUTPUT={output.root}")
    options = [word for each in (*settings, "DOWNLOAD_DELAY=0") for word in ("-s", each)]
    words = (sys.executable, "-m", "scrapy", "crawl", "newsroom")
    subprocess.run(
        [*words, "-a", f"root={newsroom.url}", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


def cpu(action: Callable[[], object]) -> float:
    """Return the median CPU seconds of *action*."""
    taken = []
    for _ in range(TIMES):
        before = time.process_time()
        action()
        taken.append(time.process_time() - before)
    return median(taken)


def main() -> None:
    """Measure, print, record; exit code 1 where it costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Newsroom() as newsroom:
        output = Folder(Path(folder))
        files = fill(output)
        crawl(newsroom, output)
        run = median(crawl(newsroom, output) for _ in range(3))
        with closing(Ledger(output.ledger)) as ledger:
            everything = cpu(lambda: write_lost_again(ledger, output))
        status = cpu(lambda: source_statuses(output))
        bare = cpu(lambda: source_statuses(output, with_files=False))
    share = everything / run
    text = "\n".join(
        [
            "| | CPU |",
            "|---|--:|",
            f"| a run with nothing new, {files} files published | {run:.2f} s |",
            f"| of it, the look at all files | {everything * 1000:.0f} ms, {share:.1%} |",
            f"| `scrapy status`: what it adds | {(status - bare) * 1000:.0f} ms |",
        ]
    )
    print(text)
    if not options.no_record:
        record("Whether published files are there", text)
    if share > MOST:
        sys.exit(f"the look costs more than {MOST:.0%} of the run")


if __name__ == "__main__":
    main()

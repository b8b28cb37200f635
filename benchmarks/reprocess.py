"""Measures `scrapy reprocess` on one core and on two against a plain loop over the same pages.

    python benchmarks/reprocess.py [--pages 2000] [--no-record]

The rows are made those of an older extractor that found no names, so that each is written anew.
The plain loop reads the same records of the archive: no pipelines, no ledger, no table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

from crawl_speed import ROOT, crawl_ours, options, python_path
from generated_site import serving
from measured import Usage, measure

if TYPE_CHECKING:
    from collections.abc import Callable


def read_plainly(output: Path, *, whole: bool) -> int:
    """Extract each archived page of *output* in a loop; return how many articles have a text.

    Where *whole*, each text is also read for names and judged, as a crawl does.
    """
    from alescrawl import (  # noqa: PLC0415 - in the process that is measured
        assess_relevance,
        extract_article,
        find_mentions,
    )
    from alescrawl.dataset.archive.warc import read_page, record_of  # noqa: PLC0415 - as above
    from alescrawl.dataset.folder import Folder  # noqa: PLC0415 - as above
    from alescrawl.dataset.ledger.connection import Ledger  # noqa: PLC0415 - as above

    folder = Folder(output)
    with closing(Ledger(folder.ledger)) as ledger:
        every = "SELECT * FROM raw WHERE kind = 'response' AND part = 0"
        found = [record_of(row) for row in ledger.query(every)]
    pages = (read_page(folder.raw, record.location, record.digest) for record in found)
    articles = 0
    for page in pages:
        article = extract_article(page.body, page.url)
        articles += bool(article.text)
        if whole:
            find_mentions(article.text or "")
            assess_relevance(article.title or "", article.text or "")
    return articles


def plainly(*words: str) -> Callable[[Path], Usage]:
    """Return what measures the loop, with the option *words*, on an output folder."""

    def run(output: Path) -> Usage:
        command = [sys.executable, __file__, "--plain", str(output), *words]
        return measure(command, ROOT, {"PYTHONPATH": python_path()})

    return run


def reprocess(*settings: str) -> Callable[[Path], Usage]:
    """Return what measures the command with *settings* on an output folder."""

    def run(output: Path) -> Usage:
        command = [sys.executable, "-m", "scrapy", "reprocess", "generated"]
        command += options("SPIDER_MODULES=generated_spider", *settings)
        environment = {"ALESCRAWL_OUTPUT": str(output), "PYTHONPATH": python_path()}
        return measure(command, ROOT, environment)

    return run


CONTESTANTS = {
    "plain loop over extract_article": plainly(),
    "the same with find_mentions and assess_relevance": plainly("--whole"),
    "reprocess, 1 process": reprocess("ALESCRAWL_WORKERS=1"),
    "reprocess, 2 processes": reprocess("ALESCRAWL_WORKERS=2"),
}


def compare(pages: int, folder: Path) -> str:
    """Crawl once, let each contestant read the archive; return the table of figures."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from older_folders import age_rows  # noqa: PLC0415 - not in the process that is measured

    with serving(pages=pages) as site:
        crawl_ours(site, folder, "ALESCRAWL_WORKERS=2", "ALESCRAWL_ENTITIES=0")
    age_rows(folder / "output")
    lines = ["| | s | CPU s | articles/s | articles per CPU s |", "|---|--:|--:|--:|--:|"]
    for name, run in CONTESTANTS.items():
        copy = folder / "copy"
        shutil.copytree(folder / "output", copy)
        used = run(copy)
        shutil.rmtree(copy)
        wall, cpu = pages / used.seconds, pages / used.cpu_seconds
        lines.append(
            f"| {name} | {used.seconds:.1f} | {used.cpu_seconds:.1f} | {wall:.0f} | {cpu:.0f} |"
        )
    head = (
        f"{pages} generated pages of 60 to 120 KB, each row replaced; start and publication count."
    )
    load = f"Load of the machine from other work at the end: {os.getloadavg()[1]:.1f}."
    return "\n\n".join([head, "\n".join(lines), load])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--whole", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.plain is not None:
        return 0 if read_plainly(chosen.plain, whole=chosen.whole) else 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            text = compare(chosen.pages, Path(folder))
        except CalledProcessError as error:
            print(error.output, f"failed: {' '.join(error.cmd)}", sep="\n", file=sys.stderr)
            return 1
    print(text)
    if not chosen.no_record:
        from results import record  # noqa: PLC0415 - beside this script

        record("Reprocessing", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

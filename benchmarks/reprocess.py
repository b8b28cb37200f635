"""Measures `scrapy reprocess` on one core and on two against a plain loop over the same pages.

    python benchmarks/reprocess.py [--pages 200] [--no-record]

The rows are made those of an older extractor, so that each is written anew. The plain loop reads
the same records of the archive and calls ``extract_article``: no pipelines, no ledger, no table.
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

OLDER = "0"


def read_plainly(output: Path) -> int:
    """Extract each archived page of *output* in a loop; return how many articles have a text."""
    from alescrawl import extract_article  # noqa: PLC0415 - in the process that is measured
    from alescrawl.dataset.archive import read_page, records  # noqa: PLC0415 - as above
    from alescrawl.dataset.folder import Folder  # noqa: PLC0415 - as above
    from alescrawl.dataset.ledger import Ledger  # noqa: PLC0415 - as above

    folder = Folder(output)
    with closing(Ledger(folder.ledger)) as ledger:
        found = list(records(ledger, "generated"))
    pages = (read_page(folder.raw, record.location, record.digest) for record in found)
    return sum(bool(extract_article(page.body, page.url).text) for page in pages)


def make_older(output: Path) -> None:
    """Make all rows of *output* those of an extractor that read other titles."""
    from alescrawl.dataset.folder import Folder  # noqa: PLC0415 - as above
    from alescrawl.dataset.ledger import Ledger  # noqa: PLC0415 - as above
    from alescrawl.dataset.store import pack, unpack  # noqa: PLC0415 - as above

    with closing(Ledger(Folder(output).ledger)) as ledger, ledger.transaction() as db:
        for article_id, blob in db.execute("SELECT article_id, row FROM articles").fetchall():
            row = {**unpack(blob), "title": "Accueil", "extractor_version": OLDER}
            db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (pack(row), article_id))


def plainly(output: Path) -> Usage:
    command = [sys.executable, __file__, "--plain", str(output)]
    return measure(command, ROOT, {"PYTHONPATH": python_path()})


def reprocess(*settings: str) -> Callable[[Path], Usage]:
    """Return what measures the command with *settings* on an output folder."""

    def run(output: Path) -> Usage:
        command = [sys.executable, "-m", "scrapy", "reprocess", "generated"]
        command += options("SPIDER_MODULES=generated_spider", *settings)
        environment = {"ALESCRAWL_OUTPUT": str(output), "PYTHONPATH": python_path()}
        return measure(command, ROOT, environment)

    return run


CONTESTANTS = {
    "plain loop over extract_article": plainly,
    "reprocess without entities, 1 process": reprocess(
        "ALESCRAWL_WORKERS=1", "ALESCRAWL_ENTITIES=0"
    ),
    "reprocess, 1 process": reprocess("ALESCRAWL_WORKERS=1"),
    "reprocess, 2 processes": reprocess("ALESCRAWL_WORKERS=2"),
}


def compare(pages: int, folder: Path) -> str:
    """Crawl once, let each contestant read the archive; return the table of figures."""
    with serving(pages=pages) as site:
        crawl_ours(site, folder)
    make_older(folder / "output")
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
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.plain is not None:
        return 0 if read_plainly(chosen.plain) else 1
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

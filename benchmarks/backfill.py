"""Back-fills a stand-in archive: is every article and revision found, how fast, in how much memory?

    python benchmarks/backfill.py [CAPTURES] [--workers N] [--cluster]

Invented sources over ten years, pages of 20 to 60 KB; among the captures are errors, redirects, the
same content again and pages of other firms. The plain loop is the same reading without engine,
ledger and publication.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from captures import allow, record  # noqa: E402
from scrapy_command import Scrapy  # noqa: E402

SOURCES = 20
MODULE = '''"""Invented sources."""
from alescrawl.crawling.discovery.spider import NewsSpider
'''
CLASS = """

class Source{n}(NewsSpider):
    name = "standin{n}"
    publisher = "Le Journal {n}"
    hosts = ("www.standin{n}.example",)
    article_urls = (r"/\\d{{4}}/\\d\\d/[a-z0-9-]+$",)
"""
WORDS = (
    *("la", "ville", "d'Alès", "ouvre", "une", "halle", "neuve", "et", "le", "conseil", "vote"),
    *("un", "budget", "pour", "zone", "où", "usine", "recrute", "des", "ouvriers", "pendant"),
    *("que", "port", "de", "Nîmes", "compte", "ses", "emplois", "chantiers", "commerces"),
)


def page(title: str, published: datetime, rng: random.Random) -> str:
    lines = [" ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(8)]
    nav = "".join(f'<li><a href="/rubrique-{n}/">Rubrique numéro {n}</a></li>' for n in range(40))
    filling = "".join(f"<!-- {rng.random()} -->" for _ in range(rng.randint(600, 2000)))
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<html lang="fr"><head><title>{title}</title><meta property="og:title" content="{title}">'
        '<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published.isoformat()}"></head><body>'
        f"<nav><ul>{nav}</ul></nav><article><h1>{title}</h1>{body}</article>{filling}</body></html>"
    )


class Archive:
    """A folder of WARCs, and what is in it: ``articles``, and ``states`` of them."""

    def __init__(self, folder: Path, captures: int) -> None:
        self.folder = folder / "warcs"
        self.folder.mkdir()
        self.articles = self.states = self.captures = 0
        rng = random.Random(18)
        for n in range(SOURCES):
            with (self.folder / f"standin{n}.warc.gz").open("wb") as stream:
                while self.captures < captures * (n + 1) // SOURCES:
                    for each in self._address(n, rng):
                        stream.write(each)
                        self.captures += 1

    def _address(self, n: int, rng: random.Random) -> list[bytes]:
        """Return the captures of one address."""
        self.articles += 1
        day = datetime(2012, 1, 1, 8, tzinfo=UTC) + timedelta(days=rng.randint(0, 3600))
        url = f"http://www.standin{n}.example/{day:%Y/%m}/article-invente-{self.articles}"
        title = f"Une halle numéro {self.articles} ouvre à Alès"
        made = []
        for state in range(rng.choice((1, 1, 1, 2, 3))):
            self.states += 1
            html = page(title, day, rng)
            first = day + timedelta(days=1 + 90 * state)
            made.append(record(url, f"{first:%Y-%m-%dT%H:%M:%SZ}", html))
            if rng.random() < 0.3:  # noqa: PLR2004
                again = first + timedelta(days=20)
                made.append(record(url, f"{again:%Y-%m-%dT%H:%M:%SZ}", html))
        other = f"{day + timedelta(days=5):%Y-%m-%dT%H:%M:%SZ}"
        if rng.random() < 0.2:  # noqa: PLR2004
            made.append(record(url + "x", other, "", status=rng.choice((301, 404, 503))))
        rng.shuffle(made)
        return made


def backfill(scrapy: Scrapy, archive: Archive, workers: int, more: list[str]) -> tuple[float, ...]:
    """Return wall seconds, CPU seconds and peak megabytes of a process."""
    names = [f"standin{n}" for n in range(SOURCES)]
    settings = ("SPIDER_MODULES=standins", f"ALESCRAWL_WORKERS={workers}", "LOG_LEVEL=ERROR")
    words = ("backfill", *names, "--from", f"warc:{archive.folder}", *more)
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        scrapy.command(*words, settings=settings),
        env=scrapy.environment(),
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, cpu, after.ru_maxrss / 1024


def plain_loop(archive: Archive) -> float:
    """Return the CPU seconds of reading the same states without engine, ledger and tables."""
    from collections import Counter  # noqa: PLC0415

    from scrapy.utils.project import get_project_settings  # noqa: PLC0415

    from alescrawl.backfill.reading import CaptureReader, Task  # noqa: PLC0415
    from alescrawl.backfill.warc_files import captures_in, warcs_at  # noqa: PLC0415
    from alescrawl.dataset.ledger.connection import Ledger  # noqa: PLC0415
    from alescrawl.dataset.removal.redaction import Memory  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, closing(Ledger(Path(folder) / "l")) as ledger:
        memory = Memory(ledger)
    settings = get_project_settings()
    settings.set("SPIDER_MODULES", "standins")
    began, read = time.process_time(), 0
    for name in warcs_at(str(archive.folder)):
        source = Path(name).name.partition(".")[0]
        reader = CaptureReader(settings.copy_to_dict(), source, memory)
        seen = set()
        for capture in captures_in(name, name, lambda _: True, Counter()):
            if capture.digest not in seen:
                seen.add(capture.digest)
                read += len(reader.read([Task(capture)]).read[0].articles)
        reader.close()
    assert read == archive.states, (read, archive.states)
    return time.process_time() - began


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("captures", nargs="?", type=int, default=1000)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--cluster", default="")
    arguments.add_argument("--no-loop", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        classes = "".join(CLASS.format(n=n) for n in range(SOURCES))
        (folder / "standins.py").write_text(MODULE + classes)
        sys.path.insert(0, name)
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), name])
        archive = Archive(folder, asked.captures)
        scrapy = Scrapy(folder / "output", path=folder)
        for n in range(SOURCES):
            allow(scrapy, host=f"www.standin{n}.example")
        more = ["--cluster", asked.cluster] if asked.cluster else []
        wall, cpu, megabytes = backfill(scrapy, archive, asked.workers, more)
        with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db:
            (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
            (older,) = db.execute("SELECT count(*) FROM revisions").fetchone()
        print(f"{archive.captures} captures, {archive.articles} articles, {archive.states} states")
        print(f"found: {articles} articles, {articles + older} states")
        print(
            f"{wall:.1f} s, {archive.states / wall:.1f} states/s, "
            f"{1000 * cpu / archive.states:.1f} ms CPU a state, peak {megabytes:.0f} MB a process"
        )
        if not asked.no_loop:
            loop = plain_loop(archive)
            print(f"plain loop: {1000 * loop / archive.states:.1f} ms CPU a state")


if __name__ == "__main__":
    main()

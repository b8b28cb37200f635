"""Back-fills a stand-in archive: is every article and revision found, how fast, in how much memory?

    python benchmarks/backfill.py [CAPTURES] [--kills N] [--no-record]

Invented sources over ten years, pages of 20 to 60 KB; among the captures are errors, redirects and
the same content again. They are read with one process, with two, and on a scheduler with two
workers started apart; the plain loop is the same reading without engine, ledger and publication.
Then a back-fill of a tenth of them is killed at random moments and begun again.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.backfill.reading import ReadCapture

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from captures import allow, record  # noqa: E402
from dask_cluster import DaskCluster  # noqa: E402
from measured import measure  # noqa: E402
from results import record as keep  # noqa: E402
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
        self.folder = folder
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


class Measured(NamedTuple):
    """What a back-fill took: wall and CPU seconds, peak megabytes in all, and what it found.

    The CPU is that of the scheduler and its workers, too; the memory is not.
    """

    wall: float
    cpu: float
    megabytes: float
    articles: int
    states: int


def command(scrapy: Scrapy, archive: Archive, workers: int, *more: str) -> list[str]:
    names = [f"standin{n}" for n in range(SOURCES)]
    settings = ("SPIDER_MODULES=standins", f"ALESCRAWL_WORKERS={workers}", "LOG_LEVEL=ERROR")
    words = ("backfill", *names, "--from", f"warc:{archive.folder}", *more)
    return scrapy.command(*words, settings=settings)


def output_in(folder: Path) -> Scrapy:
    """Return an empty output folder that knows the robots.txt of the invented hosts."""
    scrapy = Scrapy(folder / "output", path=folder.parent)
    for n in range(SOURCES):
        allow(scrapy, host=f"www.standin{n}.example")
    return scrapy


def found_in(scrapy: Scrapy) -> tuple[int, int]:
    """Return the articles of the ledger, and these with their older revisions."""
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db:
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        (older,) = db.execute("SELECT count(*) FROM revisions").fetchone()
    return articles, articles + older


def measured(folder: Path, archive: Archive, workers: int, *, cluster: bool = False) -> Measured:
    folder.mkdir()
    scrapy = output_in(folder)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ExitStack() as stack:
        more: list[str] = []
        if cluster:
            made = stack.enter_context(DaskCluster(folder, workers, path=(folder.parent,)))
            more = ["--cluster", made.address]
        used = measure(command(scrapy, archive, workers, *more), ROOT, scrapy.environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(used.seconds, cpu, used.peak_mb, *found_in(scrapy))


def plain_loop(archive: Archive) -> tuple[float, list[ReadCapture]]:
    """Return the CPU seconds of reading the same states in a loop, and what was read."""
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
    began, read = time.process_time(), []
    for name in warcs_at(str(archive.folder)):
        source = Path(name).name.partition(".")[0]
        reader = CaptureReader(settings.copy_to_dict(), source, memory)
        seen = set()
        for capture in captures_in(name, name, lambda _: True, Counter()):
            if capture.digest not in seen:
                seen.add(capture.digest)
                read += reader.read([Task(capture)]).read
        reader.close()
    articles = sum(len(each.articles) for each in read)
    assert articles == archive.states, (articles, archive.states)
    return time.process_time() - began, read


def rows_a_second(read: Sequence[ReadCapture]) -> float:
    """Return how many captures one writer stores in a second when all else is done."""
    from alescrawl.backfill.storing import Writer  # noqa: PLC0415
    from alescrawl.dataset.ledger.connection import Ledger  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, closing(Ledger(Path(folder) / "l")) as ledger:
        writer = Writer(ledger, "standin0", "run", None)
        began = time.monotonic()
        writer.write(read)
        return len(read) / (time.monotonic() - began)


def killed(folder: Path, archive: Archive, kills: int, seconds: float) -> tuple[int, int, int]:
    """Kill back-fills within so many *seconds*; return the kills and what is there in the end."""
    folder.mkdir()
    scrapy = output_in(folder)
    rng = random.Random(4)
    done = 0
    while done < kills:
        running = subprocess.Popen(
            command(scrapy, archive, 2),
            env=scrapy.environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            running.wait(rng.uniform(2, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            done += 1
        else:  # all was done: the next ones begin with nothing
            if found_in(scrapy) != (archive.articles, archive.states):
                return done, *found_in(scrapy)
            shutil.rmtree(scrapy.output)
            scrapy = output_in(folder)
        running.wait()
    subprocess.run(
        command(scrapy, archive, 2),
        env=scrapy.environment(),
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return done, *found_in(scrapy)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("captures", nargs="?", type=int, default=1000)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--no-record", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        classes = "".join(CLASS.format(n=n) for n in range(SOURCES))
        (folder / "standins.py").write_text(MODULE + classes)
        sys.path.insert(0, name)
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), name])
        text = "\n".join(lines(folder, asked.captures, asked.kills))
    print(text)
    if not asked.no_record:
        keep("Back-fill", text)


def lines(folder: Path, captures: int, kills: int) -> Iterator[str]:
    archive = Archive(folder / "all", captures)
    loop, read = plain_loop(archive)
    yield (
        f"{archive.captures:,} captures of {SOURCES} sources, {archive.articles:,} articles in "
        f"{archive.states:,} states; {rows_a_second(read):,.0f} rows a second can be stored.\n"
    )
    del read
    yield "| engine | articles | states | states a second | CPU ms a state | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|"
    each = 1000 * loop / archive.states
    yield f"| plain loop, nothing stored | | {archive.states:,} | | {each:.1f} | |"
    for engine, workers, cluster in (
        ("one process", 1, False),
        ("two processes", 2, False),
        ("a scheduler with two workers", 2, True),
    ):
        got = measured(folder / engine, archive, workers, cluster=cluster)
        yield (
            f"| {engine} | {got.articles:,} | {got.states:,} | {got.states / got.wall:.1f} | "
            f"{1000 * got.cpu / got.states:.1f} | {got.megabytes:.0f} |"
        )
    few = Archive(folder / "few", captures // 10)
    done, articles, states = killed(folder / "killed", few, kills, 12)
    yield (
        f"\n{done} kills of a back-fill of {few.articles:,} articles in {few.states:,} states: "
        f"{articles:,} and {states:,} are there in the end."
    )


if __name__ == "__main__":
    main()

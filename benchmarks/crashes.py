"""`kill -9` at random moments of crawls, publications, migrations and removals: nothing is lost.

    python benchmarks/crashes.py [--kills 200] [--seed 1] [--no-record]

The site is the invented newsroom on loopback. After each kill the same command is run again and
the tables are compared with those of an undisturbed crawl, while a reader reads them in a loop.
Exits with 1 where a row was lost, duplicated or differs, a file is unreadable or a reader failed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pandas as pd
import pyarrow.parquet as pq
from results import record

import alescrawl
from alescrawl.newsroom.server import Newsroom

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SETTINGS = ("RETRY_TIMES=0", "SPIDER_MODULES=alescrawl.newsroom.spider", "LOG_LEVEL=ERROR")
TIMES_OF_READING = ["first_seen", "fetched_at"]
YOUNG = ["duplicate_of", "topics"]
"""Columns that a folder lacks that is to be migrated."""
TURNS = (*["crawl"] * 6, *["publish"] * 5, *["migrate"] * 5, *["forget"] * 4)
"""What is killed, in a round of twenty."""
PAUSE = 0.1
"""Seconds between two readings: the reader is not to take the processor from the others."""
FAULTS = ("rows lost", "rows duplicated", "rows differing", "unreadable files", "reader errors")


class Reader(threading.Thread):
    """Reads the articles below *output* in a loop, as soon as there is a table."""

    def __init__(self, output: Path) -> None:
        super().__init__(daemon=True)
        self._output = output
        self._ended = threading.Event()
        self.reads = 0
        self.errors: list[str] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(PAUSE):
            if (self._output / "articles" / "schema.parquet").exists():
                self._read()

    def _read(self) -> None:
        try:
            pd.read_parquet(self._output / "articles")
            alescrawl.load_articles(self._output)
            self.reads += 1
        except Exception as error:  # noqa: BLE001 - any is a finding
            self.errors.append(repr(error))


class Crashes:
    """Kills commands at random moments below *folder*; ``counts`` tells what came of it."""

    def __init__(self, newsroom: Newsroom, folder: Path, seed: int) -> None:
        self._newsroom = newsroom
        self._random = random.Random(seed)
        self._new = folder / "new"
        self._settled = folder / "settled"
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        before = len(newsroom.requests)
        self._finish(self._settled, *self._crawl_words())
        self._requests = len(newsroom.requests) - before
        self._expected = read_rows(self._settled)
        self._known = dict(self._expected)
        self._spans = {kind: self._span(kind) for kind in ("publish", "migrate")}
        self._spans["forget"] = self._spans["publish"]

    def turn(self, kind: str) -> bool:
        """Kill one command, run it again and compare; return whether it was killed in time."""
        output, words, wait = self._prepared(kind)
        with Reader(output) as reader:
            killed = self._kill(output, words, wait)
            self._finish(output, *words)
        self.counts[f"killed {kind}"] += killed
        self.counts["reads"] += reader.reads
        self.counts["reader errors"] += len(reader.errors)
        self.errors += reader.errors
        self._compare(output, self._expected if kind == "crawl" else self._known)
        shutil.rmtree(self._new, ignore_errors=True)
        return killed

    def _prepared(self, kind: str) -> tuple[Path, list[str], Callable[[], bool]]:
        """Return the folder, the command, and what tells that the moments to choose from begin."""
        if kind == "crawl":
            asked = len(self._newsroom.requests) + self._random.randint(1, self._requests)
            return self._new, self._crawl_words(), lambda: len(self._newsroom.requests) >= asked
        if kind == "publish":
            with closing(sqlite3.connect(self._settled / "ledger.sqlite")) as db, db:
                db.execute("UPDATE parts SET changes = changes + 1")
        if kind == "migrate":
            make_older(self._settled)
        wal = self._settled / "ledger.sqlite-wal"
        return self._settled, [kind, *self._victim(kind)], wal.exists

    def _victim(self, kind: str) -> list[str]:
        """Return the article to forget, which no reader is to find afterwards."""
        if kind != "forget":
            return []
        victim = self._random.choice(sorted(self._known))
        del self._known[victim]
        return [victim]

    def _crawl_words(self) -> list[str]:
        return ["crawl", "newsroom", "-a", f"root={self._newsroom.url}"]

    def _span(self, kind: str) -> float:
        """Return how many seconds *kind* takes from when it opens the ledger, undisturbed."""
        output, words, opened = self._prepared(kind)
        process = _start(output, words)
        _wait(process, opened)
        began = time.monotonic()
        process.communicate()
        return time.monotonic() - began

    def _kill(self, output: Path, words: list[str], begun: Callable[[], bool]) -> bool:
        span = 0.3 if words[0] == "crawl" else self._spans[words[0]]
        moment = self._random.uniform(0, span)
        process = _start(output, words)
        _wait(process, begun)
        time.sleep(moment)
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def _finish(self, output: Path, *words: str) -> None:
        process = _start(output, words)
        told, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"scrapy {' '.join(words)}: {told}")

    def _compare(self, output: Path, expected: dict[str, dict[str, str]]) -> None:
        found = read_rows(output)
        self.counts["rows lost"] += len(expected.keys() - found.keys())
        # A forgotten row that is still there is one too many.
        self.counts["rows duplicated"] += _duplicated(output) + len(found.keys() - expected.keys())
        both = expected.keys() & found.keys()
        differing = [(key, *_differences(found[key], expected[key])) for key in sorted(both)]
        for key, *values in differing:
            if values:
                self.errors.append(f"{key} differs: {values}")
                self.counts["rows differing"] += 1
        self.counts["unreadable files"] += sum(map(_is_unreadable, output.rglob("*.parquet*")))
        self.counts["unreadable files"] += _is_broken(output / "ledger.sqlite")


def _start(output: Path, words: list[str] | tuple[str, ...]) -> subprocess.Popen[str]:
    settings = [w for s in (f"ALESCRAWL_OUTPUT={output}", *SETTINGS) for w in ("-s", s)]
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *words, *settings],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _wait(process: subprocess.Popen[str], begun: Callable[[], bool]) -> None:
    while not begun() and process.poll() is None:
        time.sleep(0.001)


def read_rows(output: Path) -> dict[str, dict[str, str]]:
    """Return the rows by article_id, without when they were read and whom they repeat."""
    articles = pd.read_parquet(output / "articles").set_index("article_id").sort_index(axis=1)
    # Which article of a cluster leads depends on which are there.
    frame = articles.drop(columns=[*TIMES_OF_READING, "cluster_id", "duplicate_of"])
    return {str(key): row for key, row in frame.map(repr).to_dict("index").items()}


def _differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    return [f"{c}: {found[c]} for {expected[c]}" for c in found if found[c] != expected[c]]


def _duplicated(output: Path) -> int:
    return int(pd.read_parquet(output / "articles")["article_id"].duplicated().sum())


def _is_unreadable(path: Path) -> bool:
    try:
        pq.ParquetFile(path, page_checksum_verification=True).read()
    except Exception:  # noqa: BLE001 - whatever it is, the file is of no use
        return True
    return False


def _is_broken(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] != "ok")


def make_older(output: Path) -> None:
    """Rewrite the articles as a program wrote them that did not know the columns YOUNG."""
    for path in sorted((output / "articles").rglob("[!.]*.parquet")):
        columns = pq.ParquetFile(path).schema_arrow.names
        kept = [name for name in columns if name not in YOUNG]
        temporary = path.with_name(f".{path.name}")
        pq.write_table(pq.ParquetFile(path).read(columns=kept), temporary)
        temporary.replace(path)


def kill_many(newsroom: Newsroom, folder: Path, kills: int, seed: int) -> Crashes:
    """Kill in rounds of TURNS until *kills* were in time."""
    crashes = Crashes(newsroom, folder, seed)
    done = turns = 0
    while done < kills:
        done += crashes.turn(TURNS[turns % len(TURNS)])
        turns += 1
    return crashes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    with Newsroom(latency=0.01) as newsroom, tempfile.TemporaryDirectory() as folder:
        crashes = kill_many(newsroom, Path(folder), options.kills, options.seed)
    counts = crashes.counts
    killed = {name: n for name, n in sorted(counts.items()) if name.startswith("killed ")}
    lines = ["| what | count |", "|---|--:|"]
    lines += [f"| {name} | {n} |" for name, n in killed.items()]
    lines += [f"| {name} | {counts[name]} |" for name in ("reads", *FAULTS)]
    text = f"{sum(killed.values())} times `kill -9`, each followed by a normal run.\n\n"
    text += "\n".join(lines)
    print(text, *crashes.errors, sep="\n")
    if not options.no_record:
        record("Crashes", text)
    return 1 if any(counts[name] for name in FAULTS) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Kills `scrapy` commands with `kill -9` at random moments, and compares what is there afterwards.

The site is the invented newsroom on loopback. Each killed command is run again, and must leave
what the same command leaves undisturbed, while a reader reads the tables all the time.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pandas as pd
import pyarrow.parquet as pq
from forked import Command
from older_folders import age_ledger, age_rows, age_tables

import alescrawl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from alescrawl.newsroom.server import Newsroom

SETTINGS = ("RETRY_TIMES=0", "SPIDER_MODULES=alescrawl.newsroom.spider", "LOG_LEVEL=ERROR")
KINDS = ("crawl", "crawl again", "publish", "reprocess", "reprocess in 2", "migrate", "forget")
FAULTS = ("rows lost", "rows duplicated", "rows differing", "unreadable files", "reader errors")
PAUSE = 0.1
"""Seconds between two readings: the reader is not to take the processor from the others."""

Rows = dict[tuple[str, ...], dict[str, str]]

_KEYS = {
    "articles": ["article_id"],
    "revisions": ["article_id", "revision", "extractor_version"],
}
_TIMES_OF_READING = ["first_seen", "fetched_at"]


class Killed(NamedTuple):
    """A kill: of what, how many seconds after it opened the ledger, and what it left behind."""

    kind: str
    seconds: float
    half_written: int
    """Temporary files of partitions."""
    unpublished: int
    """Partitions whose rows in the ledger are newer than their files."""


@dataclass(frozen=True)
class Task:
    """A command, the folder it begins with (none: a new one), and what it comes to undisturbed."""

    words: Sequence[str]
    before: Path | None
    expected: Rows
    seconds: float
    """From when it opens the ledger to its end."""
    least: int
    """Articles that a reader finds at any time."""


class Reader(threading.Thread):
    """Reads the tables below *output* in a loop, once there are any; *least* articles are there."""

    def __init__(self, output: Path, least: int) -> None:
        super().__init__(daemon=True)
        self._output = output
        self._least = least
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
            found = pd.read_parquet(self._output / "articles")
            loaded = alescrawl.load_articles(self._output)
            self.reads += 1
            if min(len(found), len(loaded)) < self._least:
                self.errors.append(f"only {len(found)} and {len(loaded)} articles were there")
        except Exception as error:  # noqa: BLE001 - any is a finding
            self.errors.append(repr(error))


class Kills:
    """Kills commands below *folder*; ``counts`` and ``killed`` tell what came of it.

    ``output`` is the folder of the last one.
    """

    def __init__(self, newsroom: Newsroom, folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self.output = folder / "output"
        self._crawl = ["crawl", "newsroom", "-a", f"root={newsroom.url}"]
        self.counts: Counter[str] = Counter()
        self.killed: list[Killed] = []
        self.errors: list[str] = []
        first_day, settled = folder / "first day", folder / "settled"
        _finish(first_day, self._crawl)
        newsroom.next_day()
        shutil.copytree(first_day, settled)
        _finish(settled, [*self._crawl, "-a", "full=1"])
        self._first_day, self._settled = first_day, settled
        self._tasks: dict[str, Task] = {}

    def kill_one(self, kind: str) -> bool:
        """Kill one command of *kind*, run it again, compare; return whether it was still alive."""
        task = self._task(kind)
        self._begin(task.before)
        moment = self._random.uniform(0, task.seconds)
        with Reader(self.output, task.least) as reader:
            killed = self._kill(kind, task.words, moment)
            _finish(self.output, task.words)
        self.counts["reads"] += reader.reads
        self.counts["reader errors"] += len(reader.errors)
        self.errors += [f"{kind} at {moment:.3f} s: {error}" for error in reader.errors]
        self._compare(kind, moment, task.expected)
        if not killed:  # it takes less time than it did undisturbed: the machine is less busy
            self._tasks[kind] = replace(task, seconds=moment)
        return killed

    def _begin(self, before: Path | None) -> None:
        shutil.rmtree(self.output, ignore_errors=True)
        if before is not None:
            shutil.copytree(before, self.output)

    def _task(self, kind: str) -> Task:
        if kind not in self._tasks:
            self._tasks[kind] = self._undisturbed(kind)
        return self._tasks[kind]

    def _undisturbed(self, kind: str) -> Task:
        words, before = self._words_and_folder(kind)
        self._begin(before)
        least = _articles(self.output) - (kind == "forget")
        command = _start(self.output, words)
        self._await_ledger(command)
        began = time.monotonic()
        _succeed(command)
        return Task(words, before, read_rows(self.output), time.monotonic() - began, least)

    def _words_and_folder(self, kind: str) -> tuple[list[str], Path | None]:
        """Return the command of *kind*, and the folder to which it has something to do."""
        if kind == "crawl":
            return self._crawl, None
        if kind == "crawl again":
            return [*self._crawl, "-a", "full=1"], self._first_day
        before = self._settled.with_name(kind)
        shutil.copytree(self._settled, before)
        if kind == "publish":
            with closing(sqlite3.connect(before / "ledger.sqlite")) as db, db:
                db.execute("UPDATE parts SET changes = changes + 1")
        if kind == "migrate":
            age_tables(before)
            age_ledger(before)
        if kind == "forget":
            return [kind, pd.read_parquet(before / "articles")["article_id"].min()], before
        if kind.startswith("reprocess"):
            age_rows(before)
            workers = 2 if kind.endswith("2") else 1
            return ["reprocess", "-s", f"ALESCRAWL_WORKERS={workers}"], before
        return [kind], before

    def _kill(self, kind: str, words: Sequence[str], moment: float) -> bool:
        command = _start(self.output, words)
        self._await_ledger(command)
        command.poll(moment)
        command.kill()
        if command.wait().returncode != -signal.SIGKILL:
            return False
        half_written = len(list(self.output.rglob(".*.parquet.*")))
        self.killed.append(Killed(kind, moment, half_written, _unpublished(self.output)))
        return True

    def _await_ledger(self, command: Command) -> None:
        opened = self.output / "ledger.sqlite-wal"
        while not opened.exists() and command.poll(0.001) is None:
            pass

    def _compare(self, kind: str, moment: float, expected: Rows) -> None:
        found = read_rows(self.output)
        told = {
            "rows lost": [str(key) for key in expected.keys() - found.keys()],
            "rows duplicated": [
                *(str(key) for key in found.keys() - expected.keys()),
                *_repeated(self.output),
            ],
            "rows differing": [
                f"{key}: {differing}"
                for key in expected.keys() & found.keys()
                if (differing := _differences(found[key], expected[key]))
            ],
            "unreadable files": _unreadable(self.output),
        }
        for fault, cases in told.items():
            self.counts[fault] += len(cases)
            self.errors += [f"{kind} at {moment:.3f} s: {fault}: {case}" for case in cases]


def _start(output: Path, words: Sequence[str]) -> Command:
    settings = [w for s in (f"ALESCRAWL_OUTPUT={output}", *SETTINGS) for w in ("-s", s)]
    return Command([*words, *settings], os.environ)


def _succeed(command: Command) -> None:
    done = command.wait()
    if done.returncode:
        raise RuntimeError(f"{done.args}: {done.stdout}{done.stderr}")


def _finish(output: Path, words: Sequence[str]) -> None:
    _succeed(_start(output, words))


def read_rows(output: Path) -> Rows:
    """Return the rows of articles, revisions and mentions, without when they were read."""
    rows: Rows = {}
    for table, keys in _KEYS.items():
        for row in _table(output, table, keys):
            rows[(table, *(str(row[key]) for key in keys))] = _texts(row)
    mentions = pd.read_parquet(output / "mentions")
    for article_id, group in mentions.groupby("article_id"):
        rows["mentions", str(article_id)] = {"all": repr(group.to_dict("records"))}
    return rows


def _table(output: Path, table: str, keys: list[str]) -> list[dict[str, Any]]:
    frame = pd.read_parquet(output / table).drop(columns=_TIMES_OF_READING)
    return [
        {str(k): v for k, v in row.items()} for row in frame.sort_values(keys).to_dict("records")
    ]


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: repr(value) for name, value in row.items()}


def _differences(found: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    return [f"{c}: {found[c]} for {expected[c]}" for c in found if found[c] != expected[c]]


def _articles(output: Path) -> int:
    return len(pd.read_parquet(output / "articles")) if output.exists() else 0


def _repeated(output: Path) -> list[str]:
    """Return the keys of rows that are there twice, runs included."""
    found = []
    for table, keys in {**_KEYS, "runs": ["run_id"]}.items():
        frame = pd.read_parquet(output / table)
        found += [f"{table} {key}" for key in frame[frame.duplicated(keys)][keys].to_numpy()]
    return found


def _unpublished(output: Path) -> int:
    try:
        with closing(sqlite3.connect(output / "ledger.sqlite")) as db:
            found = db.execute("SELECT count(*) FROM parts WHERE changes > published").fetchone()
    except sqlite3.OperationalError:  # it was killed before there was a table
        return 0
    return int(found[0])


def _unreadable(output: Path) -> list[str]:
    """Return the files that cannot be read whole, the ledger among them."""
    found = []
    for path in output.rglob("*.parquet*"):
        try:
            pq.ParquetFile(path, page_checksum_verification=True).read()
        except Exception as error:  # noqa: BLE001 - whatever it is, the file is of no use
            found.append(f"{path}: {error!r}")
    with closing(sqlite3.connect(output / "ledger.sqlite")) as db:
        if (verdict := db.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            found.append(f"ledger.sqlite: {verdict}")
    return found

"""Fixtures: an output folder, and a real crawl in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from loopback import Site

ROOT = Path(__file__).parents[1]
FAST = ("DOWNLOAD_DELAY=0", "RETRY_TIMES=0", "DOWNLOAD_TIMEOUT=2", "ALESCRAWL_FIRST_WAIT=0.1")


@dataclass
class Scrapy:
    """Runs `scrapy` commands on one output folder, as a user would; *path* holds more modules."""

    output: Path
    path: Path = ROOT / "tests"

    def command(self, *words: str, settings: tuple[str, ...] = FAST) -> list[str]:
        options = [o for s in (f"ALESCRAWL_OUTPUT={self.output}", *settings) for o in ("-s", s)]
        return [sys.executable, "-m", "scrapy", *words, *options]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(self.path), *_path()]),
        }

    def run(self, *words: str, settings: tuple[str, ...] = FAST) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*words, settings=settings),
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def crawl(self, site: Site, *arguments: str, more: tuple[str, ...] = ()):
        """Crawl *site* with the source of the tests, from the first article on."""
        named = [w for a in (f"root={site.url}", *arguments) for w in ("-a", a)]
        if not any("since=" in a for a in arguments):
            named += ["-a", "since=2000-01-01"]
        settings = (*FAST, "SPIDER_MODULES=sources.tested", *more)
        return self.run("crawl", "tested", *named, settings=settings)

    def pass_time(self, **span: float) -> None:
        """Let time pass: all that the ledger knows of addresses was *span* earlier."""
        columns = ("first_seen", "last_seen", "fetched_at", "next_check", "missing_since")
        with closing(sqlite3.connect(self.output / "ledger.sqlite")) as db, db:
            for key, *moments in db.execute(f"SELECT url, {', '.join(columns)} FROM urls"):
                earlier = [m and _earlier(m, timedelta(**span)) for m in moments]
                changes = ", ".join(f"{column} = ?" for column in columns)
                db.execute(f"UPDATE urls SET {changes} WHERE url = ?", (*earlier, key))

    def ledger(self, sql: str) -> list[tuple]:
        """Return the rows that *sql* selects from the ledger."""
        with closing(sqlite3.connect(self.output / "ledger.sqlite")) as db:
            return db.execute(sql).fetchall()


def _earlier(moment: str, span: timedelta) -> str:
    return (datetime.fromisoformat(moment) - span).isoformat(timespec="seconds")


def _path() -> list[str]:
    return [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]


@pytest.fixture
def scrapy(tmp_path: Path) -> Scrapy:
    return Scrapy(tmp_path / "output")


@pytest.fixture
def site():
    with Site() as running:
        yield running

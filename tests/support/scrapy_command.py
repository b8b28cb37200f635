"""`scrapy` commands of the tests on an output folder of their own, and a look into its ledger."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import forked

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence

    from loopback import Site

ROOT = Path(__file__).parents[2]
SUPPORT = Path(__file__).parent
FAST = ("DOWNLOAD_DELAY=0", "RETRY_TIMES=0", "ALESCRAWL_FIRST_WAIT=0.1", "DOWNLOAD_TIMEOUT=30")
"""Nothing waits that need not; how long an answer may take is for the machine to say."""


@dataclass
class Scrapy:
    """Runs `scrapy` commands on one output folder, as a user would; *path* holds more modules."""

    output: Path
    path: Path = SUPPORT

    def command(self, *words: str, settings: tuple[str, ...] = FAST) -> list[str]:
        return [sys.executable, "-m", "scrapy", *self.options(words, settings)]

    def options(self, words: Sequence[str], settings: Sequence[str]) -> list[str]:
        """Return *words* and what follows them."""
        all_settings = (f"ALESCRAWL_OUTPUT={self.output}", *settings)
        return [*words, *(word for setting in all_settings for word in ("-s", setting))]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(SUPPORT), str(self.path), *_path()]),
        }

    def run(self, *words: str, settings: tuple[str, ...] = FAST) -> subprocess.CompletedProcess:
        """Run a command to its end, in a process that starts sooner than with :meth:`command`."""
        return self.start(*words, settings=settings).wait()

    def start(self, *words: str, settings: tuple[str, ...] = FAST) -> forked.Command:
        """Begin a command."""
        return forked.Command(self.options(words, settings), self.environment())

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

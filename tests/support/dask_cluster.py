"""A Dask cluster on loopback: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from scrapy_command import ROOT, SUPPORT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECONDS = 60


class DaskCluster:
    """A context manager; ``address`` is the scheduler's. Workers import from *path*, too."""

    def __init__(self, folder: Path, workers: int = 2, path: Sequence[Path] = ()) -> None:
        self._path = (ROOT, SUPPORT, *path)
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._count = workers
        self._begun: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def __enter__(self) -> Self:
        words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.scheduler = self._start("dask_scheduler", *words, "--scheduler-file", str(self._file))
        end = time.monotonic() + SECONDS
        while not self.address and time.monotonic() < end:
            with suppress(OSError, ValueError, KeyError):
                self.address = json.loads(self._file.read_text())["address"]
            time.sleep(0.05)
        self.workers = [self.start_worker() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._begun:
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker without a nanny: killed, it is gone."""
        words = ("--nthreads", "1", "--memory-limit", "1GB", "--no-nanny", "--no-dashboard")
        place = ("--host", "127.0.0.1", "--local-directory", str(self._folder))
        return self._start("dask_worker", self.address, *words, *place)

    def _start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(map(str, self._path))
        begun = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *words],
            env={
                **os.environ,
                "PYTHONPATH": path,
                "SCRAPY_SETTINGS_MODULE": "alescrawl.settings",
                "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
            },
            stdout=subprocess.DEVNULL,
            stderr=(self._folder / f"{name}.log").open("ab"),
            start_new_session=True,
        )
        self._begun.append(begun)
        return begun


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill one of a cluster's processes with -9."""
    process.send_signal(signal.SIGKILL)
    process.wait()

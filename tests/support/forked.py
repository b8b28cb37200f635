"""`scrapy` commands as processes forked from one that has imported all they need: quick to start.

Each has a process and files of its own, is killed like any other, and does what `python -m scrapy`
does from there on.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Client
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVER = Path(__file__).with_name("fork_server.py")
ROOT = Path(__file__).parents[2]


@cache
def _server() -> str:
    """Start the server of this process; return the address of its socket."""
    folder = tempfile.TemporaryDirectory(prefix="fork")
    path = str(Path(folder.name) / "socket")
    search = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    server = subprocess.Popen(
        [sys.executable, str(SERVER), path],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(search)},
    )

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    while not Path(path).exists():
        if server.poll() is not None:
            raise RuntimeError("the fork server did not start")
        time.sleep(0.01)
    return path


class Command:
    """A `scrapy` command that runs; ``returncode`` is that of ``subprocess.Popen``."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT
    ) -> None:
        self._words = list(words)
        self._files = [tempfile.NamedTemporaryFile("w+") for _ in range(2)]  # noqa: SIM115 - closed in wait
        self._connection = _connected()
        stdout, stderr = (file.name for file in self._files)
        self._connection.send(
            {
                "words": self._words,
                "folder": str(folder),
                "environment": dict(environment),
                "stdout": stdout,
                "stderr": stderr,
            }
        )
        self.pid: int = self._connection.recv()
        self.returncode: int | None = None

    def poll(self, seconds: float = 0) -> int | None:
        """Return the exit code, nothing where it still runs after *seconds*."""
        if self.returncode is None and self._connection.poll(seconds):
            self.returncode = self._connection.recv()
        return self.returncode

    def kill(self) -> None:
        """Send it SIGKILL."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Return what came of it; raise ``subprocess.TimeoutExpired`` after *timeout* seconds."""
        if self.poll(timeout) is None:
            self.kill()
            self.poll(timeout)
            told = self._told()
            raise subprocess.TimeoutExpired(self._words, timeout, *told)
        return subprocess.CompletedProcess(self._words, self.returncode or 0, *self._told())

    def _told(self) -> list[str]:
        self._connection.close()
        told = []
        for file in self._files:
            with file:
                told.append(file.read())
        return told


def _connected():
    address = _server()
    for _ in range(100):
        with suppress(ConnectionRefusedError):  # it is bound and does not listen yet
            return Client(address)
        time.sleep(0.01)
    raise RuntimeError("the fork server does not answer")

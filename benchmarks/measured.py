"""Runs one command and measures its whole process tree: wall time, CPU time, peak memory."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT, CalledProcessError, Popen
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
SAMPLED_EVERY = 0.2
"""Seconds between two looks at the memory of the tree."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one command used; memory in MB (10^6 bytes), times in seconds."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Usage:
    """Run *command* in *folder* and return what it and its descendants used.

    CPU time is that of the process and of all descendants that were waited for (wait4). Peak
    memory is the largest sum of resident sizes seen over the tree, and at least the kernel's own
    peak of the largest process. Raises ``CalledProcessError`` with the output if it fails.
    """
    began = perf_counter()
    process = Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=PIPE,
        stderr=STDOUT,
        text=True,
    )
    sampler = _Sampler(process.pid)
    sampler.start()
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)  # Popen did not wait itself
    if process.returncode:
        raise CalledProcessError(process.returncode, command, output)
    peak = max(sampler.peak, usage.ru_maxrss * 1024)
    return Usage(seconds, usage.ru_utime + usage.ru_stime, peak / 1e6)


class _Sampler(threading.Thread):
    """Looks at the memory of a process tree again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(SAMPLED_EVERY):
            self.peak = max(self.peak, sum(map(_resident, _tree(self.pid))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_SIZE
    except OSError:
        return 0

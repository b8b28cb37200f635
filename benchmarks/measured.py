"""Runs one command and measures its whole process tree: wall time, CPU time, peak memory.

The command runs below a small process of its own, ``python measured.py REPORT COMMAND…``, which
adopts what the command leaves behind (a forkserver and its workers end after their parent), so
that their CPU time is counted too, and whose own memory the command does not inherit.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import PIPE, STDOUT, CalledProcessError, Popen
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PR_SET_CHILD_SUBREAPER = 36
SAMPLED_EVERY = 0.25
"""Seconds between two looks at the memory of the tree."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one command used; memory in MB (10^6 bytes), times in seconds."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Usage:
    """Run *command* in *folder* and return what it and its descendants used.

    Peak memory is the largest sum of proportional set sizes seen over the tree, and at least the
    kernel's own peak of the largest process. Raises ``CalledProcessError`` with the command's
    output if it fails.
    """
    with TemporaryDirectory() as temporary:
        report = Path(temporary) / "usage.json"
        process = Popen(
            [sys.executable, __file__, str(report), *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        output, _ = process.communicate()
        sampler.stop()
        if process.returncode:
            raise CalledProcessError(process.returncode, command, output)
        used = json.loads(report.read_text())
    peak = max(sampler.peak, used["largest"])
    return Usage(used["seconds"], used["cpu_seconds"], peak / 1e6)


class _Sampler(threading.Thread):
    """Looks at the memory of the descendants of one process again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(SAMPLED_EVERY):
            self.peak = max(self.peak, sum(map(_proportional_size, _descendants(self.pid))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _descendants(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found[1:]


def _proportional_size(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _run_below(report: str, command: list[str]) -> int:
    """Run *command*, wait for all that it started, write what they used to *report*."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    began = perf_counter()
    code = Popen(command).wait()
    seconds = perf_counter() - began
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = getrusage(RUSAGE_CHILDREN)
    cpu_seconds, largest = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
    used = {"seconds": seconds, "cpu_seconds": cpu_seconds, "largest": largest}
    Path(report).write_text(json.dumps(used))
    return code


if __name__ == "__main__":
    sys.exit(_run_below(sys.argv[1], sys.argv[2:]))

"""What this machine allows: open files for so many crawls at once, and memory for one."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Final, NamedTuple

from alescrawl.crawling.arguments import ArgumentError

FILES: Final = 64
"""Open files that a command needs before it crawls: libraries, the event loop, the readers."""
FILES_EACH: Final = 24
"""Those of one crawl: ledger, archive, connections, and what is published at its end."""
WANTED_FILES: Final = 4_096
LEAST_MEMORY: Final = 400 * 1024 * 1024
"""Bytes that a crawl of one source needs; docs/install.md says how that was measured."""
LEAST_ADDRESSES: Final = 2 * 1024 * 1024 * 1024
"""Bytes of addresses (``ulimit -v``), of which most are never used."""
_CGROUP: Final = Path("/sys/fs/cgroup/memory.max")


class Jobs(NamedTuple):
    """How many crawls may run at once, and why that is fewer than were asked for."""

    most: int
    remark: str | None = None


def allowed_jobs(wanted: int) -> Jobs:
    """Return how many crawls may run at once, at most *wanted*.

    Asks for as many open files as the hard limit allows. Raises :exc:`ArgumentError` where not
    even one crawl can run.
    """
    check_memory()
    files = _raised_limit()
    count = (files - FILES) // FILES_EACH
    if count < 1:
        raise ArgumentError(
            f"only {files} files may be open, and a crawl needs {FILES + FILES_EACH}: raise the "
            "limit (ulimit -n, or LimitNOFILE= of systemd)"
        )
    if count >= wanted:
        return Jobs(wanted)
    return Jobs(
        count,
        f"{count} sources at a time, not {wanted}: only {files} files may be open (ulimit -n)",
    )


def check_memory() -> None:
    """Raise :exc:`ArgumentError` where this process may not have what a crawl needs."""
    for allowed, least, what in (
        (_limit(resource.RLIMIT_AS), LEAST_ADDRESSES, "ulimit -v"),
        (_cgroup_limit(), LEAST_MEMORY, "the memory limit of its container or unit"),
    ):
        if allowed is not None and allowed < least:
            raise ArgumentError(
                f"it may use {allowed >> 20} MB of memory, and needs {least >> 20} MB: raise {what}"
            )


def _raised_limit() -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(WANTED_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return WANTED_FILES if soft == resource.RLIM_INFINITY else soft


def _limit(kind: int) -> int | None:
    soft = resource.getrlimit(kind)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def _cgroup_limit() -> int | None:
    try:
        return int(_CGROUP.read_text("ascii"))
    except (OSError, ValueError):
        return None

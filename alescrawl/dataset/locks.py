"""One crawl of a source, and of all of them, at a time: two would ask for the same pages."""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alescrawl.dataset.folder import Folder


class HeldError(DatasetError):
    """Another process holds the lock."""


class Lock:
    """Held from when it is made until it is released; *told* begins what is said of who holds it.

    The system lets go of it when the process ends, however it ends: a file that a killed one
    left does no harm. Raises :exc:`DatasetError`, which says who holds it and since when.
    """

    def __init__(self, path: Path, told: str) -> None:
        try:
            path.parent.mkdir(exist_ok=True)
            self._file = path.open("a+")
        except OSError as error:
            raise DatasetError(
                f"cannot write {path} ({error.strerror}): check the permissions, or choose another "
                "folder with -s ALESCRAWL_OUTPUT=FOLDER"
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(self._file)
            self._file.close()
            raise HeldError(
                f"{told} by {holder}: wait for it to end, "
                "or choose another folder with -s ALESCRAWL_OUTPUT=FOLDER"
            ) from None
        self._file.truncate(0)
        self._file.write(f"{os.getpid()} {datetime.now(UTC).isoformat()}")
        self._file.flush()

    def release(self) -> None:
        """Let another run begin."""
        self._file.close()


class SourceLock(Lock):
    """Held by a run of *source*."""

    def __init__(self, folder: Folder, source: str) -> None:
        super().__init__(folder.lock(source), f"{source} is being crawled into {folder.root}")


class FolderLock(Lock):
    """Held by a run of all sources into *folder*; one source may be crawled beside it."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(
            folder.root / ".crawlall", f"all sources are being crawled into {folder.root}"
        )


@contextmanager
def lock_all(folder: Folder, sources: Iterable[str]) -> Iterator[None]:
    """Keep runs of all *sources* out; raise :exc:`DatasetError` where one is under way."""
    with ExitStack() as stack:
        for source in sources:
            stack.callback(SourceLock(folder, source).release)
        yield


def _holder(file: IO[str]) -> str:
    """Return who holds the lock, as far as its *file* tells: it may be just being written."""
    file.seek(0)
    with suppress(ValueError):
        pid, since = file.read().split()
        moment = datetime.fromisoformat(since).astimezone(PARIS)
        return f"process {int(pid)} since {moment:%Y-%m-%d %H:%M:%S}"
    return "another process"

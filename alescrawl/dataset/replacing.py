"""Putting a file on this disk whole: it is there as it was, or as it is to be, never in between."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file beside *path*, to write and to read; at the end it replaces *path*.

    Where anything goes wrong the temporary file is removed and *path* stays as it was.
    """
    # Readers pass over names that begin with a dot.
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path)
        with temporary.open("w+b") as file:
            yield file
        _sync(temporary)
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise DatasetError(
            f"cannot write {path} ({error.strerror or error}): free some disk space or check the "
            "permissions, then run again; nothing collected is lost"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of *path* whose process was killed."""
    for leftover in path.parent.glob(f".{path.name}.*"):
        if not _alive(leftover.suffix[1:]):
            leftover.unlink(missing_ok=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True

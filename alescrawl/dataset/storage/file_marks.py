"""By what a file that was published is known again: its size and time, its footer, its digest."""

from __future__ import annotations

import hashlib
import zlib
from typing import IO, Final, NamedTuple

_TAIL: Final = 8
"""Bytes at a Parquet file's end: the length of its footer and four letters."""
LETTERS: Final = b"PAR1"
_LONGEST_FOOTER: Final = 16 * 2**20


class FileTimes(NamedTuple):
    """What a listing says of a file: its size in bytes and when it was written, in nanoseconds."""

    size: int
    modified: int


class FileMark(NamedTuple):
    """A file as it was written.

    *footer* is the CRC 32 of its last *tail* bytes, which are Parquet's footer, *digest* the
    SHA-1 of all. *modified* is 0 where the place has not said yet when it was written.
    """

    size: int
    modified: int
    tail: int
    footer: int
    digest: str

    def __str__(self) -> str:
        """Return it as the ledger keeps it."""
        return " ".join(map(str, self))


def read_mark(text: str) -> FileMark:
    """Undo ``str(mark)``."""
    size, modified, tail, footer, digest = text.split()
    return FileMark(int(size), int(modified), int(tail), int(footer), digest)


def mark_of(file: IO[bytes], modified: int = 0) -> FileMark | None:
    """Return the mark of a Parquet file that is open; ``None`` where it is none."""
    digest = hashlib.sha1(usedforsecurity=False)
    file.seek(0)
    while data := file.read(2**20):
        digest.update(data)
    size = file.tell()
    tail = _footer_length(file, size)
    if tail is None:
        return None
    file.seek(size - tail)
    return FileMark(size, modified, tail, zlib.crc32(file.read(tail)), digest.hexdigest())


def _footer_length(file: IO[bytes], size: int) -> int | None:
    """Return how long the footer of a Parquet file is, with what says so."""
    if size < 2 * _TAIL:
        return None
    file.seek(size - _TAIL)
    end = file.read(_TAIL)
    length = int.from_bytes(end[:4], "little") + _TAIL
    is_one = end[4:] == LETTERS and length <= min(size, _LONGEST_FOOTER)
    return length if is_one else None

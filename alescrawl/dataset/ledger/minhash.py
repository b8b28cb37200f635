"""MinHash signatures of texts, and the bands by which those that may be alike are found."""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SHINGLE: Final = 5
"""Words in a row that are hashed together."""

LEAST_WORDS: Final = 12
"""A shorter text is like too many others."""

_HASHES: Final = 128
_BANDS: Final = 24
_ROWS: Final = 4
"""24 bands of 4: a pair that shares half of its shingles meets in one with .79, 60 % with .97."""

_WORD: Final = re.compile(r"[^\W_]+")


class _Random(NamedTuple):
    """Arrays of random odd factors and terms, the same in every process."""

    factors: Any
    terms: Any
    places: Any


@cache
def _random() -> _Random:
    import numpy as np  # noqa: PLC0415 - slow to import, and a run without articles needs none

    random = np.random.default_rng(20261126)
    return _Random(
        random.integers(1, 2**63, _HASHES, np.uint64) * 2 + 1,
        random.integers(0, 2**63, _HASHES, np.uint64),
        random.integers(1, 2**63, SHINGLE, np.uint64) * 2 + 1,
    )


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: letters and digits, without case."""
    return _WORD.findall(text.casefold())


def signature(words: list[str]) -> bytes:
    """Return the signature of a text of at least :data:`LEAST_WORDS` *words*.

    That is the smallest of each of 128 hashes over its shingles, 32 bits each.
    """
    import numpy as np  # noqa: PLC0415 - as above

    factors, terms, places = _random()
    high = np.uint64(32)
    hashes = np.fromiter(map(zlib.crc32, map(str.encode, words)), np.uint64, len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, SHINGLE)
    shingles = np.unique((windows * places).sum(axis=1, dtype=np.uint64))
    shingles ^= shingles >> high
    mixed = shingles[None, :] * factors[:, None] + terms[:, None]
    return bytes((mixed.min(axis=1) >> high).astype(np.uint32).tobytes())


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated share of shingles that two texts have in common, ± 0.04."""
    import numpy as np  # noqa: PLC0415 - as above

    return float(np.mean(np.frombuffer(one, np.uint32) == np.frombuffer(other, np.uint32)))


def bands(found: bytes) -> Iterator[int]:
    """Yield 24 signed 64-bit keys: similar texts have at least one of them in common."""
    size = len(found) // _HASHES * _ROWS
    for band in range(_BANDS):
        data = band.to_bytes(1) + found[band * size : (band + 1) * size]
        low, high = zlib.crc32(data), zlib.crc32(data, 0x5BD1E995)
        yield (high << 32 | low) - (1 << 63)

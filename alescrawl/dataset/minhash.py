"""MinHash signatures of texts: how much two texts share, told from 512 bytes each."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Signature = "NDArray[np.uint32]"
"""Shape (128,): the smallest of each of 128 hashes over the text's shingles."""

SHINGLE: Final = 5
"""Words in a row that are hashed together."""
LEAST_WORDS: Final = 12
"""A shorter text is like too many others."""
_HASHES: Final = 128
_BANDS: Final = 24
_ROWS: Final = 4
"""24 bands of 4: a pair that shares half of its shingles meets in one with .79, 60 % with .97."""

_WORD = re.compile(r"[^\W_]+")
_RANDOM = np.random.default_rng(20261126)
_FACTORS = _RANDOM.integers(1, 2**63, _HASHES, np.uint64) * 2 + 1
_TERMS = _RANDOM.integers(0, 2**63, _HASHES, np.uint64)
_PLACES = _RANDOM.integers(1, 2**63, SHINGLE, np.uint64) * 2 + 1
_HIGH = np.uint64(32)


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: letters and digits, without case."""
    return _WORD.findall(text.casefold())


def signature(words: list[str]) -> NDArray[np.uint32]:
    """Return the signature of a text of at least :data:`LEAST_WORDS` *words*."""
    hashes = np.fromiter(map(zlib.crc32, map(str.encode, words)), np.uint64, len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, SHINGLE)
    shingles = np.unique((windows * _PLACES).sum(axis=1, dtype=np.uint64))
    shingles ^= shingles >> _HIGH
    mixed = shingles[None, :] * _FACTORS[:, None] + _TERMS[:, None]
    least: NDArray[np.uint32] = (mixed.min(axis=1) >> _HIGH).astype(np.uint32)
    return least


def similarity(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Return the estimated share of shingles that two texts have in common, ± 0.04."""
    return float(np.mean(one == other))


def bands(found: NDArray[np.uint32]) -> Iterator[int]:
    """Yield 24 signed 64-bit keys: similar texts have at least one of them in common."""
    for band, rows in enumerate(found[: _BANDS * _ROWS].reshape(_BANDS, _ROWS)):
        data = band.to_bytes(1) + rows.tobytes()
        low, high = zlib.crc32(data), zlib.crc32(data, 0x5BD1E995)
        yield (high << 32 | low) - (1 << 63)

"""The form in which words of a text are compared while their offsets stay."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_FOREIGN: Final = re.compile("[^\x00-\x7f]")


class _Fold(dict[str, str]):
    """Each character as one lower-case character without accent."""

    def __missing__(self, character: str) -> str:
        folded = normalize("NFKD", character)[:1].lower()[:1] or " "
        self[character] = folded
        return folded


_FOLD = _Fold({"’": "'", **dict.fromkeys("–—−‑", "-")})


def _folded(found: re.Match[str]) -> str:
    return _FOLD[found[0]]


def fold(text: str) -> str:
    """Return *text* in lower case without accents, each character in its place.

    No-break and thin spaces are plain, dashes are hyphens, apostrophes straight; line ends stay.
    """
    return _FOREIGN.sub(_folded, text).lower()

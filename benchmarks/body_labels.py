"""Says which blocks of a page with a known body are part of it, to train the body model."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"\w+")
GRAM = 4
HALF = 0.5
"""A text is part of the body from this share of its grams on."""
REACH = 3
"""Texts after the last sure one in which a short line of the body may stand."""
MOST_WORDS = 30
"""Longer blocks take their grams in reading order: no need to tell them apart."""


def grams(words: list[str]) -> Counter[tuple[str, ...]]:
    """Return the word 4-grams, as the benchmark's score counts them."""
    if len(words) <= GRAM:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(GRAM)), strict=False))


def shares(texts: Sequence[str], body: str) -> tuple[np.ndarray, np.ndarray]:
    """Return for each text the share of its grams that *body* has, and its number of words.

    A gram of the body is given to one text only, the longer ones first.
    """
    words = [WORD.findall(text) for text in texts]
    share = np.zeros(len(texts))
    left = grams(WORD.findall(body))
    for i in sorted(range(len(texts)), key=lambda i: -min(len(words[i]), MOST_WORDS)):
        if len(words[i]) >= GRAM:
            share[i] = _take(grams(words[i]), left)
    _label_short(words, share, body)
    return share, np.array([len(line) for line in words])


def _take(wanted: Counter[tuple[str, ...]], left: Counter[tuple[str, ...]]) -> float:
    found = wanted & left
    share = found.total() / wanted.total()
    if share >= HALF:
        left.subtract(found)
    return share


def _label_short(words: list[list[str]], share: np.ndarray, body: str) -> None:
    """Label the texts of less than four words by the lines of the body and by what is near."""
    lines = Counter(tuple(WORD.findall(line)) for line in body.split("\n"))
    joined = " ".join(WORD.findall(body)) + " "
    taken = np.flatnonzero(share >= HALF)
    for i, line in enumerate(words):
        if not 0 < len(line) < GRAM or not taken.size:
            continue
        if lines[tuple(line)] > 0 and taken[0] <= i <= taken[-1] + REACH:
            lines[tuple(line)] -= 1
            share[i] = 1
        elif any(" ".join(run) + " " in joined for run in _runs(words, taken, i)):
            share[i] = 1


def _runs(words: list[list[str]], taken: np.ndarray, i: int) -> list[list[str]]:
    """Return text *i* with the words of the body before it, and with those after it."""
    before, after = taken[taken < i], taken[taken > i]
    runs = []
    if before.size:
        runs.append(words[before[-1]][-3:] + words[i])
    if after.size:
        runs.append(words[i] + words[after[0]][:3])
    return [run for run in runs if len(run) >= GRAM]


def segment_labels(
    texts: Sequence[str], must_have: Sequence[str], must_not: Sequence[str]
) -> np.ndarray:
    """Return 1 for texts that hold a segment of the body, 0 for those of none, NaN elsewhere."""
    labels = np.full(len(texts), np.nan)
    for segment in must_have:
        holding = [i for i, text in enumerate(texts) if " ".join(segment.split()) in text]
        if len(holding) == 1:
            labels[holding[0]] = 1
    for segment in must_not:
        for i, text in enumerate(texts):
            if " ".join(segment.split()) in text and np.isnan(labels[i]):
                labels[i] = 0
    return labels

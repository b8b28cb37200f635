"""Puts numbers on what stands before and after each block of a page."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from alescrawl.extraction.markup import phrase_categories

Vector = np.ndarray[Any, Any]

_AROUND: Final = ("length", "link", "end", "is_p", "heading", "good", "function_words")


def neighbours(found: dict[str, Vector], wanted: frozenset[str] | None) -> dict[str, Vector]:
    """Return what stands before and after each block."""
    around = {}
    for name in _AROUND:
        values = found[name]
        for side, step in (("before", 1), ("before", 2), ("after", 1), ("after", 2)):
            key = f"{name}_{side}_{step}"
            if wanted is None or key in wanted:
                around[key] = _shifted(values, step if side == "before" else -step)
    good = np.concatenate((np.zeros(6), found["good"], np.zeros(6)))
    sums = np.concatenate(([0.0], np.cumsum(good)))
    size = len(found["good"])
    around["good_near_before"] = sums[6 : 6 + size] - sums[1 : 1 + size]
    around["good_near_after"] = sums[12 : 12 + size] - sums[7 : 7 + size]
    return around


_FAR: Final = 60


def memory(found: dict[str, Vector], wanted: frozenset[str] | None) -> dict[str, Vector]:
    """Return how long ago a boilerplate line, a heading, a picture or a date was met."""
    phrase = found["phrase"]
    met = {}
    for number, name in enumerate(phrase_categories(), start=1):
        if wanted is None or f"since_{name}" in wanted:
            met[f"since_{name}"] = _since(phrase == number)
    heading = found["heading"] > 0
    met["since_heading"] = _since(heading)
    met["since_media"] = _since(found["media"] > 0)
    met["since_time"] = _since(found["marked"] > 0)
    lately = {"phrase": phrase, "level": found["heading"], "link": found["link"]}
    for name, values in lately.items():
        if wanted is None or f"heading_{name}" in wanted:
            met[f"heading_{name}"] = _last(values, heading)
    for name in ("comment", "reader", "consent", "offer", "picture"):
        if wanted is None or f"{name}_around" in wanted:
            met[f"{name}_around"] = _around(found[f"says_{name}"] > 0)
    return met


def _around(met: Vector) -> Vector:
    """Return how many of the five blocks before each, the block and the five after are *met*."""
    sums = np.concatenate((np.zeros(6), np.cumsum(met), np.full(5, met.sum())))
    near: Vector = sums[11:] - sums[:-11]
    return near


def _since(met: Vector) -> Vector:
    index = np.arange(len(met))
    last = np.maximum.accumulate(np.where(met, index, -_FAR))
    return np.minimum(index - last, _FAR)


def _last(values: Vector, met: Vector) -> Vector:
    index = np.maximum.accumulate(np.where(met, np.arange(len(met)), -1))
    return np.where(index >= 0, values[index], -1)


def _shifted(values: Vector, step: int) -> Vector:
    moved = np.zeros(len(values), dtype=np.float32)
    if 0 < step < len(values):
        moved[step:] = values[:-step]
    elif -len(values) < step < 0:
        moved[:step] = values[-step:]
    return moved

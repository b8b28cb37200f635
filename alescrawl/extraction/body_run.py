"""From how likely each block is part of the text to the blocks that are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[Any]

TAKEN: Final = 0.5
"""Blocks above this are taken where they stand in the run that holds the text."""
APART: Final = 0.6
"""Blocks above this are taken before the run too: a lead stands apart from the body."""
LONGEST: Final = 600
"""Characters from which a longer block says no more about where the text stands."""


def taken(likely: Vector, length: Vector) -> list[int]:
    """Return the numbers of the blocks that are the text, in order.

    The text is one run of blocks with little else in it. What comes after the run, such as
    comments or other articles, is left out however much it looks like text.
    """
    if not likely.size:
        return []
    first, last = best_run(likely, length)
    chosen = likely > TAKEN
    chosen[:first] &= likely[:first] > APART
    chosen[last + 1 :] = False
    return [int(i) for i in np.flatnonzero(chosen)]


def best_run(likely: Vector, length: Vector) -> tuple[int, int]:
    """Return the first and last block of the run with most text over what is no text."""
    gain = (likely - TAKEN) * np.minimum(length, LONGEST)
    sums = np.concatenate(([0.0], np.cumsum(gain)))
    lowest = np.minimum.accumulate(sums[:-1])
    last = int(np.argmax(sums[1:] - lowest))
    return int(np.argmin(sums[: last + 1])), last

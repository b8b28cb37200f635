"""How much CPU a test may take on this machine: bounds that only runaway growth exceeds."""

from __future__ import annotations

import time
from functools import cache

NOMINAL = 0.03
"""Seconds of CPU that the reference work takes on the machine that bounds are written for."""
ROOM = 6
"""Coverage and a busy machine cost a few times more; what grows with the square, thousands."""


@cache
def _slowness() -> float:
    begun = time.process_time()
    total = 0
    for number in range(500_000):
        total += number % 7
    return max(1.0, (time.process_time() - begun) / NOMINAL)


def allowed(seconds: float) -> float:
    """Return the bound for work that takes less than *seconds* where nothing else runs."""
    return seconds * ROOM * _slowness()

"""How much CPU a test may take on this machine: bounds that only runaway growth exceeds."""

from __future__ import annotations

import sys
import time
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

NOMINAL = 0.03
"""Seconds of CPU that the reference work takes on the machine that bounds are written for."""
ROOM = 6
"""Coverage and a busy machine cost a few times more; what grows with the square, thousands."""
BUSY_FOR = 0.5
"""Seconds of CPU in which it is seen how many others want it."""


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


def busyness() -> float:
    """Return how much longer than alone this process takes now, as others are busy, too."""
    cpu, wall = time.process_time(), time.monotonic()
    while time.process_time() - cpu < BUSY_FOR:
        pass
    return max(1.0, (time.monotonic() - wall) / (time.process_time() - cpu))


ORDINARY = "<p>La coopérative de Combe-Ferrière embauche douze personnes cet automne.</p>" * 1_300
"""100 KB of markup; the bare lxml parse of it is the unit of what a page may cost."""
MOST = 170
"""Parses of as many bytes of ORDINARY: 100 ms per 100 KB where one takes 0.6 ms."""
TRIES = 3


def is_traced() -> bool:
    """Whether a tracer, as that of coverage, slows Python but not lxml."""
    return sys.gettrace() is not None


def least_seconds(work: Callable[[], object], times: int) -> float:
    """Return the least CPU time of *work*, run so many *times*: noise only ever adds."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def parse_seconds(html: str) -> float:
    """Return the CPU time of nothing but lxml's parse of *html*."""
    data = html.encode("utf-8", "replace")
    return least_seconds(lambda: lxml.html.document_fromstring(data), 9)


@cache
def _ordinary_seconds() -> float:
    return parse_seconds(ORDINARY)


def within_bound(work: Callable[[], T], size: int) -> T:
    """Return what *work* returns; fail where it takes too long for a page of *size* bytes.

    The bound is a multiple of a parse in this very process, so that a slow machine may take
    longer, and what takes too long once may do better the next time.
    """
    bound = MOST * _ordinary_seconds() * (1 + size / 100_000) * (ROOM if is_traced() else 1)
    for _ in range(TRIES):
        begun = time.process_time()
        result = work()
        spent = time.process_time() - begun
        if spent < bound:
            return result
    raise AssertionError(f"{spent:.2f} s of CPU for {size:,} bytes, {bound:.2f} s allowed")

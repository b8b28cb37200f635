"""What the crawls of one process share, where a crawl that runs alone has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

T = TypeVar("T")


class PerCrawl(Generic[T]):
    """The state of one kind that each crawl has: its own, as *make* makes it, or a shared one."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._states: WeakKeyDictionary[Crawler, T] = WeakKeyDictionary()

    def of(self, crawler: Crawler) -> T:
        """Return what *crawler* shares with others, or has for itself."""
        if (state := self._states.get(crawler)) is None:
            state = self._states[crawler] = self._make()
        return state

    def share(self, crawler: Crawler, state: T) -> None:
        """Let *crawler*, which has not begun, share *state*."""
        self._states[crawler] = state

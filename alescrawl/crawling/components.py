"""What a crawler has: the extensions that others need, and states that crawls may share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

T = TypeVar("T")


def extension_of(crawler: Crawler, kind: type[T]) -> T:
    """Return the extension of *kind*; raise :exc:`RuntimeError` where the settings have none."""
    extension = crawler.get_extension(kind)
    if extension is None:
        raise RuntimeError(f"EXTENSIONS must have {kind.__module__}.{kind.__qualname__}")
    return extension


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

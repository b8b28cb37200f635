"""What was read of each host, shared by all requests to it, and read anew before it is too old."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from alescrawl.crawling.hosts import origin_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy import Request

T = TypeVar("T")

KEPT_FOR: Final = 3_600.0
"""Seconds; the ledger keeps the files themselves, and asks for them again after a day."""


class _Answer(NamedTuple, Generic[T]):
    read_at: float
    value: asyncio.Future[T]


class HostAnswers(Generic[T]):
    """Gives what *read* makes of the host of a request; requests that come meanwhile wait."""

    def __init__(self, read: Callable[[Request], Awaitable[T]], kept_for: float = KEPT_FOR) -> None:
        self._read = read
        self._kept_for = kept_for
        self._answers: dict[str, _Answer[T]] = {}

    async def get(self, request: Request) -> T:
        """Return what is known of the host of *request*; raise what reading it raised."""
        origin = origin_of(request)
        found = self._answers.get(origin)
        if found is None or monotonic() - found.read_at > self._kept_for:
            found = _Answer(monotonic(), asyncio.ensure_future(self._read(request)))
            self._answers[origin] = found
        # Shielded: a request that is cancelled must not take the answer from the others.
        return await asyncio.shield(found.value)

"""The processes of this machine that read: as many as it has cores, or as a setting says."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, Generic

from alescrawl.crawling.engine.work import R, T
from alescrawl.crawling.pages.extractor import start_workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor

    from alescrawl.crawling.engine.work import Reader, Work

_AHEAD: Final = 32
"""Items given to each process before the first is awaited."""


class Processes(Generic[T, R]):
    """Reads in so many *processes*.

    Where one dies, of a page that exhausts its memory say, the others are replaced and what
    they had is read one by one: only the page that ends a process alone is given up.
    """

    def __init__(self, work: Work[T, R], processes: int) -> None:
        self._work = work
        self.processes = processes
        self._pool = self._start()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def read(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each of *items* with what it shows, in their order."""
        ahead: deque[tuple[T, Future[R]]] = deque()
        for each in items:
            ahead.append((each, self._submit(each)))
            if len(ahead) > _AHEAD * self.processes:
                yield from self._take(ahead)
        while ahead:
            yield from self._take(ahead)

    def _take(self, ahead: deque[tuple[T, Future[R]]]) -> Iterator[tuple[T, R]]:
        first, future = ahead[0]
        try:
            read = future.result()
        except BrokenProcessPool:
            waiting = [each for each, _ in ahead]
            ahead.clear()
            self._pool = self._start()
            yield from ((each, self._read_alone(each)) for each in waiting)
        else:
            ahead.popleft()
            yield first, read

    def _read_alone(self, item: T) -> R:
        try:
            return self._submit(item).result()
        except BrokenProcessPool:
            self._pool = self._start()
            return self._work.lost(item)

    def _submit(self, item: T) -> Future[R]:
        try:
            return self._pool.submit(_read, item)
        except BrokenProcessPool as error:
            lost: Future[R] = Future()
            lost.set_exception(error)
            return lost

    def _start(self) -> ProcessPoolExecutor:
        facts = (self._work.make, self._work.facts)
        return start_workers(self.processes, self._work.make.__module__, _prepare, *facts)


_readers: list[Reader[Any, Any]] = []
"""The one of this process, where it is a worker."""


def _prepare(make: Callable[..., Reader[Any, Any]], facts: tuple[object, ...]) -> None:
    _readers[:] = [make(*facts)]


def _read(item: T) -> Any:  # noqa: ANN401 - what the reader returns
    return _readers[0].read(item)

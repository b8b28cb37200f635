"""The processes that read the archive: as many as the machine has cores, or this one alone."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy.settings import Settings

from alescrawl.crawling.pages.extractor import start_workers
from alescrawl.crawling.reprocessing.archive_reader import ArchiveReader, Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor

    from alescrawl.dataset.archive.pages import ArchivedArticle
    from alescrawl.dataset.folder import Folder

_AHEAD: Final = 32
"""Articles given to each process before the first is awaited."""


class ArchiveReaders:
    """Reads in *workers* processes, or in this one where that is 1.

    Where a process dies, of a page that exhausts its memory say, the others are replaced and what
    they had is read one by one: only the page that ends a process alone is given up.
    """

    def __init__(self, settings: Settings, source: str, folder: Folder, workers: int) -> None:
        self._facts = (settings.copy_to_dict(), source, folder)
        self._workers = workers
        self._here = ArchiveReader(settings, source, folder) if workers == 1 else None
        self._pool = None if self._here else self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._here is not None:
            self._here.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, articles: Iterable[ArchivedArticle]) -> Iterator[tuple[ArchivedArticle, Reread]]:
        """Yield each of *articles* with what it is today, in their order."""
        if self._here is not None:
            yield from ((each, self._here.read(each)) for each in articles)
            return
        ahead: deque[tuple[ArchivedArticle, Future[Reread]]] = deque()
        for each in articles:
            ahead.append((each, self._submit(each)))
            if len(ahead) > _AHEAD * self._workers:
                yield from self._take(ahead)
        while ahead:
            yield from self._take(ahead)

    def _take(
        self, ahead: deque[tuple[ArchivedArticle, Future[Reread]]]
    ) -> Iterator[tuple[ArchivedArticle, Reread]]:
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

    def _read_alone(self, archived: ArchivedArticle) -> Reread:
        try:
            return self._submit(archived).result()
        except BrokenProcessPool:
            self._pool = self._start()
            return Reread(None, "lost_worker")

    def _submit(self, archived: ArchivedArticle) -> Future[Reread]:
        if self._pool is None:
            raise RuntimeError("there are no other processes")
        try:
            return self._pool.submit(_read, archived)
        except BrokenProcessPool as error:
            lost: Future[Reread] = Future()
            lost.set_exception(error)
            return lost

    def _start(self) -> ProcessPoolExecutor:
        return start_workers(self._workers, __name__, _prepare, *self._facts)


_readers: list[ArchiveReader] = []
"""The one of this process, where it is a worker."""


def _prepare(settings: dict[str, Any], source: str, folder: Folder) -> None:
    _readers[:] = [ArchiveReader(Settings(settings), source, folder)]


def _read(archived: ArchivedArticle) -> Reread:
    return _readers[0].read(archived)

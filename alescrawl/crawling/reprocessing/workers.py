"""The processes that read the archive: as many as the machine has cores, or this one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.settings import Settings

from alescrawl.crawling.engine.pool import Processes
from alescrawl.crawling.engine.work import Here, Work
from alescrawl.crawling.reprocessing.archive_reader import ArchiveReader, Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.crawling.engine.work import Engine
    from alescrawl.dataset.archive.pages import ArchivedArticle
    from alescrawl.dataset.folder import Folder


class ArchiveReaders:
    """Reads in *workers* processes, or in this one where that is 1."""

    def __init__(self, settings: Settings, source: str, folder: Folder, workers: int) -> None:
        facts = (settings.copy_to_dict(), source, folder)
        work = Work(_reader, facts, _lost)
        self._engine: Engine[ArchivedArticle, Reread] = (
            Here(work) if workers == 1 else Processes(work, workers)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def read(self, articles: Iterable[ArchivedArticle]) -> Iterator[tuple[ArchivedArticle, Reread]]:
        """Yield each of *articles* with what it is today, in their order."""
        yield from self._engine.read(articles)


def _reader(settings: dict[str, Any], source: str, folder: Folder) -> ArchiveReader:
    return ArchiveReader(Settings(settings), source, folder)


def _lost(_: ArchivedArticle) -> Reread:
    return Reread(None, "lost_worker")

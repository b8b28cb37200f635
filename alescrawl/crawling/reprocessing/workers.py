"""What reads the archive: processes of this machine, this one alone, or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.settings import Settings

from alescrawl.crawling.engine.cluster import Cluster
from alescrawl.crawling.engine.pool import Processes
from alescrawl.crawling.engine.work import Here, Work
from alescrawl.crawling.reprocessing.archive_reader import ArchiveReader, Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.crawling.engine.work import Engine
    from alescrawl.dataset.archive.pages import ArchivedArticle
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.removal.redaction import Memory


class ArchiveReaders:
    """Reads in *workers* processes, in this one where that is 1, or on a Dask *cluster*.

    The *memory* is of what was forgotten; a cluster's workers see the archive at the same path.
    """

    def __init__(
        self,
        settings: Settings,
        source: str,
        folder: Folder,
        memory: Memory,
        workers: int | str,
    ) -> None:
        work = Work(_reader, (settings.copy_to_dict(), source, folder, memory), _lost)
        self._engine: Engine[ArchivedArticle, Reread] = _engine(work, folder, workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def read(self, articles: Iterable[ArchivedArticle]) -> Iterator[tuple[ArchivedArticle, Reread]]:
        """Yield each of *articles* with what it is today, in their order."""
        yield from self._engine.read(articles)


def _engine(
    work: Work[ArchivedArticle, Reread], folder: Folder, workers: int | str
) -> Engine[ArchivedArticle, Reread]:
    if isinstance(workers, str):
        return Cluster(work, workers, [str(folder.raw.absolute())])
    return Here(work) if workers == 1 else Processes(work, workers)


def _reader(settings: dict[str, Any], source: str, folder: Folder, memory: Memory) -> ArchiveReader:
    return ArchiveReader(Settings(settings), source, folder, memory)


def _lost(_: ArchivedArticle) -> Reread:
    return Reread(None, "lost_worker")

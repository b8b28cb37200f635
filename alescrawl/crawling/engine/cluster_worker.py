"""What each worker of a Dask cluster keeps: one reader, made by the first item that it reads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

from distributed import WorkerPlugin, get_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Worker

    from alescrawl.crawling.engine.work import Reader


class Prepared(WorkerPlugin):
    """Returns what its reader, which *make* makes of *facts*, shows of items."""

    def __init__(self, make: Callable[..., Reader[Any, Any]], facts: tuple[Any, ...]) -> None:
        self._make, self._facts = make, facts

    def setup(self, worker: Worker) -> None:
        """Begin on *worker*: nothing is made yet, since its loop runs here."""
        del worker
        self._lock = threading.Lock()
        self._reader: Reader[Any, Any] | None = None

    def teardown(self, worker: Worker) -> None:
        """Let go of the reader."""
        del worker
        self._reader = None

    def read(self, item: Any) -> Any:  # noqa: ANN401 - what the reader takes and returns
        """Return what *item* shows; one at a time, whatever the threads."""
        with self._lock:
            if self._reader is None:
                self._reader = self._make(*self._facts)
            return self._reader.read(item)


def read_prepared(name: str, item: Any) -> Any:  # noqa: ANN401 - as above
    """Return what *item* shows to what was registered as *name* on this worker."""
    return cast("Prepared", get_worker().plugins[name]).read(item)

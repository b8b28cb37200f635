"""A Dask cluster that reads: its workers need this package, and what the items refer to.

Dask keeps count of what its workers have and does it again where one dies; what is told here is
what no scheduler knows: one reader a worker, results in order, and an item that ends each worker.
"""

from __future__ import annotations

import os
import secrets
from collections import deque
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Generic

from alescrawl.crawling.engine.work import EngineLost, R, T
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from distributed import Client, Future

    from alescrawl.crawling.engine.work import Work

_AHEAD: Final = 8
"""Items given to each worker before the first is awaited: their results wait in its memory."""
_SECONDS: Final = 10
_LOST: Final = (OSError, TimeoutError, CancelledError)


class Cluster(Generic[T, R]):
    """The workers of the scheduler at *address*; *paths* are what each of them must see.

    Raises :exc:`DatasetError` where it is not there, or a worker does not see one of them.
    """

    def __init__(self, work: Work[T, R], address: str, paths: Sequence[str] = ()) -> None:
        self._client = _connected(address)
        from alescrawl.crawling.engine.cluster_worker import (  # noqa: PLC0415 - an extra
            Prepared,
            read_prepared,
        )

        self._read: Callable[[str, T], R] = read_prepared
        self._address = address
        self._work = work
        self._name = f"alescrawl-{secrets.token_hex(8)}"
        try:
            self.processes = self._workers()
            self._check(paths)
            self._client.register_plugin(Prepared(work.make, work.facts), name=self._name)
        except BaseException:
            self._client.close()
            raise

    def close(self) -> None:
        """Leave the cluster as it was."""
        try:
            self._client.unregister_worker_plugin(self._name)
        except Exception:  # noqa: BLE001 - the scheduler is gone: nothing is left to undo
            self._client.close(timeout=1)
            return
        self._client.close()

    def read(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each of *items* with what it shows, in their order.

        Raises :exc:`EngineLost` where the scheduler is gone.
        """
        ahead: deque[tuple[T, Future[R]]] = deque()
        for each in items:
            ahead.append((each, self._submit(each)))
            if len(ahead) > _AHEAD * self.processes:
                yield self._take(ahead)
        while ahead:
            yield self._take(ahead)

    def _take(self, ahead: deque[tuple[T, Future[R]]]) -> tuple[T, R]:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        item, future = ahead.popleft()
        try:
            return item, self._result(future)
        except KilledWorker:
            # It may have been another's fault: it is read again while nothing else is.
            _wait_for(each for _, each in ahead)
        try:
            return item, self._result(self._submit(item))
        except KilledWorker:
            return item, self._work.lost(item)

    def _submit(self, item: T) -> Future[R]:
        try:
            # Not pure: the same item read again is to be read again.
            return self._client.submit(self._read, self._name, item, pure=False)
        except _LOST as error:
            raise self._lost() from error

    def _result(self, future: Future[R]) -> R:
        try:
            found: R = future.result()
        except _LOST as error:
            raise self._lost() from error
        return found

    def _lost(self) -> EngineLost:
        return EngineLost(
            f"the scheduler {self._address} is gone: what is read is kept, and the same command "
            "goes on when it runs again"
        )

    def _workers(self) -> int:
        self._client.wait_for_workers(1, timeout=_SECONDS)
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def _check(self, paths: Sequence[str]) -> None:
        for path in paths:
            seen = self._client.run(os.path.exists, path)
            if blind := sorted(str(worker) for worker, sees in seen.items() if not sees):
                raise DatasetError(
                    f"the worker {blind[0]} does not see {path}: choose a place that all share"
                )


def _wait_for(futures: Iterable[Future[R]]) -> None:
    for each in futures:
        with suppress(*_LOST):
            each.exception()


def workers_of(address: str) -> int:
    """Return how many workers the scheduler at *address* has; raise :exc:`DatasetError`."""
    client = _connected(address)
    try:
        return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    finally:
        client.close()


def _connected(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DatasetError(
            "a cluster needs Dask: install it with pip install 'alescrawl[cluster]'"
        ) from error
    try:
        return Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise DatasetError(
            f"no Dask scheduler answers at {address} ({error}): "
            "expected is an address such as tcp://127.0.0.1:8786"
        ) from error

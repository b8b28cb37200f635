"""Worker processes that read pages: they end when the process ends that gives them work."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def start_workers(
    count: int, module: str, prepare: Callable[..., None] | None = None, *facts: object
) -> ProcessPoolExecutor:
    """Return *count* processes that have imported *module* and called *prepare* with *facts*."""
    # A forked copy of a running reactor is none: workers are children of a clean server.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return ProcessPoolExecutor(count, context, _begin, (prepare, facts))


def _begin(prepare: Callable[..., None] | None, facts: tuple[object, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare(*facts)


def _end_with_parent() -> None:
    """Wait for the end of the parent: killed, it cannot tell its workers, which wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

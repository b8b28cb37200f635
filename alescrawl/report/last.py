"""What the last report knew, so that the next one tells what came in since."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from alescrawl.dataset.storage.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

FILE = ".reported.npz"
"""Below the output folder. It can be deleted: then the next report is the first one."""


class LastReport(NamedTuple):
    """When the last report was made, and the ids of the articles it had.

    Ids and not only the moment: what a run held back is published later than it was fetched.
    """

    made: datetime | None = None
    ids: npt.NDArray[np.uint64] = np.array([], dtype=np.uint64)

    def is_new(self, article_ids: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return for each article whether the last report did not have it."""
        return ~np.isin(_numbers(article_ids), self.ids)


def read_last(output: Path) -> LastReport:
    """Return what the last report knew; nothing where there was none or its file is damaged."""
    try:
        with np.load(output / FILE, allow_pickle=False) as kept:
            return LastReport(datetime.fromisoformat(str(kept["made"])), kept["ids"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return LastReport()


def remember(output: Path, made: datetime, article_ids: Iterable[str]) -> None:
    """Keep the moment and the articles of a report that is in place."""
    with replacing(output / FILE) as file:
        np.savez_compressed(file, made=made.isoformat(), ids=_numbers(article_ids))


def _numbers(article_ids: Iterable[str]) -> npt.NDArray[np.uint64]:
    return np.array([int(article_id, 16) for article_id in article_ids], dtype=np.uint64)

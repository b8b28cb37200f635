"""Where the parts of the dataset lie below the output folder, and whether it can be used."""

from __future__ import annotations

import fcntl
import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = "articles"
REVISIONS = "revisions"
MENTIONS = "mentions"
RUNS = "runs"


@contextmanager
def open_dataset(path: str) -> Iterator[tuple[Folder, Ledger]]:
    """Give the output folder *path* and its ledger; :exc:`DatasetError` where there is none."""
    output = existing_dataset(path)
    with closing(Ledger(output.ledger)) as ledger:
        yield output, ledger


def existing_dataset(path: str) -> Folder:
    """Return the output folder *path*; raise :exc:`DatasetError` where it holds no dataset."""
    output = Folder(Path(path))
    if not output.ledger.exists():
        raise DatasetError(f"there is no dataset in {path}: `scrapy crawl NAME` makes it")
    return output


@dataclass(frozen=True, slots=True)
class Folder:
    """The output folder."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The SQLite file that crawls work on."""
        return self.root / "ledger.sqlite"

    @property
    def raw(self) -> Path:
        """The folder of the archive of pages as they came."""
        return self.root / "raw"

    def table(self, name: str) -> Path:
        """Return the folder of the Parquet files of table *name*."""
        return self.root / name

    def partition(self, name: str, source: str, part: str) -> Path:
        """Return the file of one partition of table *name*."""
        return self.table(name) / f"source={source}" / f"{part}.parquet"

    def lock(self, source: str) -> Path:
        """Return the file that a run of *source* locks."""
        return self.root / ".crawling" / source

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Wait until no other process publishes into this folder, and keep others out."""
        path = self.root / ".publishing"
        try:
            file = path.open("w")
        except OSError as error:
            raise DatasetError(f"cannot write {path} ({error.strerror})") from error
        with file as lock:
            # The system lets go of it when a process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self) -> None:
        """Create the folder; raise :exc:`DatasetError` where it cannot be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatasetError(
                f"cannot create the output folder {self.root} ({error.strerror}): choose another "
                "with -s ALESCRAWL_OUTPUT=FOLDER"
            ) from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise DatasetError(
                f"cannot write to the output folder {self.root}: allow it, or choose another "
                "with -s ALESCRAWL_OUTPUT=FOLDER"
            )

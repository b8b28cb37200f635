"""Where the parts of the dataset lie, and whether that place can be used."""

from __future__ import annotations

import fcntl
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.storage.files import LocalStorage, Storage, prepare_folder
from alescrawl.dataset.storage.output_place import default_state, is_address, storage_at

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = "articles"
REVISIONS = "revisions"
MENTIONS = "mentions"
RUNS = "runs"


class Settings(Protocol):
    """Scrapy's settings."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401 - as Scrapy's
        """Return the value of a setting."""


@contextmanager
def open_dataset(settings: Settings) -> Iterator[tuple[Folder, Ledger]]:
    """Give the output of *settings* and its ledger; :exc:`DatasetError` where there is none."""
    output = existing_dataset(settings)
    with closing(Ledger(output.ledger)) as ledger:
        yield output, ledger


def existing_dataset(settings: Settings) -> Folder:
    """Return the output of *settings*; raise :exc:`DatasetError` where it holds no dataset."""
    output = Folder.from_settings(settings)
    if not output.ledger.exists():
        raise DatasetError(f"there is no dataset in {output.root}: `scrapy crawl NAME` makes it")
    return output


@dataclass(frozen=True, slots=True)
class Folder:
    """The output folder; *elsewhere* is where the published files lie if not in it."""

    root: Path
    elsewhere: Storage | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Folder:
        """Return what ``ALESCRAWL_OUTPUT`` and ``ALESCRAWL_STATE`` name.

        Raises :exc:`DatasetError` where that is no place.
        """
        output, state = settings["ALESCRAWL_OUTPUT"], settings["ALESCRAWL_STATE"]
        if not output:
            # An empty path is the folder that one is in.
            raise DatasetError("ALESCRAWL_OUTPUT is empty: name a folder, or leave it unset")
        root = Path(state) if state else default_state(output)
        is_here = not is_address(output) and root.resolve() == Path(output).resolve()
        return cls(root, None if is_here else storage_at(output))

    @property
    def published(self) -> Storage:
        """Where the tables lie as Parquet files."""
        return self.elsewhere or LocalStorage(self.root)

    @property
    def ledger(self) -> Path:
        """The SQLite file that crawls work on."""
        return self.root / "ledger.sqlite"

    @property
    def raw(self) -> Path:
        """The folder of the archive of pages as they came."""
        return self.root / "raw"

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
            raise DatasetError(
                f"cannot write {path} ({error.strerror}): check the permissions, or choose another "
                "folder with -s ALESCRAWL_OUTPUT=FOLDER"
            ) from error
        with file as lock:
            # The system lets go of it when a process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self) -> None:
        """Create the folder; :exc:`DatasetError` where it, or the place elsewhere, is of no use."""
        prepare_folder(self.root)
        if self.elsewhere is not None:
            self.elsewhere.prepare()


def partition(table: str, source: str, part: str) -> str:
    """Return the key of the file of one partition of a *table*."""
    return f"{table}/source={source}/{part}.parquet"

"""Where the parts of the dataset lie, and whether that place can be used."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.files import LocalStorage, prepare_folder
from alescrawl.dataset.storage.object_store import SCHEME, ObjectStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.dataset.storage.files import Storage


class Settings(Protocol):
    """Scrapy's settings."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401 - as Scrapy's
        """Return the value of a setting."""


_HALF_ADDRESS: Final = re.compile(
    r"(?:s3|gs|https?|file):(?!//)|[A-Za-z][\w+.-]+:/(?!/)", re.IGNORECASE
)
"""A path that begins as an address does, and is none: of it a folder `s3:` would be made."""


def is_address(place: str | Path) -> bool:
    """Return whether *place* is an address rather than a folder on this disk."""
    return "://" in str(place)


def _checked(place: str | Path) -> str:
    """Return *place*; raise :exc:`DatasetError` where it can be neither a folder nor an address."""
    text = str(place)
    if _HALF_ADDRESS.match(text):
        scheme, _, rest = text.partition(":")
        raise DatasetError(
            f"{text} is neither a folder nor an address: did you mean "
            f"{scheme.lower()}://{rest.lstrip('/')}?"
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DatasetError(
            f"the path {os.fsencode(text)!r} is not in UTF-8, in which file names are written to "
            "the tables: choose another with -s ALESCRAWL_OUTPUT=FOLDER"
        ) from None
    return text


def storage_at(place: str | Path) -> Storage:
    """Return the published files at *place*; :exc:`DatasetError` where its kind is not known."""
    if not is_address(_checked(place)):
        return LocalStorage(Path(place))
    if not str(place).startswith(SCHEME):
        raise DatasetError(f"{place} is neither a folder nor an {SCHEME} address")
    return ObjectStorage(str(place))


def default_state(output: str | Path) -> Path:
    """Return the folder of what stays on this disk: *output*, or one named after its address."""
    if not is_address(output):
        return Path(output)
    named = str(output).partition("://")[2].partition("?")[0]
    return Path("state", *(part for part in named.split("/") if part not in {"", ".", ".."}))


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
        root = Path(_checked(state)) if state else default_state(_checked(output))
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

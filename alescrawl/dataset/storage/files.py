"""Where the published files lie, on this disk or elsewhere: listed, read, and put there whole."""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import IO, TYPE_CHECKING, TypeVar

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.file_marks import FileTimes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pyarrow as pa
    from pyarrow import fs


Answer = TypeVar("Answer")


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file beside *path*, to write and to read; at the end it replaces *path*.

    Where anything goes wrong the temporary file is removed and *path* stays as it was.
    """
    # Readers pass over names that begin with a dot.
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path)
        with temporary.open("w+b") as file:
            yield file
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        raise DatasetError(
            f"cannot write {path} ({error.strerror or error}): free some disk space or check the "
            "permissions, then run again; nothing collected is lost"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Write what is known of a file, or of a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of *path* whose process was killed."""
    for leftover in path.parent.glob(f".{path.name}.*"):
        if not _alive(leftover.suffix[1:]):
            leftover.unlink(missing_ok=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


class Storage(ABC):
    """The published files below *root* of a filesystem of pyarrow; *name* is what users call it.

    A key is the path of a file below it: ``articles/source=ecomnews/year=2026.parquet``.
    Every method raises :exc:`DatasetError` where the place cannot be used.
    """

    time_tolerance = 0
    """Nanoseconds by which what is said of the time of one and the same file may differ."""

    attempts = 1
    """How often what could not be read, or not whole, is asked for."""

    # Whoever only asks where files lie does not wait for pyarrow, which is slow to import.
    def __init__(self, root: str, name: str) -> None:
        self._root = root
        self._name = name

    @property
    @abstractmethod
    def filesystem(self) -> fs.FileSystem:
        """The filesystem of pyarrow that the files are in."""

    def __str__(self) -> str:
        return self._name

    def name(self, key: str) -> str:
        """Return what a user calls the file *key*."""
        return f"{self._name}/{key}"

    def path(self, key: str) -> str:
        """Return what the filesystem calls the file *key*."""
        return f"{self._root}/{key}" if key else self._root

    def exists(self) -> bool:
        """Return whether there is such a place."""
        info = self._again(lambda: self.filesystem.get_file_info(self._root))
        return bool(info.type.name != "NotFound")

    def is_file(self) -> bool:
        """Return whether the place is a single file."""
        return bool(self._again(lambda: self.filesystem.get_file_info(self._root)).is_file)

    def keys(self, folder: str) -> list[str]:
        """Return the keys of the Parquet files below *folder* that readers see, in order."""
        found = [info for info in self.listing(folder) if info.is_file]
        paths = [f.path for f in found if f.extension == "parquet" and f.base_name[0] not in "._"]
        keys = (path.removeprefix(f"{self._root}/") for path in paths)
        return sorted(keys, key=lambda key: key.split("/"))

    def listing(self, folder: str) -> list[fs.FileInfo]:
        """Return what lies below *folder*, at any depth; nothing where there is no such folder."""
        from pyarrow.fs import FileSelector  # noqa: PLC0415 - see above

        chosen = FileSelector(self.path(folder), recursive=True, allow_not_found=True)
        return self._again(lambda: list(self.filesystem.get_file_info(chosen)))

    def columns(self, key: str) -> pa.Schema | None:
        """Return the columns of a file, nothing where there is none.

        One without columns is damaged.
        """
        import pyarrow as pa  # noqa: PLC0415 - see above
        import pyarrow.parquet as pq  # noqa: PLC0415 - same

        with self.plain_errors():
            for left in range(self.attempts - 1, -1, -1):
                try:
                    return pq.read_schema(self.path(key), filesystem=self.filesystem)
                except FileNotFoundError:
                    return None
                except (pa.ArrowInvalid, OSError) as error:
                    if left:
                        time.sleep(0.1 * 2 ** (self.attempts - left - 1))
                    elif not isinstance(error, pa.ArrowInvalid):
                        raise
        return pa.schema([])

    def stamp(self, _folder: str, _keys: Collection[str]) -> object:
        """Return what differs once a file of a folder was replaced under a reader's hands.

        On a disk none is: a file that is open stays as it is.
        """
        return None

    def times(self, folder: str) -> dict[str, FileTimes]:
        """Return size and time of each file below *folder* by its key."""
        files = (info for info in self.listing(folder) if info.is_file)
        return {
            info.path.removeprefix(f"{self._root}/"): FileTimes(info.size, info.mtime_ns or 0)
            for info in files
        }

    def end_of(self, _key: str, _size: int) -> bytes | None:
        """Return the last bytes of a file, where that costs next to nothing: else nothing."""
        return None

    def modified(self, _key: str) -> int:
        """Return when the file that was put at a key just now was written; 0 if it is not known."""
        return 0

    def remove(self, key: str) -> None:
        """Delete the file *key*."""
        with self.plain_errors():
            self.filesystem.delete_file(self.path(key))

    def read(self, key: str) -> bytes | None:
        """Return what a small file holds, nothing where there is none."""
        return self._again(lambda: self._read_once(key))

    def _again(self, ask: Callable[[], Answer]) -> Answer:
        """Return what *ask* does, which is done again where the answer cannot be read."""
        with self.plain_errors():
            for tried in range(1, self.attempts):
                try:
                    return ask()
                except OSError:
                    time.sleep(0.1 * 2**tried)
            return ask()

    def _read_once(self, key: str) -> bytes | None:
        try:
            with self.filesystem.open_input_file(self.path(key)) as file:
                data, size = bytes(file.read()), file.size()
        except FileNotFoundError:
            return None
        if len(data) < size:
            raise OSError(f"the answer was cut short: {len(data)} of {size} bytes came")
        return data

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Raise :exc:`DatasetError` where the filesystem fails."""
        try:
            yield
        except OSError as error:
            raise DatasetError(
                f"cannot read {self} ({error.strerror or error}): check the permissions"
            ) from error

    @abstractmethod
    def replacing(self, key: str) -> AbstractContextManager[IO[bytes]]:
        """Give a file to write and to read; at the end it takes the place of *key* whole.

        Where anything goes wrong what was there stays.
        """

    @abstractmethod
    def prepare(self) -> None:
        """See to it that files can be put here."""


class LocalStorage(Storage):
    """A folder on this disk."""

    def __init__(self, root: Path) -> None:
        super().__init__(str(root), str(root))
        self._folder = root

    @cached_property
    def filesystem(self) -> fs.FileSystem:
        """This disk's."""
        from pyarrow.fs import LocalFileSystem  # noqa: PLC0415 - see above

        return LocalFileSystem()

    def times(self, folder: str) -> dict[str, FileTimes]:
        """Return size and time of each file below *folder*, without pyarrow: it is asked often."""
        with self.plain_errors():
            return dict(_times(str(self._folder / folder), folder))

    def modified(self, key: str) -> int:
        """Return when a file was written, in nanoseconds."""
        with self.plain_errors():
            return (self._folder / key).stat().st_mtime_ns

    def end_of(self, key: str, size: int) -> bytes | None:
        """Return the last *size* bytes of a file; nothing where it cannot be read."""
        try:
            handle = os.open(f"{self._folder}/{key}", os.O_RDONLY)
        except OSError:
            return b""
        try:
            return os.pread(handle, size, max(os.fstat(handle).st_size - size, 0))
        except OSError:
            return b""
        finally:
            os.close(handle)

    def replacing(self, key: str) -> AbstractContextManager[IO[bytes]]:
        """Give a temporary file, which replaces *key* once it is on the disk."""
        return replacing(self._folder / key)

    def prepare(self) -> None:
        """Create the folder."""
        prepare_folder(self._folder)


def _times(path: str, key: str) -> Iterator[tuple[str, FileTimes]]:
    try:
        entries = list(os.scandir(path))
    except FileNotFoundError:
        return
    prefix = f"{key}/" if key else ""
    for entry in entries:
        if entry.is_dir():
            yield from _times(entry.path, f"{prefix}{entry.name}")
        elif entry.is_file():
            found = entry.stat()
            yield f"{prefix}{entry.name}", FileTimes(found.st_size, found.st_mtime_ns)


def prepare_folder(folder: Path) -> None:
    """Create *folder*; raise :exc:`DatasetError` where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(
            f"cannot create the output folder {folder} ({error.strerror}): choose another "
            "with -s ALESCRAWL_OUTPUT=FOLDER"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatasetError(
            f"cannot write to the output folder {folder}: allow it, or choose another "
            "with -s ALESCRAWL_OUTPUT=FOLDER"
        )

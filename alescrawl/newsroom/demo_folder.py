"""The folder of the demo: emptied only where the demo made it and nothing else lies in it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK: Final = ".made-by-demo"
"""The file that says whose folder it is."""
_OWN: Final = re.compile(
    r"\.made-by-demo|\.publishing|\.watching|feeds(?:/[\w.-]+\.atom)?|search\.sqlite(?:-\w+)?"
    r"|\.reported\.npz|report\.html|ledger\.sqlite(?:-\w+)?"
    r"|\.crawling(?:/newsroom)?"
    r"|(?:articles|mentions|revisions|runs)(?:/[._]?schema\.parquet[.\w-]*)?"
    r"|(?:articles|mentions|revisions|runs|raw|bad-pages)/source=newsroom"
    r"(?:/[._]?(?:year=)?[\w-]+\.(?:parquet|warc\.gz|html)[.\w-]*)?"
    r"|raw|bad-pages"
)
"""What a demo leaves, below its folder."""


def make_anew(folder: Path) -> None:
    """Make *folder*, without what an earlier demo left there.

    Raises :exc:`DatasetError` where it is somebody else's, or holds what no demo writes.
    """
    if folder.is_symlink() or folder.exists():
        _check(folder)
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True)
        (folder / MARK).write_text("`scrapy demo` replaces this folder each time.\n", "utf-8")
    except OSError as error:
        raise DatasetError(
            f"cannot write {folder} ({error.strerror}): check the permissions, or choose another "
            "folder with -s ALESCRAWL_OUTPUT=FOLDER"
        ) from error


def _check(folder: Path) -> None:
    """Raise :exc:`DatasetError` unless all in *folder* is a demo's."""
    if folder.is_symlink() or not folder.is_dir() or not (folder / MARK).is_file():
        # An empty one is nobody's.
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            return
        raise _refusal(f"{folder} was not made by the demo")
    if (strange := next(_strange(folder), None)) is not None:
        raise _refusal(f"{strange} is no file of the demo")


def _refusal(why: str) -> DatasetError:
    return DatasetError(
        f"{why}, which replaces its folder: move it elsewhere, or choose another folder "
        "with -s ALESCRAWL_OUTPUT=FOLDER"
    )


def _strange(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not _OWN.fullmatch(path.relative_to(folder).as_posix()):
            yield path

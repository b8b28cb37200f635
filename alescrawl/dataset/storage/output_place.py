"""Which kind of place an output is: a folder on this disk, or an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.files import LocalStorage
from alescrawl.dataset.storage.object_store import SCHEME, ObjectStorage

if TYPE_CHECKING:
    from alescrawl.dataset.storage.files import Storage


def is_address(place: str | Path) -> bool:
    """Return whether *place* is an address rather than a folder."""
    return "://" in str(place)


def storage_at(place: str | Path) -> Storage:
    """Return the published files at *place*; :exc:`DatasetError` where its kind is not known."""
    if not is_address(place):
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

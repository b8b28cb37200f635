"""What is wrong with an output folder, found without changing it, and what to do about it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.dataset.errors import DatasetError, OlderLedgerError
from alescrawl.dataset.health.source_status import source_statuses
from alescrawl.dataset.ledger.connection import read_only
from alescrawl.dataset.publication.integrity import find_lost, told
from alescrawl.dataset.publication.migration import outdated_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alescrawl.dataset.folder import Folder

State = Literal["ok", "warning", "wrong"]

_MIB: Final = 2**20
_LEAST: Final = 200 * _MIB
_LITTLE: Final = 2048 * _MIB


class Finding(NamedTuple):
    """What was looked at, how it is, and, where *text* does not say it already, what to do."""

    name: str
    state: State
    text: str
    remedy: str = ""


def check_folder(folder: Folder) -> Iterator[Finding]:
    """Yield what is found of the disk, the permissions and the dataset."""
    there = _nearest(folder.root)
    yield _disk(there)
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding(
            "output folder",
            "wrong",
            f"{there} cannot be written by this user",
            f"give it to this user (chown), or set ALESCRAWL_OUTPUT to another than {folder.root}",
        )
        return
    if not folder.ledger.exists():
        yield Finding("output folder", "ok", f"{folder.root} can be written; nothing is in it yet")
        return
    yield _permissions(folder)
    yield from _dataset(folder)


def _nearest(path: Path) -> Path:
    """Return *path*, or the folder above it that is there."""
    path = path.absolute()
    return next(each for each in (path, *path.parents) if each.exists())


def _disk(there: Path) -> Finding:
    free = shutil.disk_usage(there).free
    told = f"{free / _MIB:,.0f} MiB free at {there}"
    if free < _LEAST:
        return Finding("disk", "wrong", told, "free some space: a run needs 200 MiB")
    if free < _LITTLE:
        return Finding(
            "disk", "warning", told, "plan for more: a year of raw pages takes gigabytes"
        )
    return Finding("disk", "ok", told)


def _permissions(folder: Folder) -> Finding:
    paths = (folder.root, *folder.root.glob("*"), *folder.root.glob("*/source=*"))
    closed = [path for path in paths if not os.access(path, os.R_OK | os.W_OK)]
    if closed:
        return Finding(
            "output folder",
            "wrong",
            f"{closed[0]} cannot be written by this user, nor {len(closed) - 1} others",
            f"run alescrawl as the user who made them, or `chown -R` {folder.root}",
        )
    return Finding("output folder", "ok", f"{folder.root} can be written")


def _dataset(folder: Folder) -> Iterator[Finding]:
    try:
        with read_only(folder) as db:
            damage = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except OlderLedgerError as error:
        yield Finding("ledger", "warning", str(error))
        return
    except DatasetError as error:
        yield Finding("ledger", "wrong", str(error))
        return
    if damage != "ok":
        yield Finding(
            "ledger",
            "wrong",
            f"{folder.ledger} is damaged: {damage}",
            "restore it from a backup; what is published stays readable",
        )
        return
    size = folder.ledger.stat().st_size / _MIB
    yield Finding("ledger", "ok", f"{folder.ledger} is whole, {size:,.1f} MiB")
    yield _schema(folder)
    yield _files(folder)
    yield _sources(folder)


def _schema(folder: Folder) -> Finding:
    try:
        outdated = outdated_tables(folder)
    except DatasetError as error:
        return Finding("schema", "wrong", str(error))
    if outdated:
        names = ", ".join(table.name for table in outdated)
        return Finding("schema", "warning", f"{names} have older columns", "`scrapy migrate`")
    return Finding("schema", "ok", "all tables have today's columns")


def _files(folder: Folder) -> Finding:
    try:
        with read_only(folder) as db:
            lost = find_lost(db, folder)
    except DatasetError as error:
        return Finding("published files", "wrong", str(error))
    if lost:
        return Finding(
            "published files",
            "wrong",
            told(lost),
            "`scrapy publish`, or the next crawl, writes them anew from the ledger",
        )
    return Finding("published files", "ok", "all are there as they were written")


def _sources(folder: Folder) -> Finding:
    bad = [status.source for status in source_statuses(folder, with_files=False) if status.is_bad]
    if bad:
        return Finding("sources", "warning", f"to look at: {', '.join(bad)}", "`scrapy status`")
    return Finding("sources", "ok", "every source that was crawled is well")

"""Watch lists as files: CSV, as French spreadsheets write it, or TOML, checked line by line."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import replace
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.folding import fold
from alescrawl.watch import values
from alescrawl.watch.entries import COLUMNS, PARTED, Entry, Kind, WatchList
from alescrawl.watch.values import CellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_DELIMITERS: Final = ";,\t"
_NAME: Final = re.compile(r"[\w][\w.-]*")
_NEEDED: Final = ("kind", "value")
_TABLE: Final = "watch"
_OF_FILE: Final = frozenset(["title", "to", _TABLE])
SUFFIXES: Final = (".csv", ".toml")


class WatchListError(ValueError):
    """A file cannot be used: one line for each mistake."""


class _Line(NamedTuple):
    """A line of a CSV file, or a table of a TOML file, by the English names of its columns."""

    place: str
    cells: Mapping[str, str]


def list_files(place: Path) -> list[Path]:
    """Return the files of watch lists that *place* is or holds."""
    if place.is_dir():
        found = (p for p in place.iterdir() if p.suffix in SUFFIXES and not p.name.startswith("."))
        return sorted(found)
    return [place]


def read_list(path: Path) -> WatchList:
    """Return the list in the file at *path*; raise :exc:`WatchListError` with every mistake."""
    if path.suffix not in SUFFIXES:
        raise WatchListError(f"{path}: a watch list is a file .csv or .toml")
    if not _NAME.fullmatch(path.stem):
        raise WatchListError(f"{path}: its name must be of letters, digits, hyphens and stops")
    text = _text(path)
    mistakes: list[str] = []
    found = WatchList(path.stem, path.stem, ())
    if path.suffix == ".toml":
        found, lines = _from_toml(path, text, mistakes)
    else:
        lines = _from_csv(path, text, mistakes)
    entries = list(_entries(lines, mistakes))
    if not mistakes and not entries:
        mistakes.append(f"{path}: watches nothing: it has no line below the names of the columns")
    if mistakes:
        raise WatchListError("\n".join(mistakes))
    return replace(found, entries=tuple(entries))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WatchListError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if path.suffix == ".toml":
            raise WatchListError(f"{path}: is not written in UTF-8") from None
        # What a French spreadsheet calls plain CSV.
        return raw.decode("cp1252", "replace")


def _from_csv(path: Path, text: str, mistakes: list[str]) -> list[_Line]:
    head_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head_line.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        head = [cell.strip() for cell in next(rows, [])]
        columns = _columns(f"{path}:1", head, mistakes)
        return [
            _line(f"{path}:{rows.line_num}", columns, cells, mistakes)
            for cells in rows
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#")
        ]
    except csv.Error as error:
        mistakes.append(f"{path}:{rows.line_num}: cannot be read ({error})")
        return []


def _columns(place: str, head: Sequence[str], mistakes: list[str]) -> list[str]:
    """Return the English names of the columns that *head* names."""
    known = _written("columns")
    found = [known.get(_plain(name), "") for name in head]
    for name, column in zip(head, found, strict=True):
        if not column:
            meant = values.perhaps(name, COLUMNS)
            mistakes.append(
                f"{place}: unknown column {name!r}{meant}; there are: {', '.join(COLUMNS)}"
            )
        elif (
            found.count(column) > 1
            and f"{place}: the column {column} is there twice" not in mistakes
        ):
            mistakes.append(f"{place}: the column {column} is there twice")
    mistakes += [f"{place}: the column {n} is missing" for n in _NEEDED if n not in found]
    return found


def _line(place: str, columns: Sequence[str], cells: Sequence[str], mistakes: list[str]) -> _Line:
    if len(cells) > len(columns):
        mistakes.append(
            f"{place}: {len(cells)} cells, but {len(columns)} columns: quote cells with commas"
        )
    given = zip(columns, (cell.strip() for cell in cells), strict=False)
    return _Line(place, {column: cell for column, cell in given if column and cell})


def _from_toml(path: Path, text: str, mistakes: list[str]) -> tuple[WatchList, list[_Line]]:
    found = WatchList(path.stem, path.stem, ())
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistakes.append(f"{path}: is no TOML ({error})")
        return found, []
    for name in tables:
        if name not in _OF_FILE:
            meant = values.perhaps(name, _OF_FILE)
            mistakes.append(f"{path}: unknown key {name!r}{meant}; there are: title, to, [[watch]]")
    found = replace(
        found,
        title=str(tables.get("title", path.stem)),
        recipients=tuple(_recipients(path, tables.get("to", []), mistakes)),
    )
    entries = tables.get(_TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        mistakes.append(f"{path}: watch is no list of tables: write [[watch]] above each")
        return found, []
    numbered = enumerate(entries, 1)
    return found, [_toml_line(f"{path}: entry {n}", each, mistakes) for n, each in numbered]


def _recipients(path: Path, given: object, mistakes: list[str]) -> Iterator[str]:
    addresses = [given] if isinstance(given, str) else given
    for address in addresses if isinstance(addresses, list) else [addresses]:
        if is_mail_address(str(address)):
            yield str(address)
        else:
            mistakes.append(f"{path}: to: {address!r} is no mail address")


def is_mail_address(text: str) -> bool:
    """Whether *text* is one address of mail, with a name or without."""
    _, address = parseaddr(text)
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+", address)) and "\n" not in text


def _toml_line(place: str, given: Mapping[str, Any], mistakes: list[str]) -> _Line:
    columns = _columns(place, list(given), mistakes)
    cells = {
        column: PARTED.join(map(str, value)) if isinstance(value, list) else str(value).strip()
        for column, value in zip(columns, given.values(), strict=True)
        if column
    }
    return _Line(place, {column: cell for column, cell in cells.items() if cell})


def _entries(lines: Iterable[_Line], mistakes: list[str]) -> Iterator[Entry]:
    seen: dict[str, str] = {}
    for line in lines:
        wrong: list[str] = []
        entry = _entry(line.cells, wrong)
        mistakes += [f"{line.place}: {what}" for what in wrong]
        if entry is not None and seen.setdefault(entry.key, line.place) == line.place:
            yield entry


def _entry(cells: Mapping[str, str], wrong: list[str]) -> Entry | None:
    written = cells.get("kind", "")
    kind = _written("kinds").get(_plain(written))
    if kind is None:
        meant = values.perhaps(written, [*_written("kinds"), *values.KINDS]) if written else ""
        known = ", ".join(values.KINDS)
        wrong.append(
            f"unknown kind {written!r}{meant}; there are: {known}" if written else "has no kind"
        )
        return None
    made = Entry(cast("Kind", kind), "", "")
    try:
        value, label = values.check(kind, cells.get("value", ""))
        made = Entry(made.kind, value, cells.get("label", label))
    except CellError as error:
        wrong.append(str(error))
    conditions = _conditions(cells, wrong)
    return None if wrong else replace(made, **conditions)


def _conditions(cells: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "together": _parts(cells.get("with", "")),
        "without": _parts(cells.get("without", "")),
    }
    try:
        found["topics"] = tuple(values.topic(t).value for t in _parts(cells.get("topic", "")))
        for name in ("amount_above", "jobs_above"):
            found[name] = values.number(cells[name]) if name in cells else None
    except CellError as error:
        wrong.append(str(error))
    return found


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(PARTED) if re.search(r"\w", part))


@cache
def _written(what: str) -> dict[str, str]:
    """Return the English names of *what* (columns or kinds) by all that they may be called."""
    names: dict[str, str] = table("watch_words")[what]
    return {word: name for name, words in names.items() for word in words.split()}


def _plain(name: str) -> str:
    return fold(name.strip()).replace(" ", "_").replace("-", "_")

"""Names that a user adds to the gazetteer: a CSV file, checked line by line."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KINDS: Final = (
    *("company", "public_body", "chamber", "school", "association", "union", "media", "party"),
    *("cluster", "other_org", "place"),
)
COLUMNS: Final = ("name", "kind", "aliases", "id", "siren", "insee", "valid_from", "valid_to")
_NEEDED: Final = ("name", "kind")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_INSEE: Final = re.compile(r"\d[\dAB]\d{3}")
_DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_AMBIGUOUS: Final = "~"


class OwnNamesError(ValueError):
    """The file cannot be used: one line for each mistake."""


def read(path: Path) -> Gazetteer:
    """Return the names of the CSV file at *path*, in UTF-8, with a line of column names.

    Needed are ``name`` and ``kind``; ``aliases`` are parted by ``|``, one that ends in ``~`` counts
    only where the text has the name in full too. Raises :exc:`OwnNamesError` with every mistake.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OwnNamesError(f"{path}: cannot be read ({error}); see docs/entities.md") from error
    mistakes = list(_mistakes(rows))
    if mistakes:
        raise OwnNamesError("\n".join(f"{path}:{line}: {what}" for line, what in mistakes))
    head = [cell.strip() for cell in rows[0]]
    gazetteer = Gazetteer()
    for cells in rows[1:]:
        if any(cells):
            for name in _names(_row(head, cells)):
                gazetteer.add(name)
    return gazetteer


def _row(head: list[str], cells: list[str]) -> dict[str, str]:
    given = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
    return dict.fromkeys(COLUMNS, "") | given


def _names(row: dict[str, str]) -> Iterator[Name]:
    is_place = row["kind"] == "place"
    entity = Entity(
        row["id"] or f"own-{'-'.join(re.findall('[a-z0-9]+', row['name'].lower()))}",
        row["name"],
        "place" if is_place else "institution",
        "site" if is_place else row["kind"],
        row["valid_from"],
        row["valid_to"],
        row["siren"],
        row["insee"],
        local=True,
    )
    for written in (row["name"], *filter(None, row["aliases"].split("|"))):
        plain = written.strip().removesuffix(_AMBIGUOUS)
        yield Name(entity, plain, written.strip() != plain)


def _mistakes(rows: list[list[str]]) -> Iterator[tuple[int, str]]:
    """Yield the number of each wrong line and what is wrong with it."""
    if not rows:
        yield 1, f"is empty: the first line names the columns: {', '.join(COLUMNS)}"
        return
    head = [cell.strip() for cell in rows[0]]
    yield from ((1, what) for what in _wrong_head(head))
    seen: dict[str, int] = {}
    for line, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        if len(cells) > len(head):
            yield line, f"{len(cells)} cells, but {len(head)} columns: quote cells with commas"
        row = _row(head, cells)
        for what in _wrong(row):
            yield line, what
        if row["id"] and seen.setdefault(row["id"], line) != line:
            yield line, f"the id {row['id']} is on line {seen[row['id']]} too"


def _wrong_head(head: list[str]) -> Iterator[str]:
    for name in head:
        if name not in COLUMNS:
            yield f"unknown column {name!r}; there are: {', '.join(COLUMNS)}"
    for name in _NEEDED:
        if name not in head:
            yield f"the column {name} is missing"


def _wrong(row: dict[str, str]) -> Iterator[str]:
    if not re.search(r"\w", row["name"]):
        yield "no name"
    if row["kind"] not in KINDS:
        yield f"unknown kind {row['kind']!r}; there are: {', '.join(KINDS)}"
    for column, (is_right, form) in _FORMS.items():
        if row[column] and not is_right(row[column]):
            yield f"{column} {row[column]!r} is not {form}"


def is_siren(text: str) -> bool:
    """Whether *text* is nine digits whose check digit is right (Luhn)."""
    if not re.fullmatch(r"\d{9}", text):
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(text)))
    return sum(n - 9 * (n > 9) for n in doubled) % 10 == 0  # noqa: PLR2004 - the sum of two digits


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)  # noqa: PLR2004
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.fullmatch(text))


_FORMS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "id": (_matches(_ID), "small letters, digits and hyphens"),
    "siren": (is_siren, "a SIREN: nine digits, the last a check digit"),
    "insee": (_matches(_INSEE), "the INSEE code of a commune: five characters"),
    "valid_from": (_is_day, "a day, a month or a year: 2024-05-31, 2024-05 or 2024"),
    "valid_to": (_is_day, "a day, a month or a year: 2024-05-31, 2024-05 or 2024"),
}

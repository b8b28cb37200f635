"""What a person decided: a CSV file of theirs that wins over all evidence, checked line by line."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.files import replacing
from alescrawl.entities.gazetteer.own_names import is_siren

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS: Final = ("institution", "siren", "note")
NONE: Final = frozenset(["none", "aucun", "-"])
"""What stands for a SIREN where an institution is no company of the register."""
_NEEDED: Final = ("institution", "siren")
_DELIMITERS: Final = ",;\t"


class Decision(NamedTuple):
    """That an *institution* (entity_id or name) is the company *siren*, or none."""

    institution: str
    siren: str | None
    note: str = ""


def read_decisions(path: Path) -> dict[str, Decision]:
    """Return the decisions in the file at *path* by institution; none where there is no file.

    Raises :exc:`DatasetError` with every mistake.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}); see docs/registry.md") from error
    mistakes: list[str] = []
    found: dict[str, Decision] = {}
    for line, decision in _lines(text, mistakes):
        known = found.setdefault(decision.institution, decision)
        if known.siren != decision.siren:
            mistakes.append(f"{line}: {decision.institution} is decided twice, and differently")
    if mistakes:
        raise DatasetError("\n".join(f"{path}:{mistake}" for mistake in mistakes))
    return found


def _lines(text: str, mistakes: list[str]) -> Iterator[tuple[int, Decision]]:
    head_line = text.partition("\n")[0]
    rows = csv.reader(StringIO(text), delimiter=max(_DELIMITERS, key=head_line.count))
    head = [cell.strip().lower() for cell in next(rows, [])]
    if missing := [name for name in _NEEDED if name not in head]:
        mistakes.append(f"1: the column {', '.join(missing)} is missing: {','.join(COLUMNS)}")
        return
    for cells in rows:
        if any(cell.strip() for cell in cells):
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            if found := _decision(row, rows.line_num, mistakes):
                yield rows.line_num, found


def _decision(row: dict[str, str], line: int, mistakes: list[str]) -> Decision | None:
    institution, siren = row.get("institution", ""), row.get("siren", "")
    if not institution:
        mistakes.append(f"{line}: no institution")
        return None
    try:
        return Decision(institution, as_siren(siren), row.get("note", ""))
    except ValueError as error:
        mistakes.append(f"{line}: {error}")
        return None


def as_siren(written: str) -> str | None:
    """Return the SIREN that is *written*, nothing for « none »; raise :exc:`ValueError`."""
    plain = "".join(written.split())
    if plain.lower() in NONE:
        return None
    if not is_siren(plain):
        raise ValueError(f"{written!r} is no SIREN (nine digits, the last a check digit), nor none")
    return plain


def write_decision(path: Path, decision: Decision) -> None:
    """Add *decision* to the file at *path*, in place of what was decided before on it."""
    known = read_decisions(path)
    known[decision.institution] = decision
    _write(path, known.values())


def _write(path: Path, decisions: Iterable[Decision]) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in decisions:
        writer.writerow((each.institution, each.siren or "none", each.note))
    with replacing(path) as file:
        file.write(text.getvalue().encode())

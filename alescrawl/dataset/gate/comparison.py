"""What reading the same pages again changed, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_READING: Final = frozenset(
    {"revision", "first_seen", "fetched_at", "extractor_version", "duplicate_of", "cluster_id"}
)
"""Columns that reading a page again does not fill."""

_SHOWN: Final = 40
_BEFORE: Final = 8
"""Characters of an example, and those of them before the first difference."""


@dataclass(slots=True)
class FieldChange:
    """In how many articles a field was filled, and what became of it.

    *changed* are those with one value before and another after, *gained* and *lost* those with
    a value only after, or only before; *example* is of the first of any of them.
    """

    before: int = 0
    after: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    example: str = ""

    def add(self, old: Any, new: Any) -> None:  # noqa: ANN401 - any field's
        """Count the values of one article."""
        was, is_now = _is_filled(old), _is_filled(new)
        self.before += was
        self.after += is_now
        if old == new or not (was or is_now):
            return
        self.changed += was and is_now
        self.gained += is_now and not was
        self.lost += was and not is_now
        self.example = self.example or _example(old, new)

    @property
    def is_any(self) -> bool:
        """Whether the field of any article is another now."""
        return bool(self.changed or self.gained or self.lost)


class Comparison:
    """Counts over all articles that were read again, by field in the order of the columns."""

    def __init__(self) -> None:
        self.articles = 0
        self.changed = 0
        self._fields: dict[str, FieldChange] = {}

    def add(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        """Count one article, whose row was *old* and is *new*; return whether they differ."""
        names = [name for name in new if name not in OF_READING]
        for name in names:
            self._fields.setdefault(name, FieldChange()).add(old[name], new[name])
        is_changed = any(old[name] != new[name] for name in names)
        self.articles += 1
        self.changed += is_changed
        return is_changed

    def changes(self) -> dict[str, FieldChange]:
        """Return the fields in which any article differs."""
        return {name: change for name, change in self._fields.items() if change.is_any}


def _is_filled(value: object) -> bool:
    """Return whether there is a value; 0 and no are some."""
    if isinstance(value, dict):
        return any(value.values())
    return value is not None and value not in ("", [])


def _example(old: object, new: object) -> str:
    before, after = _plain(old), _plain(new)
    pairs = enumerate(zip(before, after, strict=False))
    differs = next((at for at, (a, b) in pairs if a != b), min(len(before), len(after)))
    return f"{_cut(before, differs)} → {_cut(after, differs)}"


def _plain(value: object) -> str:
    if not _is_filled(value):
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items() if each)
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    return " ".join(str(value).split())


def _cut(text: str, differs: int) -> str:
    start = max(differs - _BEFORE, 0) if len(text) > _SHOWN else 0
    part = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{part}{'…' if start + _SHOWN < len(text) else ''}" or "(empty)"

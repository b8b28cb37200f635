"""`scrapy registry gazetteer`: linked companies become names of a user's own gazetteer."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.reading.load import load_mentions
from alescrawl.dataset.storage.files import replacing
from alescrawl.entities.gazetteer import own_names
from alescrawl.entities.gazetteer.lists import institutions_by_id
from alescrawl.entities.gazetteer.words import key
from alescrawl.registry.companies import read_companies
from alescrawl.registry.resolving import read_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from alescrawl.dataset.folder import Folder

LEAST: Final = 3
"""Articles that name a company before it becomes an entry."""
_COMPANY: Final = "company"


def add_companies(folder: Folder, output: str, path: Path, least: int = LEAST) -> list[str]:
    """Add the linked companies of *least* articles to the CSV at *path*; return their names.

    What is there stays as it is; a company whose name or SIREN is there, or in the gazetteer of
    the package, is not added. An entry has the name that articles use, and as aliases what the
    register knows: they count only where the text has the name, too, for registers hold names of
    one common word. Raises :exc:`DatasetError`.
    """
    rows = _rows_of(path)
    known = {row["siren"] for row in rows} | {key(row["name"]) for row in rows}
    companies = {row["siren"]: row for row in read_companies(folder)[1]}
    added = [
        row
        for row in _entries(_linked(folder, output, least), companies)
        if known.isdisjoint({row["siren"], key(row["name"])})
    ]
    if added:
        _write(path, [*rows, *added])
    return [row["name"] for row in added]


def _rows_of(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    try:
        own_names.read(path)
    except own_names.OwnNamesError as error:
        first, *more = str(error).splitlines()
        rest = f" (and {len(more)} more)" if more else ""
        raise DatasetError(f"{first}{rest}: check the file, nothing was added") from error
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = csv.DictReader(lines)
        return [dict.fromkeys(own_names.COLUMNS, "") | row for row in found if any(row.values())]


def _linked(folder: Folder, output: str, least: int) -> pd.DataFrame:
    """Return ``name``, ``siren`` and ``subtype`` of what is linked, most named first."""
    links = [
        link
        for link in read_links(folder)
        if link["siren"] and link["institution"] not in institutions_by_id()
    ]
    sirens = {link["name"]: link["siren"] for link in links}
    mentions = load_mentions(output, columns=["article_id", "kind", "name", "subtype"])
    of_them = mentions[(mentions["kind"] == "institution") & mentions["name"].isin(list(sirens))]
    found = of_them.groupby("name").agg(
        articles=("article_id", "nunique"), subtype=("subtype", _commonest)
    )
    found = found[found["articles"] >= least].sort_values("articles", ascending=False)
    return found.assign(siren=[sirens[name] for name in found.index]).reset_index()


def _commonest(kinds: pd.Series) -> str:
    told = kinds.dropna().mode()
    return str(told.iloc[0]) if len(told) else _COMPANY


def _entries(
    linked: pd.DataFrame, companies: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    for name, kind, siren in zip(linked["name"], linked["subtype"], linked["siren"], strict=True):
        company = companies.get(siren, {})
        yield dict.fromkeys(own_names.COLUMNS, "") | {
            "name": name,
            "kind": kind if kind in own_names.KINDS else _COMPANY,
            "aliases": "|".join(f"{alias}~" for alias in _aliases(name, company)),
            "siren": siren,
            "insee": company.get("seat") or "",
        }


def _aliases(name: str, company: Mapping[str, Any]) -> list[str]:
    """Return the other names that *company* has today, each once."""
    names = [company.get("name"), company.get("sigle"), *(company.get("brands") or ())]
    by_key = {key(other): other for other in reversed(names) if other and "|" not in other}
    by_key.pop(key(name), None)
    return sorted(by_key.values())


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    text = StringIO()
    writer = csv.DictWriter(text, own_names.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    try:
        with replacing(path) as file:
            file.write(text.getvalue().encode())
    except OSError as error:
        raise DatasetError(f"cannot write {path} ({error.strerror}): check the folder") from error

"""The SIREN of mentions: that of the gazetteer, or the one `scrapy registry` linked by evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.dataset import tables
from alescrawl.dataset.storage.parquet import read_rows

if TYPE_CHECKING:
    import pandas as pd

    from alescrawl.dataset.storage.files import Storage

LINKS_FILE: Final = f"{tables.LINKS}/links.parquet"
NEEDED: Final = ("kind", "name", "entity_id", "siren")
"""Columns of mentions that the links go by."""
DECISION: Final = "decision"
"""The origin of a link that a person decided: it wins over the gazetteer, too."""


class Link(NamedTuple):
    """Which company an institution is; a *siren* that is missing was decided to be none."""

    siren: str | None
    is_decided: bool


def links_in(storage: Storage) -> dict[str, Link]:
    """Return the links by institution: its entity_id, or its name where no list has it."""
    rows = read_rows(storage, LINKS_FILE)
    return {row["institution"]: Link(row["siren"], row["origin"] == DECISION) for row in rows}


def with_sirens(mentions: pd.DataFrame, links: dict[str, Link]) -> pd.DataFrame:
    """Return *mentions* with the SIREN of linked institutions; those of the gazetteer stay."""
    if not links:
        return mentions
    institutions = mentions["entity_id"].fillna(mentions["name"])
    linked = institutions.map(links, na_action="ignore")
    chosen = linked.notna() & (mentions["kind"] == "institution")
    decided = chosen & linked.map(lambda link: link.is_decided, na_action="ignore").eq(True)
    replaced = decided | (chosen & mentions["siren"].isna())
    sirens = linked.map(lambda link: link.siren, na_action="ignore")
    return mentions.assign(siren=mentions["siren"].mask(replaced, sirens).astype("str"))

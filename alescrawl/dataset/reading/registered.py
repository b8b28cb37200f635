"""What the registers say, in pandas: links of names to companies, these companies, their events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.dataset import tables
from alescrawl.dataset.reading.frame import Table
from alescrawl.dataset.reading.load import load_articles, load_mentions, load_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

_OF_COMPANY: Final = ("siren", "name", "seat_commune", "activity", "headcount", "active")


def load_links(output: str | Path = "output") -> pd.DataFrame:
    """Return which company each linked institution is, one row each.

    ``institution`` is its entity_id, or its name where no list has it; ``origin`` is ``evidence``,
    with its ``probability`` and ``evidence`` in words, or ``decision`` (of a person, who may have
    said that it is none: then ``siren`` is empty). Without links there are no rows.
    """
    return load_table(output, tables.LINKS)


def load_companies(output: str | Path = "output") -> pd.DataFrame:
    """Return what the register knows of the companies that institutions are, by SIREN.

    ``former_names``, ``seats`` (INSEE codes) and ``successors`` (SIREN) are lists of ``value``,
    ``since`` and ``until``.
    """
    return load_table(output, tables.COMPANIES)


def load_institutions(output: str | Path = "output") -> pd.DataFrame:
    """Return the institutions of the articles, those of most articles first, with their company.

    ``siren`` is that of the gazetteer or of a link; ``company``, ``seat_commune``, ``activity``,
    ``headcount`` and ``active`` are what the register says of it, empty where it is not linked.
    """
    columns = ["article_id", "kind", "name", "entity_id", "subtype", "siren"]
    mentions = load_mentions(output, columns=columns)
    articles = load_articles(output, columns=["article_id", "published", "duplicate_of"])
    articles = articles[articles["duplicate_of"].isna()].drop(columns="duplicate_of")
    named = mentions[mentions["kind"] == "institution"].merge(articles, on="article_id")
    named = named.assign(institution=named["entity_id"].fillna(named["name"]))
    counted = named.groupby("institution", as_index=False).agg(
        name=("name", "first"),
        subtype=("subtype", "first"),
        siren=("siren", "first"),
        articles=("article_id", "nunique"),
        first=("published", "min"),
        last=("published", "max"),
    )
    companies = load_companies(output)[list(_OF_COMPANY)].rename(columns={"name": "company"})
    found = counted.merge(companies, on="siren", how="left")
    found = found.sort_values(["articles", "institution"], ascending=[False, True])
    return Table(found.reset_index(drop=True))

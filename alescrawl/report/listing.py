"""The table of articles, column by column, so that 20,000 rows are small and quick to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.report.loading import Loaded

LONGEST_LEAD: Final = 220
_WEB: Final = ("https://", "http://")


def listed(
    loaded: Loaded, sources: Sequence[str], topics: Sequence[str], new: Sequence[bool]
) -> dict[str, list[Any]]:
    """Return the columns of the table.

    ``published`` are minutes since 1970 in UTC or ``None``, ``month`` the position of the month
    that is drawn or -1, ``about`` 1 for the Gard and 2 for the economy. Of an article that is
    reserved only title, address, source and date are told. Addresses that are none of the web are
    left out: they would be links.
    """
    articles = loaded.articles
    reserved = _true(articles["tdm_reserved"])
    minutes = articles["published"].astype("int64") // 60_000_000
    known = articles["published"].notna()
    addresses = articles["canonical_url"].fillna(articles["url"])
    source_numbers = {name: number for number, name in enumerate(sources)}
    topic_numbers = {name: number for number, name in enumerate(topics)}
    return {
        "title": articles["title"].fillna("").tolist(),
        "url": [url if str(url).startswith(_WEB) else "" for url in addresses],
        "source": articles["source"].map(source_numbers).tolist(),
        "published": [
            int(minute) if dated else None for minute, dated in zip(minutes, known, strict=True)
        ],
        "month": articles["month"].tolist(),
        "lead": [
            "" if kept or pd.isna(lead) else _shortened(lead)
            for lead, kept in zip(articles["lead"], reserved, strict=True)
        ],
        "topics": [[topic_numbers[name] for name in names] for names in _shown(loaded)],
        "about": (
            _true(articles["is_gard"]).astype(int) + 2 * _true(articles["is_economic"]).astype(int)
        ).tolist(),
        "reserved": reserved.astype(int).tolist(),
        "copy": articles["duplicate_of"].notna().astype(int).tolist(),
        "new": [int(one) for one in new],
    }


def _shown(loaded: Loaded) -> list[list[str]]:
    known = set(loaded.originals["topics"].explode().dropna())
    return [[name for name in names if name in known] for names in loaded.articles["topics"]]


def _true(values: pd.Series) -> pd.Series:
    return values.fillna(value=False).astype(bool)


def _shortened(lead: str) -> str:
    if len(lead) <= LONGEST_LEAD:
        return lead
    return lead[:LONGEST_LEAD].rpartition(" ")[0] + " …"

"""The order of sources and topics, and which of the months that are drawn are not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from alescrawl.report.loading import Loaded


def sources(loaded: Loaded) -> list[str]:
    """Return the names of all sources that have an article or a run, most articles first."""
    counts = loaded.articles["source"].value_counts()
    others = sorted(set(loaded.runs["source"]) - set(counts.index))
    return [*counts.index, *others]


def topics(loaded: Loaded) -> list[str]:
    """Return the topics, most frequent first; copies count once."""
    return list(loaded.originals["topics"].explode().dropna().value_counts().index)


def partial_months(loaded: Loaded) -> list[dict[str, int]]:
    """Return the months that are not whole, each with the first and last day that is there.

    The last one lasts until the report was made; the first one may begin with the first article.
    """
    found = {}
    today = loaded.made.astimezone(PARIS)
    days = loaded.articles["day"]
    for number, month in enumerate(loaded.months):
        whole = pd.Period(month).days_in_month
        first = int(days[loaded.articles["month"] == number].min().day) if number == 0 else 1
        last = today.day if month == f"{today:%Y-%m}" else whole
        if first > 1 or last < whole:
            found[number] = {"month": number, "from": first, "to": last}
    return list(found.values())

"""Gaps in coverage: times without any article that are long for the source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.report.loading import Loaded

LEAST_DAYS: Final = 8
"""A source of so few days with an article has no rhythm yet."""
SHORTEST: Final = 7
"""Days of silence that say nothing of any source: a weekend, a feast, a paper's week."""
_LONGEST_USUAL: Final = 0.95
_TIMES: Final = 3.0
GAPS_SHOWN: Final = 120


def gaps(loaded: Loaded, names: Sequence[str]) -> dict[str, Any]:
    """Return the gaps, longest first, and the first and last day of each source that has one.

    A gap is longer than a week and than three times all but the longest twentieth of the source's
    own intervals. The silence up to the report counts too and is ``open``.
    """
    articles = loaded.articles[loaded.articles["month"] >= 0]
    today = pd.Timestamp(loaded.made.astimezone(PARIS).date())
    found: list[dict[str, Any]] = []
    spans = {}
    for number, name in enumerate(names):
        days = articles.loc[articles["source"] == name, "day"].drop_duplicates().sort_values()
        days = days[days <= today].reset_index(drop=True)
        if those := list(_of_source(days, today)):
            found += [{"source": number, **gap} for gap in those]
            spans[number] = [f"{days.iloc[0]:%Y-%m-%d}", f"{days.iloc[-1]:%Y-%m-%d}"]
    found.sort(key=lambda gap: -gap["days"])
    shown = found[:GAPS_SHOWN]
    return {"gaps": shown, "spans": {gap["source"]: spans[gap["source"]] for gap in shown}}


def _of_source(days: pd.Series, today: pd.Timestamp) -> Iterator[dict[str, Any]]:
    if len(days) < LEAST_DAYS:
        return
    intervals = days.diff().dt.days.dropna()
    longest = max(SHORTEST, _TIMES * float(intervals.quantile(_LONGEST_USUAL)))
    ends = [*days, today]
    for start, end in pairwise(ends):
        if (silent := (end - start).days - 1) > longest:
            yield {
                "from": f"{start + pd.Timedelta(days=1):%Y-%m-%d}",
                "to": f"{end - pd.Timedelta(days=1):%Y-%m-%d}",
                "days": silent,
                "usual": float(intervals.median()),
                "open": end is today,
            }

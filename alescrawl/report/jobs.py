"""Jobs that articles about the Gard say are created or cut, by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from alescrawl.report.loading import Loaded

LARGEST_SHOWN: Final = 12


def jobs(loaded: Loaded) -> dict[str, Any]:
    """Return for each month the jobs created and cut, and the largest announcements.

    An article counts with the largest number of each that it names, since it often repeats the
    sum in parts. ``cells`` are month, created, cut; ``largest`` article, created or cut, number.
    """
    said = _said(loaded)
    within = said[said["month"] >= 0]
    by_month = within.pivot_table(
        index="month", columns="subtype", values="number", aggfunc="sum", fill_value=0
    ).reindex(columns=["created", "cut"], fill_value=0)
    recent = within[within["month"] >= len(loaded.months) - 12]
    largest = recent.sort_values("number", ascending=False).head(LARGEST_SHOWN)
    return {
        "cells": [[int(n) for n in row] for row in by_month.itertuples()],
        "largest": [
            [int(row), subtype, int(number)]
            for row, subtype, number in zip(
                largest["row"], largest["subtype"], largest["number"], strict=True
            )
        ],
    }


def _said(loaded: Loaded) -> pd.DataFrame:
    mentions, articles = loaded.mentions, loaded.articles
    about = articles.index[articles["is_gard"].fillna(value=True).astype(bool)]
    said = mentions[
        (mentions["kind"] == "jobs")
        & mentions["subtype"].isin(["created", "cut"])
        & mentions["row"].isin(about)
        & mentions["number"].notna()
    ]
    most = said.groupby(["row", "subtype"])[["number"]].max().reset_index()
    return most.assign(month=most["row"].map(articles["month"]))

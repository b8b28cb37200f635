"""Jobs that articles about the Gard say are created or cut, by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from alescrawl.report.loading import Loaded


def jobs(loaded: Loaded) -> list[list[Any]]:
    """Return article, created or cut, and number; the largest first.

    An article counts with the largest number of each that it names, since it often repeats the
    sum in parts.
    """
    said = _said(loaded).sort_values("number", ascending=False, kind="stable")
    columns = (said["row"], said["subtype"], said["number"])
    return [[int(row), what, int(number)] for row, what, number in zip(*columns, strict=True)]


def _said(loaded: Loaded) -> pd.DataFrame:
    mentions, articles = loaded.mentions, loaded.articles
    about = articles.index[articles["is_gard"].fillna(value=True).astype(bool)]
    said = mentions[
        (mentions["kind"] == "jobs")
        & mentions["subtype"].isin(["created", "cut"])
        & mentions["row"].isin(about)
        & mentions["number"].notna()
    ]
    return said.groupby(["row", "subtype"])[["number"]].max().reset_index()

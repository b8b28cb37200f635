"""Articles by source and month, and topics by month, as cells of two positions and a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from alescrawl.report.loading import Loaded

Cells = list[list[int]]
"""Position of the row, position of the month, count."""


def sources(loaded: Loaded) -> list[str]:
    """Return the names of all sources that have an article or a run, most articles first."""
    counts = loaded.articles["source"].value_counts()
    others = sorted(set(loaded.runs["source"]) - set(counts.index))
    return [*counts.index, *others]


def by_source(loaded: Loaded) -> Cells:
    """Return the articles of each source and month."""
    frame = loaded.articles
    return _cells(_positions(frame["source"], sources(loaded)), frame["month"])


def by_topic(loaded: Loaded) -> dict[str, Any]:
    """Return the topics, most frequent first, and their articles by month; copies count once."""
    topics = loaded.originals[["topics", "month"]].explode("topics").dropna()
    names = list(topics["topics"].value_counts().index)
    return {"names": names, "cells": _cells(_positions(topics["topics"], names), topics["month"])}


def totals(loaded: Loaded) -> list[int]:
    """Return the articles of each month that repeat no other: what the shares are of."""
    counts = loaded.originals["month"].value_counts()
    return [int(counts.get(number, 0)) for number in range(len(loaded.months))]


def _positions(values: pd.Series, names: list[str]) -> pd.Series:
    return values.map({name: number for number, name in enumerate(names)})


def _cells(rows: pd.Series, months: pd.Series) -> Cells:
    within = months >= 0
    frame = pd.DataFrame({"row": rows[within], "month": months[within]})
    counts = frame.value_counts().sort_index()
    return [
        [int(row), int(month), int(count)]
        for (row, month), count in zip(counts.index, counts, strict=True)
    ]

"""The institutions most named, their rise and fall, and who is named with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from alescrawl.report.loading import Loaded

NAMES_SHOWN: Final = 80
PERSONS_SHOWN: Final = 40
LINKS_SHOWN: Final = 400
WINDOW: Final = pd.Timedelta(days=90)
"""What is recent: so many days up to the newest article, compared with as many before."""


class _Name(NamedTuple):
    """A name and the numbers of the articles that have it."""

    name: str
    kind: str
    subtype: str
    rows: list[int]


def named(loaded: Loaded) -> dict[str, Any]:
    """Return the names, each with its articles, and the pairs that articles name together.

    A name counts once an article, and copies of one text once. ``recent`` and ``before`` are
    articles within the last window and the one before it, ``windows`` all articles of each.
    """
    mentions = _most_named(loaded)
    articles = loaded.articles
    newest = articles["day"].max()
    recent = articles["day"] > newest - WINDOW
    before = ~recent & (articles["day"] > newest - 2 * WINDOW)
    original = articles["duplicate_of"].isna()
    names = [
        {
            **entry._asdict(),
            "recent": int(recent[entry.rows].sum()),
            "before": int(before[entry.rows].sum()),
        }
        for entry in mentions
    ]
    return {
        "names": names,
        "links": _links([entry.rows for entry in mentions], len(articles)),
        "windows": [int((recent & original).sum()), int((before & original).sum())],
        "window_end": None if pd.isna(newest) else f"{newest:%Y-%m-%d}",
        "window_days": WINDOW.days,
    }


def _most_named(loaded: Loaded) -> list[_Name]:
    found: list[_Name] = []
    for kind, limit in (("institution", NAMES_SHOWN), ("person", PERSONS_SHOWN)):
        mentions = loaded.mentions[loaded.mentions["kind"] == kind].dropna(subset="name")
        once = mentions.drop_duplicates(["name", "row"])
        for name in once["name"].value_counts().head(limit).index:
            those = once[once["name"] == name]
            subtypes = those["subtype"].dropna().mode()
            subtype = "" if subtypes.empty else str(subtypes.iloc[0])
            found.append(_Name(str(name), kind, subtype, sorted(map(int, those["row"]))))
    return found


def _links(rows: list[list[int]], articles: int) -> list[list[int]]:
    """Return pairs of positions and the number of articles that name both, most first."""
    if not rows:
        return []
    present = np.zeros((len(rows), articles), dtype=np.float32)
    for position, those in enumerate(rows):
        present[position, those] = 1.0
    shared = np.triu(present @ present.T, k=1).astype(int)
    first, second = np.nonzero(shared)
    counts = shared[first, second]
    order = np.argsort(-counts, kind="stable")[:LINKS_SHOWN]
    pairs: list[list[int]] = np.stack([first, second, counts], axis=1)[order].tolist()
    return pairs

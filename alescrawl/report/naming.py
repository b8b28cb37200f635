"""The institutions most named, their rise and fall, and who is named with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from alescrawl.report.loading import Loaded

WINDOW: Final = pd.Timedelta(days=90)
"""What is recent: so many days up to the newest article, compared with as many before."""
_WINDOWS: Final = 2
KINDS: Final = ("institution", "person")


class _Name(NamedTuple):
    """A name and the numbers of the articles that have it."""

    name: str
    kind: str
    subtype: str
    rows: list[int]


def named(loaded: Loaded) -> dict[str, Any]:
    """Return all names, most named first, each with its articles, and the window of each article.

    A name counts once an article, and copies of one text once. ``window`` is 1 for articles within
    the last window, 2 within the one before it, else 0.
    """
    days = loaded.articles["day"]
    newest = days.max()
    ages = ((newest - days) // WINDOW).fillna(_WINDOWS)
    return {
        "names": [entry._asdict() for kind in KINDS for entry in _of_kind(loaded, kind)],
        "window": [int(age) + 1 if age < _WINDOWS else 0 for age in ages],
        "window_end": None if pd.isna(newest) else f"{newest:%Y-%m-%d}",
        "window_days": WINDOW.days,
    }


def _of_kind(loaded: Loaded, kind: str) -> list[_Name]:
    mentions = loaded.mentions[loaded.mentions["kind"] == kind].dropna(subset="name")
    once = mentions.drop_duplicates(["name", "row"]).sort_values("row")
    rows = once.groupby("name")["row"].agg(list)
    subtypes = (
        mentions.dropna(subset="subtype")
        .groupby("name")["subtype"]
        .agg(lambda those: those.mode().iloc[0])
    )
    found = [
        _Name(str(name), kind, str(subtypes.get(name, "")), list(map(int, those)))
        for name, those in rows.items()
    ]
    return sorted(found, key=lambda entry: -len(entry.rows))

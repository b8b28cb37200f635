"""Events of the gazette in pandas, and the articles that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from alescrawl.dataset import tables
from alescrawl.dataset.reading import load
from alescrawl.dataset.reading.frame import Table, Values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alescrawl.dataset.reading.load import Moment

BEFORE: Final = 30
"""Days before an event from which on an article may report it."""
AFTER: Final = 60
"""Days after its notice until which an article may."""
_INSOLVENCY: Final = "insolvency"
_IDS: Final = "event_ids"
_NEEDED: Final = ("article_id", "published", "topics", "duplicate_of")
_REPORTS: Final = ("event_id", "article_id", "published")
_ZONE: Final = "Europe/Paris"


def load_events(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    kind: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return what the gazette announced of companies, one row a company and notice.

    *since* and *until* (excluded) are of ``date``, the day of the judgment or deed. ``kind`` is
    creation, registration, sale, insolvency_opening, insolvency_plan, insolvency_liquidation,
    insolvency_closing, insolvency_other, conciliation, modification, strike_off, accounts or other.
    ``article_ids`` are the articles that report it, the first one first: they name the company from
    30 days before ``date`` to 60 days after ``published``; of an insolvency, those that are about
    insolvency. Copies of an article are left out.
    """
    events = _chosen(load.load_table(output, tables.EVENTS), since, until, kind)
    found = _reports(output, events).sort_values(["published", "article_id"])
    return _with_ids(events, "event_id", found, "article_id").rename(columns={"ids": "article_ids"})


def load_articles(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    source: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the articles published in a period, one row each, the newest revision.

    *since* is included, *until* is not; both are ISO dates, dates or date-times (in Paris where
    they have no zone), and leave undated articles out. *source* is one name or several.
    Texts are ``str``, date-times ``datetime64[us, UTC]``, truth values ``boolean``, lists
    Python lists. *columns* may name ``event_ids`` too: the events of :func:`load_events` that an
    article reports. *output* is a folder or an ``s3://`` address. One without articles gives no
    rows; one without tables, a file, the folder of one table, or a server that refuses, raises
    :exc:`DatasetError`.
    """
    own = columns
    if columns is not None and _IDS in columns:
        own = list(dict.fromkeys([*(c for c in columns if c != _IDS), "article_id"]))
    articles = load.load_articles(output, since=since, until=until, source=source, columns=own)
    if columns is None or _IDS not in columns:
        return articles
    found = _reports(output, load.load_table(output, tables.EVENTS)).sort_values("event_id")
    told = _with_ids(articles, "article_id", found, "event_id").rename(columns={"ids": _IDS})
    return told[list(columns)]


def _with_ids(frame: pd.DataFrame, by: str, found: pd.DataFrame, of: str) -> pd.DataFrame:
    """Return *frame* with the column ``ids``: the values of *of* that were *found* by its *by*."""
    ids = found.groupby(by)[of].agg(list).to_dict()
    values = [Values(ids.get(each, [])) for each in frame[by]]
    return Table(frame.assign(ids=pd.Series(values, index=frame.index, dtype=object)))


def _chosen(
    events: pd.DataFrame,
    since: Moment | None,
    until: Moment | None,
    kind: str | Sequence[str] | None,
) -> pd.DataFrame:
    chosen = pd.Series(data=True, index=events.index)
    if since is not None:
        chosen &= events["date"] >= pd.Timestamp(load.day_in_paris(since))
    if until is not None:
        chosen &= events["date"] < pd.Timestamp(load.day_in_paris(until))
    if kind is not None:
        chosen &= events["kind"].isin([kind] if isinstance(kind, str) else list(kind))
    return events[chosen].sort_values(["date", "event_id"]).reset_index(drop=True)


def _reports(output: str | Path, events: pd.DataFrame) -> pd.DataFrame:
    """Return event_id, article_id and published of each article that reports one of *events*."""
    if events.empty:
        return pd.DataFrame(columns=_REPORTS)
    mentions = load.load_mentions(output, columns=["article_id", "siren"]).dropna()
    mentions = mentions[mentions["siren"].isin(events["siren"])].drop_duplicates()
    articles = load.load_articles(output, columns=_NEEDED)
    articles = articles[articles["duplicate_of"].isna() & articles["published"].notna()]
    told = events.rename(columns={"published": "announced"})
    told = told[["event_id", "siren", "kind", "date", "announced"]]
    found = told.merge(mentions, on="siren").merge(articles, on="article_id")
    day = found["published"].dt.tz_convert(_ZONE).dt.tz_localize(None).dt.normalize()
    is_near = (day >= found["date"] - pd.Timedelta(days=BEFORE)) & (
        day <= found["announced"] + pd.Timedelta(days=AFTER)
    )
    tells = [_INSOLVENCY in topics for topics in found["topics"]]
    is_told = ~found["kind"].str.startswith(_INSOLVENCY) | pd.Series(
        tells, index=found.index, dtype=bool
    )
    reports: pd.DataFrame = found.loc[is_near & is_told]
    return reports[list(_REPORTS)]

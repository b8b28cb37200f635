"""What a report reads of the dataset: the columns it shows, with the month of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.reading.events import load_events
from alescrawl.dataset.reading.load import load_articles, load_mentions, load_runs
from alescrawl.items import PARIS
from alescrawl.report.scope import Scope

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_ARTICLES: Final = (
    *("article_id", "url", "canonical_url", "source", "publisher", "title", "lead", "published"),
    *("text", "topics", "is_gard", "is_economic", "tdm_reserved", "duplicate_of", "first_seen"),
)
_MENTIONS: Final = ("article_id", "kind", "name", "subtype", "insee", "siren", "number")
_RUNS: Final = ("source", "kind", "started", "verdict")
_FINDINGS: Final = (*_RUNS, "why", "articles_read", "fill_rates")
FINDINGS_OF: Final = pd.Timedelta(days=60)
EVERYTHING: Final = Scope()
MONTHS_SHOWN: Final = 48
"""Older months are counted in the totals and left out of what is drawn over time."""


class Loaded(NamedTuple):
    """The three tables, and the months (``2026-03``) that are drawn, in order.

    ``articles`` are sorted from the newest to the oldest and then the undated; a row's position
    is its number in the page. ``month`` is the position in ``months``, -1 for an article outside
    them, ``day`` its day in Paris. ``mentions`` have the number of their article in ``row``, are
    those of articles that repeat no other, and name each thing once an article. ``runs`` are
    crawls, oldest first: reading the archive again says nothing of a source. ``findings`` are what
    the latest of them found, since that is large and a year of hourly runs is long. ``events`` are
    the gazette's, with the articles that report them.
    """

    articles: pd.DataFrame
    mentions: pd.DataFrame
    runs: pd.DataFrame
    findings: pd.DataFrame
    events: pd.DataFrame
    months: list[str]
    made: datetime
    scope: Scope

    @property
    def originals(self) -> pd.DataFrame:
        """The articles that repeat no other."""
        return self.articles[self.articles["duplicate_of"].isna()]


def load(output: str | Path, made: datetime, *, persons: bool, scope: Scope = EVERYTHING) -> Loaded:
    """Return what the report of the moment *made* shows; persons only where they are wanted.

    Raises :exc:`DatasetError` where there is no dataset or it holds no article and no run.
    """
    articles = load_articles(output, columns=_ARTICLES)
    runs = _crawls(load_runs(output, columns=_RUNS))
    findings = _crawls(load_runs(output, since=made - FINDINGS_OF, columns=_FINDINGS))
    if articles.empty and runs.empty:
        raise DatasetError(f"nothing is published in {output} yet: `scrapy crawl NAME` collects it")
    mentions = load_mentions(output, columns=_MENTIONS)
    articles = scope.narrowed(articles, mentions)
    articles = articles.sort_values("published", ascending=False, kind="stable", ignore_index=True)
    local = articles["published"].dt.tz_convert(PARIS)
    articles["day"] = local.dt.tz_localize(None).dt.normalize()
    months = _months(articles["day"], made)
    numbers = {month: number for number, month in enumerate(months)}
    articles["month"] = local.dt.strftime("%Y-%m").map(numbers).fillna(-1).astype(int)
    mentions = _mentions(mentions, articles, persons=persons)
    events = load_events(output)
    return Loaded(articles, mentions, runs, findings, events, months, made, scope)


def _crawls(runs: pd.DataFrame) -> pd.DataFrame:
    return runs[runs["kind"].fillna("crawl") == "crawl"].sort_values("started")


def _months(days: pd.Series, made: datetime) -> list[str]:
    today = made.astimezone(PARIS).date()
    past = days[days <= pd.Timestamp(today)]
    if past.empty:
        return []
    every = pd.period_range(past.min(), past.max(), freq="M")[-MONTHS_SHOWN:]
    return [str(month) for month in every]


def _mentions(mentions: pd.DataFrame, articles: pd.DataFrame, *, persons: bool) -> pd.DataFrame:
    kinds = ["institution", "place", "jobs", *(["person"] if persons else [])]
    mentions = mentions[mentions["kind"].isin(kinds)].drop_duplicates()
    originals = articles[articles["duplicate_of"].isna()]
    numbers = pd.Series(originals.index, index=originals["article_id"])
    mentions["row"] = mentions["article_id"].map(numbers)
    mentions = mentions[mentions["row"].notna()]
    return mentions.assign(row=mentions["row"].astype(int)).reset_index(drop=True)

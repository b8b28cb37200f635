"""What the gazette announced of companies, and the articles that report it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from alescrawl.report.loading import Loaded

MOST: Final = 4_000
"""Notices that the page has, the latest: some hundred kilobytes."""
_ROUTINE: Final = ("accounts", "other")
_OF_ALL: Final = ("insolvency", "conciliation", "sale")
"""Kinds that are shown of companies that no article names, too."""
_WEB: Final = ("https://", "http://")


def gazette(loaded: Loaded) -> dict[str, list[Any]]:
    """Return the notices, latest first, and the companies that they are of.

    A notice has the number of its company, day, number of its month (-1 for one that is not drawn),
    kind, tribunal, address, and the articles that report it, the first one first. Of companies that
    no article names there are insolvencies and sales only, and of none its accounts; a report of a
    scope has none of these companies. A company has the name that articles give it, else that of
    the gazette, and the articles that name it.
    """
    named = loaded.mentions[loaded.mentions["siren"].notna()]
    events = _shown(loaded, named)
    sirens = list(events["siren"].unique())
    names = _names(events, named)
    rows = {siren: sorted(map(int, set(those))) for siren, those in named.groupby("siren")["row"]}
    numbers = {siren: number for number, siren in enumerate(sirens)}
    return {
        "companies": [{"name": names[siren], "rows": rows.get(siren, [])} for siren in sirens],
        "notices": _notices(loaded, events, numbers),
    }


def _shown(loaded: Loaded, named: pd.DataFrame) -> pd.DataFrame:
    events = loaded.events
    chosen = events["siren"].isin(named["siren"])
    if not loaded.scope.names:
        chosen |= events["kind"].str.startswith(_OF_ALL)
    if loaded.scope.since is not None:
        chosen &= events["date"] >= loaded.scope.since.replace(tzinfo=None)
    events = events[chosen & ~events["kind"].isin(_ROUTINE)]
    return events.sort_values(["date", "event_id"], ascending=False).head(MOST)


def _names(events: pd.DataFrame, named: pd.DataFrame) -> dict[str, str]:
    """Return what each company is called: by the articles most often, or by the gazette."""
    by_articles = named.dropna(subset="name").groupby("siren")["name"]
    by_gazette = events.dropna(subset="name").groupby("siren")["name"].first()
    own = {siren: siren for siren in events["siren"]}
    return own | by_gazette.to_dict() | by_articles.agg(lambda those: those.mode()[0]).to_dict()


def _notices(loaded: Loaded, events: pd.DataFrame, numbers: dict[str, int]) -> list[list[Any]]:
    months = {month: number for number, month in enumerate(loaded.months)}
    rows = {article: row for row, article in enumerate(loaded.articles["article_id"])}
    events = events.fillna({"tribunal": "", "url": ""})
    columns = ("siren", "kind", "tribunal", "url", "article_ids")
    days = events["date"].dt.strftime("%Y-%m-%d")
    return [
        [
            numbers[siren],
            day,
            months.get(day[:7], -1),
            kind,
            tribunal,
            url if url.startswith(_WEB) else "",
            [rows[article] for article in articles if article in rows],
        ]
        for day, siren, kind, tribunal, url, articles in zip(
            days, *(events[name] for name in columns), strict=True
        )
    ]

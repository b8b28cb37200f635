"""What a report is about: everything, or one territory, one institution, the time since a day."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.entities.gazetteer.words import key

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd


class Scope(NamedTuple):
    """What an article must have: all that is not empty."""

    since: datetime | None = None
    """Published then or later."""
    commune: str = ""
    """INSEE code of a commune that it names."""
    commune_name: str = ""
    institution: str = ""
    """An institution that it names, or its SIREN."""

    @property
    def names(self) -> list[str]:
        """What the report is called after."""
        return [name for name in (self.commune_name, self.institution) if name]

    @property
    def file(self) -> str:
        """The file name: a report about a part does not take the place of that about all."""
        words = [key(name) for name in self.names]
        day = [f"since {self.since:%Y-%m-%d}"] if self.since else []
        return "-".join(["report", *"-".join([*words, *day]).split()]) + ".html"

    def narrowed(self, articles: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
        """Return the *articles* that have it all; raise :exc:`DatasetError` where none does."""
        if self.since is not None:
            articles = articles[articles["published"] >= self.since]
        if self.commune:
            those = mentions[(mentions["kind"] == "place") & (mentions["insee"] == self.commune)]
            articles = articles[articles["article_id"].isin(those["article_id"])]
        if self.institution:
            those = _naming(self.institution, mentions[mentions["kind"] == "institution"])
            articles = articles[articles["article_id"].isin(those["article_id"])]
        if articles.empty and self != Scope():
            told = [*self.names, *([f"since {self.since:%Y-%m-%d}"] if self.since else [])]
            raise DatasetError(f"no article is there for {', '.join(told)}: leave one of them out")
        return articles


def _naming(institution: str, mentions: pd.DataFrame) -> pd.DataFrame:
    names = mentions["name"].dropna().unique()
    by_key = {key(name): name for name in names}
    digits = institution.replace(" ", "")
    found = mentions[
        mentions["name"].map(key, na_action="ignore").eq(key(institution))
        | mentions["siren"].eq(digits)
    ]
    if found.empty:
        near = get_close_matches(key(institution), by_key, n=1, cutoff=0.7)
        meant = f", perhaps {by_key[near[0]]}" if near else ""
        raise DatasetError(
            f"no article names {institution}{meant}: `scrapy find` shows who is named"
        )
    return found

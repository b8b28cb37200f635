"""What articles say of jobs and sums, one row a statement; and the communes of the Gard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from alescrawl.dataset.reading.frame import Table
from alescrawl.dataset.reading.load import load_articles, load_mentions
from alescrawl.entities.gazetteer.communes import Commune, commune_names, gard_communes
from alescrawl.entities.gazetteer.lists import institutions_by_id
from alescrawl.text.tokens import sentence_around

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alescrawl.dataset.reading.load import Moment

_OF_MENTION: Final = (
    *("article_id", "kind", "surface", "start", "end", "about", "subtype", "number", "unit"),
    *("insee", "score", "source"),
)
_OF_ARTICLE: Final = (
    *("article_id", "published", "publisher", "title", "canonical_url", "text", "duplicate_of"),
)
_SAID: Final = ("commune", "insee", "surface", "sentence")
_WHERE: Final = ("published", "publisher", "title", "url", "source", "article_id", "score")


def load_jobs(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    source: str | Sequence[str] | None = None,
    copies: bool = False,
) -> pd.DataFrame:
    """Return what articles say of jobs, one row a statement, the newest article first.

    ``jobs`` are ``created``, ``cut`` or ``counted`` (``change``) by the ``employer``
    (``employer_id`` where the gazetteer knows it) in the ``commune`` (``insee``) that the
    ``sentence`` names; empty where it names none. What an article says again counts once; articles
    that copy another one are left out unless *copies* is true. The other arguments are those of
    :func:`load_articles`.
    """
    said = _statements(output, "jobs", since, until, source, copies=copies)
    said = said.rename(columns={"number": "jobs", "subtype": "change", "body": "employer"})
    said = said.rename(columns={"body_id": "employer_id"})
    return _in_order(said, ["employer", "employer_id", "jobs", "change"])


def load_amounts(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    source: str | Sequence[str] | None = None,
    copies: bool = False,
) -> pd.DataFrame:
    """Return the sums that articles name, one row a statement; arguments as :func:`load_jobs`.

    ``euros`` are those of the ``institution`` that the ``sentence`` says invests, has or receives
    them; ``unit`` is FRF where the text counts in francs.
    """
    said = _statements(output, "amount", since, until, source, copies=copies)
    said = said.rename(
        columns={"number": "euros", "body": "institution", "body_id": "institution_id"}
    )
    return _in_order(said, ["institution", "institution_id", "euros", "unit"])


def load_communes() -> pd.DataFrame:
    """Return the communes of the Gard with population, EPCI and centre, by INSEE code."""
    frame = Table(gard_communes(), columns=list(Commune._fields))
    return frame.astype({"population": "Int64"})


def _statements(
    output: str | Path,
    kind: str,
    since: Moment | None,
    until: Moment | None,
    source: str | Sequence[str] | None,
    *,
    copies: bool,
) -> pd.DataFrame:
    mentions = load_mentions(output, source=source, columns=_OF_MENTION)
    mentions = mentions[(mentions["kind"] == kind) & mentions["number"].notna()]
    articles = load_articles(output, since=since, until=until, source=source, columns=_OF_ARTICLE)
    if not copies:
        articles = articles[articles["duplicate_of"].isna()]
    said = mentions.merge(articles, on="article_id", how="inner")
    said = said.sort_values(["published", "article_id", "start"], ascending=[False, True, True])
    said = said.drop_duplicates(["article_id", "number", "subtype", "about"])
    return _with_names(said).rename(columns={"canonical_url": "url"}).reset_index(drop=True)


def _with_names(said: pd.DataFrame) -> pd.DataFrame:
    known, communes = institutions_by_id(), commune_names()
    about = said["about"]
    is_known = about.map(lambda each: each in known).astype(bool)
    return said.assign(
        body=about.map(lambda each: known[each].name if each in known else each),
        body_id=about.where(is_known),
        commune=said["insee"].map(communes.get, na_action="ignore"),
        sentence=pd.Series(_sentences(said), index=said.index, dtype=object),
    )


def _sentences(said: pd.DataFrame) -> list[str | None]:
    rows = zip(said["text"], said["start"], said["end"], strict=True)
    return [
        text[slice(*sentence_around(text, start, end))] if isinstance(text, str) else None
        for text, start, end in rows
    ]


def _in_order(said: pd.DataFrame, own: list[str]) -> pd.DataFrame:
    columns = [*own, *_SAID, *_WHERE]
    texts = {name: "str" for name in columns if said[name].dtype == object}
    return said[columns].astype(texts)

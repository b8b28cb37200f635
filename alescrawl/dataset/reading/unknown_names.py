"""The institutions that texts name and no list knows, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.reading.load import load_mentions

if TYPE_CHECKING:
    from pathlib import Path


class UnknownName(NamedTuple):
    """A name without an entity, and how often articles have it."""

    name: str
    kind: str
    articles: int
    mentions: int


def unknown_names(output: str | Path) -> list[UnknownName]:
    """Return the institutions without an identifier in *output*, those of most articles first.

    Raises :exc:`DatasetError` where there is no dataset.
    """
    columns = ["article_id", "kind", "name", "entity_id", "subtype"]
    mentions = load_mentions(output, columns=columns)
    unknown = mentions[(mentions["kind"] == "institution") & mentions["entity_id"].isna()]
    found = [
        UnknownName(
            str(name), str(rows["subtype"].iloc[0]), rows["article_id"].nunique(), len(rows)
        )
        for name, rows in unknown.groupby("name")
    ]
    return sorted(found, key=lambda u: (-u.articles, -u.mentions, u.name))

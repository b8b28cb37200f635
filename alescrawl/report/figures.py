"""All that the page shows, as one object of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alescrawl.dataset.gate.quality import FILLED
from alescrawl.report import counting
from alescrawl.report.gaps import gaps
from alescrawl.report.gazette import gazette
from alescrawl.report.health import health
from alescrawl.report.jobs import jobs
from alescrawl.report.listing import listed
from alescrawl.report.naming import named
from alescrawl.report.placing import placed
from alescrawl.report.texts import indexed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from alescrawl.report.loading import Loaded


def figures(loaded: Loaded, new: Sequence[bool], since: datetime | None) -> dict[str, Any]:
    """Return what the page shows; *new* says of each article whether it came in after *since*."""
    names = counting.sources(loaded)
    topics = counting.topics(loaded)
    articles = loaded.articles
    publishers = articles.dropna(subset="publisher").groupby("source")["publisher"].first()
    return {
        "made": loaded.made.isoformat(),
        "since": None if since is None else since.isoformat(),
        "scope": {
            "names": loaded.scope.names,
            "since": f"{loaded.scope.since:%Y-%m-%d}" if loaded.scope.since else "",
        },
        "months": loaded.months,
        "partial": counting.partial_months(loaded),
        "sources": names,
        "publishers": [str(publishers.get(name, name)) for name in names],
        "older": int((articles["month"] < 0).sum()),
        "topics": topics,
        "named": named(loaded),
        "map": placed(loaded),
        "jobs": jobs(loaded),
        "gazette": gazette(loaded),
        "fields": list(FILLED),
        "health": health(loaded, names),
        "gaps": gaps(loaded, names),
        "articles": listed(loaded, names, topics, new),
    }


def index(loaded: Loaded, room: int) -> dict[str, Any]:
    """Return an index of titles and texts of about *room* characters, for the search."""
    articles = loaded.articles
    reserved = articles["tdm_reserved"].fillna(value=False).astype(bool)
    columns = (
        articles["title"].fillna(""),
        articles["lead"].fillna(""),
        articles["text"].fillna(""),
    )
    return indexed(
        [
            title if kept else f"{title}\n{lead}\n{text}"
            for title, lead, text, kept in zip(*columns, reserved, strict=True)
        ],
        room,
    )

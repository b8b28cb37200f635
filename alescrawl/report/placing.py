"""How often each commune of the Gard is named, and the outline of the department."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from alescrawl.entities.gazetteer.lists import rows

if TYPE_CHECKING:
    from alescrawl.report.loading import Loaded


def placed(loaded: Loaded) -> dict[str, Any]:
    """Return the communes named, most named first, with centre (degrees) and their articles.

    A commune counts once an article, and copies of one text once.
    """
    mentions = loaded.mentions
    places = mentions[mentions["kind"] == "place"].drop_duplicates(["insee", "row"])
    communes = _communes()
    rows = places[places["insee"].isin(set(communes))].groupby("insee")["row"].agg(sorted)
    found = [
        {
            "insee": insee,
            "name": name,
            "latitude": latitude,
            "longitude": longitude,
            "rows": list(map(int, those)),
        }
        for insee, those in rows.items()
        for name, latitude, longitude in (communes[str(insee)],)
    ]
    return {"communes": sorted(found, key=lambda c: -len(c["rows"])), "outline": _outline()}


@cache
def _communes() -> dict[str, tuple[str, float, float]]:
    """Return name, latitude and longitude of each commune of the Gard by INSEE code."""
    return {
        insee: (name, float(latitude), float(longitude))
        for insee, name, *_, latitude, longitude in rows("communes_gard.tsv")
        if latitude
    }


@cache
def _outline() -> list[list[float]]:
    return [[float(longitude), float(latitude)] for longitude, latitude in rows("outline_gard.tsv")]

"""Which files of a table can hold what is asked for, going by their names: no other is opened."""

from __future__ import annotations

import re
from datetime import MAXYEAR, datetime
from typing import TYPE_CHECKING

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SOURCE = re.compile(r"/source=([^/]+)/")
_YEAR = re.compile(r"/year=(?:(\d{4})|undated)(?:-\d+)?\.parquet$")


def of_sources(keys: Iterable[str], sources: Collection[str] | None) -> list[str]:
    """Return those of *keys* that may hold rows of *sources*; ``None`` is all of them."""
    if sources is None:
        return list(keys)
    named = ((key, _SOURCE.search(key)) for key in keys)
    return [key for key, found in named if found is None or found[1] in sources]


def of_period(keys: Iterable[str], since: datetime | None, until: datetime | None) -> list[str]:
    """Return those of *keys* that may hold articles published in a period, *until* excluded."""
    if since is None and until is None:
        return list(keys)
    named = ((key, _YEAR.search(key)) for key in keys)
    return [key for key, found in named if found is None or _reaches(found[1], since, until)]


def _reaches(year: str | None, since: datetime | None, until: datetime | None) -> bool:
    """Return whether a *year* in Paris has moments of a period; what is undated is in none."""
    if year is None:
        return False
    first, following = datetime(int(year), 1, 1, tzinfo=PARIS), int(year) + 1
    ends_before = (
        since is not None
        and following <= MAXYEAR
        and since >= datetime(following, 1, 1, tzinfo=PARIS)
    )
    return not ends_before and (until is None or until > first)

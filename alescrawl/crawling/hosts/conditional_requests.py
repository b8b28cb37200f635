"""Conditional requests: what need not be sent again, and what need not even be asked for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from alescrawl.dataset.ledger.route_visits import RouteVisit

VALIDATORS = ("If-None-Match", "If-Modified-Since")
_SETTLED = timedelta(hours=1)
"""How long a cache may go on to answer with what was there before."""
_SETTLED_DAY = timedelta(days=1, hours=3)
"""The same for a lastmod without a time of day, in whatever zone that day was."""


def validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return one validator: servers that are given both disagree about which counts.

    A tag that was weakened on its way, by compression, is sent as it was made: what compares it as
    HTTP says takes both for the same (RFC 9110, section 13.1.2), WordPress only this one.
    """
    if etag:
        return {"If-None-Match": etag.removeprefix("W/")}
    return {"If-Modified-Since": last_modified} if last_modified else {}


def route_validators(last: RouteVisit | None, since: datetime | None) -> dict[str, str]:
    """Return the validator for a route, if its *last* visit reached back to *since*."""
    if last is None or not last.walked_back_to(since):
        return {}
    return validators(last.etag, last.last_modified)


def is_unchanged(last: RouteVisit | None, lastmod: datetime | None) -> bool:
    """Return whether a sitemap is as it was at the *last* visit, going by its *lastmod*."""
    if last is None or last.lastmod is None or last.read_at is None or lastmod is None:
        return False
    local = lastmod.astimezone(PARIS)
    settled = _SETTLED_DAY if local.time() == time() else _SETTLED
    return lastmod <= last.lastmod and last.read_at >= lastmod + settled

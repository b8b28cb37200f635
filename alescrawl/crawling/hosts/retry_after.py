"""The header Retry-After: when a server that refuses wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response

TOO_MANY_REQUESTS = 429
REFUSALS = frozenset({TOO_MANY_REQUESTS, 503})
"""The statuses by which a server says that it is asked too much (RFC 6585, RFC 9110)."""

LONGEST_PAUSE = timedelta(days=30)
"""A server that asks for more has made a mistake."""

_MOST_DIGITS = 9


def retry_moment(response: Response) -> datetime | None:
    """Return the moment that *response* names (RFC 9110, section 10.2.3), at most 30 days off.

    ``None`` where it is no refusal, names none, or what it says cannot be read.
    """
    if response.status not in REFUSALS:
        return None
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    now = datetime.now(UTC)
    moment = _after_seconds(value, now) if value.isdecimal() else _http_date(value)
    return None if moment is None else min(moment, now + LONGEST_PAUSE)


def _after_seconds(value: str, now: datetime) -> datetime:
    return now + timedelta(seconds=int(value[:_MOST_DIGITS]))


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

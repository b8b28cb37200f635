"""What a request that brought no page came to, and when the server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


class Verdict(NamedTuple):
    """The status of an address in the ledger, and the reason under which it is counted."""

    status: str
    reason: str


class HostStopped(IgnoreRequest):
    """The host is asked no more in this run.

    ``reason`` is the name under which its addresses are counted: ``robots_unreachable``,
    ``host_refuses``, ``host_silent``, or ``host_closed`` where an earlier run was told to wait
    *until* a moment that has not come.
    """

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


class RunEnding(HostStopped):
    """The run ends before the request was sent or answered: its address stays as it is."""

    def __init__(self) -> None:
        super().__init__("run_ended")


_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 407, 451})

_BY_ERROR: tuple[tuple[type[Exception], Verdict], ...] = (
    (DownloadTimeoutError, Verdict("failed", "timeout")),
    (CannotResolveHostError, Verdict("failed", "unknown_host")),
    (DownloadConnectionRefusedError, Verdict("failed", "connection_refused")),
    (ResponseDataLossError, Verdict("failed", "cut_short")),
    (DownloadCancelledError, Verdict("refused", "too_large")),
    (DownloadFailedError, Verdict("failed", "connection_lost")),
)

DOWNLOAD_ERRORS: tuple[type[Exception], ...] = (IgnoreRequest, *(kind for kind, _ in _BY_ERROR))
"""What a download raises where the page, not the program, is at fault."""


def verdict(failure: Failure) -> Verdict:
    """Return what *failure* of a request means for its address."""
    return error_verdict(failure.value)


def error_verdict(error: BaseException | None) -> Verdict:
    """Return what the *error* of a request means for its address."""
    if isinstance(error, HttpError):
        return http_verdict(error.response.status)
    if isinstance(error, HostStopped):
        return Verdict("refused", error.reason)
    if isinstance(error, IgnoreRequest):
        return _ignored(error)
    known = (found for kind, found in _BY_ERROR if isinstance(error, kind))
    return next(known, Verdict("failed", type(error).__name__))


def http_verdict(status: int) -> Verdict:
    """Return what an HTTP *status* that is no success means."""
    if status in _GONE:
        return Verdict("gone", f"http_{status}")
    return Verdict("refused" if status in _REFUSED else "failed", f"http_{status}")


def _ignored(error: IgnoreRequest) -> Verdict:
    """Tell apart the middlewares that drop requests; Scrapy gives them one exception."""
    message = str(error).lower()
    # First: the message names the address, which may be that of a robots.txt.
    if "maxsize" in message:
        return Verdict("refused", "too_large")
    if "private" in message:
        return Verdict("refused", "private_address")
    if "forbidden by robots" in message:
        return Verdict("refused", "robots")
    if "redirection" in message:
        return Verdict("failed", "redirect_loop")
    return Verdict("refused", "offsite" if "offsite" in message else "ignored")


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

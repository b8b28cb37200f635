"""Asking an open interface for JSON: at its pace, and again where it is down, while that helps."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WAITS: Final = (2.0, 8.0, 30.0)
"""Seconds before what failed is asked for again, where the server does not say."""
_LONGEST: Final = 300.0
"""A server that wants to wait longer is left alone until another run."""
_TOO_MANY: Final = 429
_FAULT: Final = 500
_SECONDS: Final = 60


class Interface:
    """An interface at *address*, asked no oftener than every *delay* seconds.

    ``requests`` counts what was sent. Raises :exc:`DatasetError` where no answer is to be had.
    """

    def __init__(
        self, address: str, agent: str, delay: float, waits: Sequence[float] = _WAITS
    ) -> None:
        self.address = address.rstrip("/")
        self.requests = 0
        self._agent, self._delay, self._waits = agent, delay, waits
        self._last = float("-inf")

    def get(self, path: str, query: Mapping[str, str | int]) -> dict[str, Any]:
        """Return the object that the interface answers to a *query*."""
        url = f"{self.address}{path}?{urlencode(query)}"
        for wait in (*self._waits, None):
            try:
                return self._ask(url)
            except (OSError, HTTPException, ValueError) as error:
                asked = _wait_of(error, wait)
                if asked is None:
                    raise DatasetError(
                        f"{self.address} gives no answer ({_told(error)}): run it again later; "
                        "what came until now is kept"
                    ) from error
                time.sleep(asked)
        raise AssertionError

    def _ask(self, url: str) -> dict[str, Any]:
        time.sleep(max(self._last + self._delay - time.monotonic(), 0))
        self._last = time.monotonic()
        self.requests += 1
        headers = {"User-Agent": self._agent, "Accept": "application/json"}
        request = Request(url, headers=headers)  # noqa: S310 - the address is a setting
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            found = json.loads(answer.read())
        if not isinstance(found, dict):
            raise ValueError("the answer is no object")  # noqa: TRY004 - as other broken answers
        return found


def _wait_of(error: Exception, wait: float | None) -> float | None:
    """Return how long to wait before asking again; nothing where that would be of no use."""
    if wait is None:
        return None
    if isinstance(error, HTTPError):
        if error.code != _TOO_MANY and error.code < _FAULT:
            return None
        asked = _retry_after(error.headers.get("Retry-After", ""))
        wait = wait if asked is None else asked
    return wait if wait <= _LONGEST else None


def _retry_after(said: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, a date or a number."""
    if said.isdigit():
        return float(said)
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    except ValueError:
        return None


def _told(error: Exception) -> str:
    return f"HTTP {error.code}" if isinstance(error, HTTPError) else str(error) or repr(error)

"""Asks archives: at a pace, waiting as long as they ask for, and giving up in time."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin, urlsplit

from alescrawl.backfill.records import LONGEST_PAGE
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from scrapy.settings import BaseSettings

BUSY: Final = frozenset({429, 500, 502, 503, 504})
LONGEST_ANSWER: Final = 4 * LONGEST_PAGE
_TRIES: Final = 6
_PIECE: Final = 32 * 1024 * 1024
_WHOLE: Final = 200
_PART: Final = 206
_NOTHING_MORE: Final = 416


class ArchiveUnreachable(DatasetError):  # noqa: N818 - what the archive is
    """An archive does not answer, or not with what it was asked for; a later run may go on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; header names are in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow none: the answer says where to."""


@dataclass
class Client:
    """Asks servers one by one: *pace* seconds between two requests to a host.

    Of one that is busy (429, 5xx) it waits for what ``Retry-After`` says, or *first_wait* seconds
    and then twice as long each time, up to *longest_wait*; after some tries it gives up.
    """

    agent: str
    pace: float
    timeout: float = 30.0
    first_wait: float = 10.0
    longest_wait: float = 300.0
    requests: int = 0
    received: int = 0
    _last: dict[str, float] = field(default_factory=dict)

    @classmethod
    def from_settings(cls, settings: BaseSettings, *, shared_by: int = 1) -> Self:
        """Return a client; where several processes have one each, *shared_by* so many."""
        return cls(
            settings["USER_AGENT"],
            settings.getfloat("ALESCRAWL_ARCHIVE_DELAY") * shared_by,
            settings.getfloat("DOWNLOAD_TIMEOUT"),
            settings.getfloat("ALESCRAWL_FIRST_WAIT"),
            settings.getfloat("ALESCRAWL_LONGEST_WAIT"),
        )

    def get(self, url: str, part: tuple[int, int] | None = None, *, hops: int = 0) -> Answer:
        """Return the answer to a request for *url*, or for the bytes *part* of it.

        Of redirects so many *hops* are followed. Raises :exc:`ArchiveUnreachable`.
        """
        answer = self._patiently(url, part)
        place = answer.headers.get("location")
        if hops and place and answer.status in {301, 302, 303, 307, 308}:
            return self.get(urljoin(url, place), part, hops=hops - 1)
        return answer

    def download(self, url: str, path: Path) -> bool:
        """Fetch *url* to *path* piece by piece; return whether it is there."""
        with path.open("wb") as stream:
            while True:
                start = stream.tell()
                answer = self.get(url, (start, start + _PIECE), hops=3)
                if answer.status == _NOTHING_MORE and start:
                    return True
                if answer.status not in {_WHOLE, _PART}:
                    return False
                stream.write(answer.body)
                if answer.status == _WHOLE or len(answer.body) < _PIECE:
                    return True

    def _patiently(self, url: str, part: tuple[int, int] | None) -> Answer:
        why = ""
        for attempt in range(_TRIES):
            self._wait_for_turn(url)
            try:
                answer = self._ask(url, part)
            except (OSError, http.client.HTTPException, ValueError) as error:
                why, wait = str(error) or type(error).__name__, self._back_off(attempt)
            else:
                if answer.status not in BUSY:
                    return answer
                why = f"HTTP {answer.status}"
                wait = _retry_after(answer.headers) or self._back_off(attempt)
            if wait > self.longest_wait or attempt == _TRIES - 1:
                break
            time.sleep(wait)
        raise ArchiveUnreachable(
            f"{url} does not answer ({why}): what is read is kept, and the same command goes on"
        )

    def _back_off(self, attempt: int) -> float:
        return min(self.first_wait * 2.0**attempt, self.longest_wait)

    def _wait_for_turn(self, url: str) -> None:
        host = urlsplit(url).netloc
        time.sleep(max(0.0, self._last.get(host, 0.0) + self.pace - time.monotonic()))
        self._last[host] = time.monotonic()

    def _ask(self, url: str, part: tuple[int, int] | None) -> Answer:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ArchiveUnreachable(f"{url} is no address of the web")
        headers = {"User-Agent": self.agent}
        if part is not None:
            headers["Range"] = f"bytes={part[0]}-{part[1] - 1}"
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked above
        opener = urllib.request.build_opener(_NoRedirect())
        self.requests += 1
        try:
            with opener.open(request, timeout=self.timeout) as found:
                return self._read(url, found.status, found.headers, found)
        except urllib.error.HTTPError as error:
            with error:
                return self._read(url, error.code, error.headers, error)

    def _read(
        self,
        url: str,
        status: int,
        headers: Message,
        stream: http.client.HTTPResponse | urllib.error.HTTPError,
    ) -> Answer:
        body = stream.read(LONGEST_ANSWER + 1)
        self.received += len(body)
        if len(body) > LONGEST_ANSWER:
            raise ArchiveUnreachable(f"{url} answers with more than {LONGEST_ANSWER} bytes")
        named = {name.lower(): value for name, value in headers.items()}
        return Answer(url, status, named, body)


def _retry_after(headers: dict[str, str]) -> float | None:
    """Return the seconds that ``Retry-After`` asks for; it may name a moment."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

"""The files in which a host speaks to robots: asked once a day, kept in the ledger."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Self, TypeVar

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from alescrawl.crawling.failures import TOO_MANY_REQUESTS, HostStopped, error_verdict, retry_moment
from alescrawl.crawling.hosts.downloader import download_request
from alescrawl.crawling.hosts.private_addresses import PrivateAddress
from alescrawl.crawling.hosts.shared import shared_hosts
from alescrawl.crawling.hosts.stopped import Hosts, origin_of
from alescrawl.dataset.ledger.host_records import HostFile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response


T = TypeVar("T")


KEPT_FOR: Final = 3_600.0
"""Seconds; the ledger keeps the files themselves, and asks for them again after a day."""


class _Answer(NamedTuple, Generic[T]):
    read_at: float
    value: asyncio.Future[T]


class HostAnswers(Generic[T]):
    """Gives what *read* makes of the host of a request; requests that come meanwhile wait."""

    def __init__(self, read: Callable[[Request], Awaitable[T]], kept_for: float = KEPT_FOR) -> None:
        self._read = read
        self._kept_for = kept_for
        self._answers: dict[str, _Answer[T]] = {}

    async def get(self, request: Request) -> T:
        """Return what is known of the host of *request*; raise what reading it raised."""
        origin = origin_of(request)
        found = self._answers.get(origin)
        if found is None or monotonic() - found.read_at > self._kept_for:
            found = _Answer(monotonic(), asyncio.ensure_future(self._read(request)))
            self._answers[origin] = found
        # Shielded: a request that is cancelled must not take the answer from the others.
        return await asyncio.shield(found.value)


LONGEST_READ = 500 * 1024
"""Bytes; RFC 9309, section 2.5, obliges to read at least these of a robots.txt."""


SERVER_ERROR = 500
NO_FILE = HostFile(404, b"")

IS_HOST_FILE = "alescrawl_host_file"
"""Key of ``Request.meta``: such a request waits for no other file of its host."""


_PRIORITY = 1000


class Unreachable(Exception):  # noqa: N818 - what happened to the host
    """Nobody knows what the file says; ``reason`` names why, *until* when to wait."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


class HostFiles:
    """Scrapy extension: what each host answers at the well-known paths."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension."""
        return cls(crawler)

    async def get(self, origin: str, path: str, **meta: Any) -> HostFile:  # noqa: ANN401 - Scrapy's
        """Return the file at *path*, of today's answers or asked for now; redirects are followed.

        Raises :exc:`Unreachable` for server errors and where there is no answer, which is not
        kept, and :exc:`HostStopped`.
        """
        hosts = self._crawler.get_extension(Hosts)
        records = hosts.records if hosts is not None else None
        if records is not None and (kept := records.file(origin, path)) is not None:
            return kept
        found = await self._ask_once(origin, path, meta)
        if records is not None:
            records.keep_file(origin, path, found)
        return found

    async def _ask_once(self, origin: str, path: str, meta: dict[str, Any]) -> HostFile:
        """Ask, or wait for the answer to what a crawl beside this one is asking."""
        on_their_way = shared_hosts(self._crawler).file_requests
        if (origin, path) not in on_their_way:
            answer = asyncio.ensure_future(self._ask(origin + path, meta))
            on_their_way[origin, path] = answer
            answer.add_done_callback(lambda _: on_their_way.pop((origin, path)))
        return await asyncio.shield(on_their_way[origin, path])

    async def _ask(self, url: str, meta: dict[str, Any]) -> HostFile:
        try:
            response = await self._download(url, meta)
        except HostStopped:
            raise
        except PrivateAddress as error:
            raise Unreachable("private_address") from error
        except IgnoreRequest as error:
            if (reason := error_verdict(error).reason) != "redirect_loop":
                # One that is too large, of a bomb say, is there and cannot be read.
                raise Unreachable(reason) from error
            # Redirected round and round: RFC 9309, section 2.3.1.2, lets that pass for none.
            return NO_FILE
        except Exception as error:
            raise Unreachable(error_verdict(error).reason) from error
        if response.status >= SERVER_ERROR or response.status == TOO_MANY_REQUESTS:
            raise Unreachable(f"http_{response.status}", retry_moment(response))
        # One byte more, to be seen to be too long.
        return HostFile(response.status, response.body[: LONGEST_READ + 1])

    async def _download(self, url: str, meta: dict[str, Any]) -> Response:
        # A host may keep its rules on another, which is then no other source.
        meta = {IS_HOST_FILE: True, "allow_offsite": True, **meta}
        request = Request(url, priority=_PRIORITY, callback=NO_CALLBACK, meta=meta)
        return await download_request(self._crawler, request)

"""The newsroom's HTTP server on loopback: conditional requests, a log, and a second day."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from alescrawl.newsroom.edition import LAST_DAY, Edition

if TYPE_CHECKING:
    from types import TracebackType

    from alescrawl.newsroom.edition import Resource
    from alescrawl.newsroom.truth import Truth

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it; ``at`` is when it was answered, aware and in UTC."""

    path: str
    status: int
    user_agent: str | None
    if_none_match: str | None
    if_modified_since: str | None
    at: datetime


class Newsroom:
    """A small news site on a port of this machine, from ``__enter__`` to ``__exit__``.

    *latency* is in seconds, for each answer; *port* 0 takes any that is free.
    Raises ``OSError`` where the port is taken.
    """

    def __init__(self, latency: float = 0.0, port: int = 0) -> None:
        self.latency = latency
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._server = _Server((HOST, port), _Handler)
        self._server.newsroom = self
        self.url = f"http://{HOST}:{self._server.server_address[1]}"
        self.edition = Edition(self.url, day=1)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def feed_url(self) -> str:
        """The RSS feed."""
        return f"{self.url}/feed/"

    @property
    def atom_url(self) -> str:
        """The Atom feed."""
        return f"{self.url}/atom.xml"

    @property
    def sitemap_url(self) -> str:
        """The sitemap index."""
        return f"{self.url}/sitemap.xml"

    @property
    def requests(self) -> list[Request]:
        """The requests answered so far, in order."""
        with self._lock:
            return list(self._requests)

    def next_day(self) -> None:
        """Go on to the second day: one article corrected, one gone, two new ones.

        Raises ``RuntimeError`` when it has already come.
        """
        if self.edition.day == LAST_DAY:
            raise RuntimeError("the newsroom has only two days")
        self.edition = Edition(self.url, day=LAST_DAY)

    def truth(self) -> list[Truth]:
        """Return what a perfect crawl of today's edition gives, for each path."""
        return self.edition.truth()

    def log(self, request: Request) -> None:
        """Keep *request*; safe to call from any thread."""
        with self._lock:
            self._requests.append(request)


class _Server(ThreadingHTTPServer):
    """A threaded server that hangs up on its clients when it closes."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    newsroom: Newsroom

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if not isinstance(request, tuple):
            self._open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client may hang up
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from today's edition."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together

    def do_GET(self) -> None:
        """Answer with the page, its validators, or 304."""
        newsroom = self.server.newsroom
        if newsroom.latency:
            time.sleep(newsroom.latency)
        path = self.path.partition("?")[0]
        resource = newsroom.edition.resources.get(path) or newsroom.edition.not_found(path)
        status = HTTPStatus.NOT_MODIFIED if self._has_current(resource) else resource.status
        newsroom.log(self._request(status))
        self._answer(resource, status)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: the newsroom keeps its own log."""

    def _has_current(self, resource: Resource) -> bool:
        if resource.status != HTTPStatus.OK:
            return False
        if tags := self.headers.get("If-None-Match"):
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return resource.etag.removeprefix("W/") in known or "*" in known
        since = _http_date(self.headers.get("If-Modified-Since"))
        return since is not None and resource.changed <= since

    def _request(self, status: int) -> Request:
        return Request(
            self.path,
            status,
            self.headers.get("User-Agent"),
            self.headers.get("If-None-Match"),
            self.headers.get("If-Modified-Since"),
            datetime.now(UTC),
        )

    def _answer(self, resource: Resource, status: int) -> None:
        self.send_response(status)
        if resource.status == HTTPStatus.OK:
            self.send_header("ETag", resource.etag)
            changed = resource.changed.astimezone(UTC)
            self.send_header("Last-Modified", format_datetime(changed, usegmt=True))
        for name, value in resource.headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(resource.body)))
        self.end_headers()
        if status != HTTPStatus.NOT_MODIFIED and self.command == "GET":
            self.wfile.write(resource.body)


def _http_date(value: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(value).astimezone(UTC) if value else None
    except ValueError:
        return None

"""A web site for tests: a real HTTP server on loopback whose answers a test writes down."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass
class Answer:
    """What the site says at one address; *cut* bytes of the body are promised and not sent.

    *stream*, where it is set, gives all that is sent instead: status line, headers and body.
    """

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int = 0
    type: str = "text/html; charset=utf-8"
    stream: Callable[[], Iterable[bytes]] | None = None


class Hit(NamedTuple):
    """One line of the access log; *at* is in seconds of a monotonic clock."""

    path: str
    status: int
    at: float


class Site:
    """A context manager; ``pages`` maps paths to :class:`Answer` and may change at any time.

    ``before``, where it is set, is given each path and may answer instead.
    """

    def __init__(
        self,
        pages: dict[str, Answer | str] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.pages = {p: _answer(a) for p, a in (pages or {}).items()}
        self.asked: list[tuple[str, int]] = []
        self.log: list[Hit] = []
        self.before: Callable[[str], Answer | None] = lambda _path: None
        self.agents: set[str] = set()
        self.conditional: list[str] = []
        self._server = ThreadingHTTPServer((host, port), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __setitem__(self, path: str, answer: Answer | str) -> None:
        self.pages[path] = _answer(answer)

    def article_paths(self) -> list[str]:
        """Return the paths of articles that were asked for, in order."""
        return [path for path, _ in self.asked if is_article(path)]


def is_article(path: str) -> bool:
    """Return whether *path* is one under which the tests publish articles."""
    return path.startswith("/a") and path != "/ai.txt"


NOT_FOUND = Answer("nothing here", status=404)


def _answer(answer: Answer | str) -> Answer:
    return answer if isinstance(answer, Answer) else Answer(answer)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            came = time.monotonic()
            answer = site.before(self.path) or site.pages.get(self.path, NOT_FOUND)
            site.agents.add(self.headers.get("User-Agent", ""))
            status = answer.status
            etag = answer.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status = 304
                site.conditional.append(self.path)
            site.asked.append((self.path, status))
            site.log.append(Hit(self.path, status, came))
            time.sleep(answer.delay)
            if answer.stream is not None:
                self._send(answer.stream())
                return
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            body = b"" if status == 304 else body.replace(b"{root}", site.url.encode())
            self.send_response(status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(body) + answer.cut))
            for name, value in answer.headers.items():
                self.send_header(name, value.replace("{root}", site.url))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = self.close_connection or answer.cut > 0

        def _send(self, pieces: Iterable[bytes]) -> None:
            self.close_connection = True
            with suppress(OSError):  # the crawler had enough
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def page(title: str, text: str = "", *, head: str = "", published: str = "") -> str:
    """Return an article's page: *text* is its paragraphs, one a line."""
    lines = text or f"{title}, dit le premier paragraphe de cet article inventé pour les tests."
    paragraphs = "".join(f"<p>{line}</p>" for line in lines.splitlines())
    date = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<html lang="fr"><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article">{date}{head}</head><body><article>'
        f"<h1>{title}</h1>{paragraphs}<p>Le reste du texte suit, assez long pour être un article, "
        "avec une phrase de plus.</p></article></body></html>"
    )


def sitemap(*entries: str | tuple[str, str]) -> Answer:
    """Return a sitemap of paths, or of paths with their lastmod."""
    pairs = [(e, "") if isinstance(e, str) else e for e in entries]
    urls = "".join(
        f"<url><loc>{{root}}{path}</loc>{f'<lastmod>{mod}</lastmod>' if mod else ''}</url>"
        for path, mod in pairs
    )
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        type="application/xml",
    )

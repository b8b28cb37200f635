"""A generated news site for speed measurements, served by a process of its own.

    python benchmarks/generated_site.py --pages 2000 --port 0

prints the site's address once it answers. From Python: ``with serving(pages=2000) as site``.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generated_pages import Newspaper

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
PATH = re.compile(rb"(?:GET|HEAD) (\S+) HTTP/1\.1\r\n")
IF_NONE_MATCH = re.compile(rb"\r\nif-none-match: *([^\r]+)", re.IGNORECASE)
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Answers:
    """The complete answer to each path, made before the first request comes."""

    def __init__(self, newspaper: Newspaper, base: str) -> None:
        self.answers: dict[bytes, tuple[bytes, bytes]] = {}
        articles = [newspaper.article(number) for number in range(newspaper.pages)]
        for number, article in enumerate(articles):
            self._add(article.path, "text/html; charset=utf-8", newspaper.page(number, base))
        urls = "\n".join(
            f"<url><loc>{base}{article.path}</loc><lastmod>{article.modified.isoformat()}</lastmod></url>"
            for article in articles
        )
        items = "\n".join(
            f"<item><title>{article.title}</title><link>{base}{article.path}</link>"
            f"<pubDate>{article.published:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
            for article in articles
        )
        self._add("/sitemap.xml", "application/xml", f'<urlset xmlns="{SITEMAPS}">{urls}</urlset>')
        rss = f'<rss version="2.0"><channel><title>Site généré</title>{items}</channel></rss>'
        self._add("/feed/", "application/rss+xml; charset=utf-8", rss)
        robots = f"User-agent: *\nDisallow: /prive/\nSitemap: {base}/sitemap.xml\n"
        self._add("/robots.txt", "text/plain", robots)

    def _add(self, path: str, content_type: str, content: str | bytes) -> None:
        body = content.encode() if isinstance(content, str) else content
        tag = f'"{path[-40:-5]}-{len(body)}"'
        head = f"ETag: {tag}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        answer = b"HTTP/1.1 200 OK\r\n" + head.encode() + body
        self.answers[path.encode()] = tag.encode(), answer

    def __call__(self, request: bytes) -> bytes:
        """Return the answer to *request*, its head without the empty line that ends it."""
        match = PATH.match(request)
        known = self.answers.get(match[1]) if match else None
        if known is None:
            return NOT_FOUND
        tag, answer = known
        condition = IF_NONE_MATCH.search(request)
        if condition and condition[1] == tag:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        return answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if request[:4] == b"HEAD" else answer


class Connection(asyncio.Protocol):
    """One client: answers its requests in order and keeps the connection."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.buffer = (self.buffer + data).split(b"\r\n\r\n")
        for request in requests:
            self.transport.write(self.answers(request + b"\r\n"))


async def serve(pages: int, seed: int, port: int) -> None:
    """Serve until cancelled; print the address when ready."""
    loop = asyncio.get_running_loop()
    holder: list[Answers] = []
    server = await loop.create_server(
        lambda: Connection(holder[0]), HOST, port, start_serving=False
    )
    base = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    holder.append(Answers(Newspaper(pages, seed), base))
    await server.start_serving()
    print(base, flush=True)
    await server.serve_forever()


@dataclass(frozen=True)
class ServedSite:
    """A site that runs in another process, and the newspaper that it shows."""

    url: str
    newspaper: Newspaper
    process: subprocess.Popen[str]


@contextmanager
def serving(pages: int = 2000, seed: int = 1) -> Iterator[ServedSite]:
    """Start the site in a process of its own and stop it at the end."""
    command = [sys.executable, str(Path(__file__).resolve()), f"--pages={pages}", f"--seed={seed}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            if not url:
                raise RuntimeError("the generated site did not start")
            yield ServedSite(url, Newspaper(pages, seed), process)
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--port", type=int, default=0, help="0 takes any that is free")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.pages, options.seed, options.port))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

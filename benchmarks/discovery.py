"""Time and memory to find that all addresses of large sitemaps are known.

    python benchmarks/discovery.py [--addresses 100000] [--no-record]

A sitemap index with 50,000 addresses a sitemap is served on loopback and listed once; then all
are marked as articles that were read. Measured are the runs after that, each a whole process.
Exits with 1 where the decision takes more than 10 seconds of CPU: the clock on the wall also
measures what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from measured import Usage, measure
from results import record

from alescrawl.dataset.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PER_SITEMAP = 50_000
FEW = 1_000
MOST_SECONDS = 10.0
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MARK_READ = "UPDATE urls SET status = 'article', fetched_at = last_seen, next_check = NULL"


class Sitemaps:
    """The sitemaps of *addresses* articles; ``etags`` says whether they can be asked for again."""

    def __init__(self, addresses: int) -> None:
        self.etags = False
        self.bodies: dict[str, bytes] = {}
        starts = range(0, addresses, PER_SITEMAP)
        for start in starts:
            numbers = range(start, min(start + PER_SITEMAP, addresses))
            urls = "".join(
                f"<url><loc>{{root}}/actualites/la-commune-ouvre-le-dossier-{n}</loc>"
                "<lastmod>2020-05-01T08:00:00+00:00</lastmod></url>"
                for n in numbers
            )
            self.bodies[f"/{start}.xml"] = f'<urlset xmlns="{NAMESPACE}">{urls}</urlset>'.encode()
        maps = "".join(f"<sitemap><loc>{{root}}/{start}.xml</loc></sitemap>" for start in starts)
        index = f'<sitemapindex xmlns="{NAMESPACE}">{maps}</sitemapindex>'
        self.bodies["/sitemap.xml"] = index.encode()


def handler(sitemaps: Sitemaps) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = sitemaps.bodies.get(self.path, b"")
            tag = f'"{self.path}-{len(body)}"'
            known = sitemaps.etags and self.headers.get("If-None-Match") == tag
            body = (
                b"" if known else body.replace(b"{root}", f"http://{self.headers['Host']}".encode())
            )
            self.send_response(304 if known else 200 if body else 404)
            if sitemaps.etags:
                self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving(sitemaps: Sitemaps) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(sitemaps))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def crawl(root: str, output: Path) -> Usage:
    settings = (f"ALESCRAWL_OUTPUT={output}", "DOWNLOAD_DELAY=0", "SPIDER_MODULES=generated_spider")
    command = [sys.executable, "-m", "scrapy", "crawl", "generated", "-a", f"root={root}"]
    command += ["-a", "since=2026-01-01"]
    command += [word for setting in settings for word in ("-s", setting)]
    path = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    return measure(command, ROOT, {"PYTHONPATH": path})


def runs(addresses: int) -> dict[str, Usage]:
    """Return what the runs over *addresses* used, by what they were about."""
    sitemaps = Sitemaps(addresses)
    with tempfile.TemporaryDirectory() as folder, serving(sitemaps) as root:
        output = Path(folder) / "output"
        used = {"first listing": crawl(root, output)}
        with closing(sqlite3.connect(Folder(output).ledger)) as db, db:
            marked = db.execute(MARK_READ).rowcount
            if marked != addresses:
                raise RuntimeError(f"{marked} of {addresses} addresses were listed")
        used["all known, no validators"] = crawl(root, output)
        sitemaps.etags = True
        crawl(root, output)
        used["all known, not modified"] = crawl(root, output)
    return used


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    lines = ["| addresses | run | seconds | CPU seconds | peak MB |", "|--:|---|--:|--:|--:|"]
    used: dict[str, Usage] = {}
    for addresses in (FEW, options.addresses):
        used = runs(addresses)
        lines += [
            f"| {addresses:,} | {name} | {each.seconds:.1f} | {each.cpu_seconds:.1f} "
            f"| {each.peak_mb:.0f} |"
            for name, each in used.items()
        ]
    text = "\n".join(lines)
    print(text)
    if not options.no_record:
        record("Discovery: all is known", text)
    return 1 if used["all known, no validators"].cpu_seconds > MOST_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())

"""A web archive on loopback: indexes in the forms of pywb and Common Crawl, WARCs in ranges."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, unquote, urlsplit

from alescrawl.backfill.records import read_record, stream_of
from alescrawl.backfill.warc_files import captures_in

if TYPE_CHECKING:
    from pathlib import Path

    from alescrawl.dataset.ledger.captures import Capture

CRAWLS = ("CC-MAIN-2015-14", "CC-MAIN-2016-22")


class ArchiveServer:
    """Serves *warcs*: ``busy`` is how many of the next requests are answered with 503."""

    def __init__(self, folder: Path, page_size: int = 2) -> None:
        self.folder = folder
        self.page_size = page_size
        self.asked: list[tuple[str, str | None]] = []
        self.busy = 0
        self.gone: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def captures(self) -> list[Capture]:
        names = sorted(self.folder.glob("*.warc.gz"))
        return [
            each
            for name in names
            for each in captures_in(str(name), name.name, lambda _: True, Counter())
        ]

    def answer(self, path: str, part: str | None) -> tuple[int, dict[str, str], bytes]:
        self.asked.append((path, part))
        if self.busy:
            self.busy -= 1
            return 503, {"Retry-After": "0"}, b"slow down"
        if (shown := re.fullmatch(r"/(?:coll|web)/(\d{14})id_/(.*)", path)) is not None:
            return self._replay(shown[1], unquote(shown[2]))
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if "cdx" in parts.path or "index" in parts.path or "info" in parts.path:
            return self._list(parts.path, query)
        if parts.path.endswith("warc.paths.gz"):
            names = "\n".join(f.name for f in sorted(self.folder.glob("*.warc.gz")))
            return 200, {}, gzip.compress(names.encode())
        return self._range(parts.path.rpartition("/")[2], part)

    def _list(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path == "/collinfo.json":
            return 200, {}, json.dumps([self._crawl(name) for name in CRAWLS]).encode()
        if (named := re.fullmatch(r"/(CC-MAIN-[\d-]+)-index", path)) is not None:
            return self._index(query, named[1])
        if path == "/coll/cdx":
            return 200, {}, "\n".join(map(_line, self.captures())).encode()
        return self._wayback(query)

    def _crawl(self, name: str) -> dict[str, str]:
        return {"id": name, "name": name, "cdx-api": f"{self.url}/{name}-index"}

    def _index(self, query: dict[str, str], crawl: str) -> tuple[int, dict[str, str], bytes]:
        year = int(crawl.split("-")[2])
        found = [each for each in self.captures() if each.captured_at.year == year]
        pages = -(-len(found) // self.page_size)
        if query.get("showNumPages"):
            told = {"pages": pages, "pageSize": self.page_size, "blocks": pages}
            return 200, {}, json.dumps(told).encode()
        start = int(query.get("page", 0)) * self.page_size
        if start >= len(found):
            return 404, {}, json.dumps({"message": "No Captures found"}).encode()
        return 200, {}, "\n".join(map(_line, found[start : start + self.page_size])).encode()

    def _wayback(self, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if query.get("showNumPages"):
            return 200, {}, b"1\n"
        names = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        rows = [
            ["x", f"{c.captured_at:%Y%m%d%H%M%S}", c.url, "text/html", "200", c.digest, "1"]
            for c in self.captures()
        ]
        return 200, {}, json.dumps([names, *rows]).encode()

    def _replay(self, stamp: str, url: str) -> tuple[int, dict[str, str], bytes]:
        for each in self.captures():
            if f"{each.captured_at:%Y%m%d%H%M%S}" == stamp and each.url == url:
                data = (self.folder / each.archive).read_bytes()
                found = read_record(stream_of(data), each.place.offset, each)
                marked = {f"X-Archive-Orig-{name}": value for name, value in found.headers}
                moment = f"{each.captured_at:%a, %d %b %Y %H:%M:%S GMT}"
                return 200, {**marked, "Memento-Datetime": moment}, found.body
        return 404, {}, b""

    def _range(self, name: str, part: str | None) -> tuple[int, dict[str, str], bytes]:
        path = self.folder / name
        if name in self.gone or not path.is_file():
            return 404, {}, b""
        data = path.read_bytes()
        bounds = re.fullmatch(r"bytes=(\d+)-(\d+)", part or "")
        if bounds is None:
            return 200, {}, data
        start, last = int(bounds[1]), int(bounds[2])
        if start >= len(data):
            return 416, {}, b""
        return 206, {}, data[start : last + 1]


def _line(capture: Capture) -> str:
    return json.dumps(
        {
            "urlkey": "x",
            "timestamp": f"{capture.captured_at:%Y%m%d%H%M%S}",
            "url": capture.url,
            "mime": "text/html",
            "status": "200",
            "digest": capture.digest,
            "length": str(capture.place.length),
            "offset": str(capture.place.offset),
            "filename": f"crawl-data/{capture.archive}",
        }
    )


def _handler(server: ArchiveServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = server.answer(self.path, self.headers.get("Range"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler

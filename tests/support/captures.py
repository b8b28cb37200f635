"""WARCs for tests of back-fills, written as crawlers write them, of pages that are invented."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zlib
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from alescrawl.dataset.ledger.connection import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy_command import Scrapy

HOST = "www.courrier-invente.example"
HTML = ("Content-Type", "text/html; charset=utf-8")


def record(
    url: str,
    day: str,
    body: str | bytes,
    *,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (HTML,),
    kind: str = "response",
    more: dict[str, str] | None = None,
    packed: bool = True,
) -> bytes:
    """Return one record, a gzip member, of a capture at *day* (an ISO moment)."""
    out = io.BytesIO()
    data = body.encode() if isinstance(body, str) else body
    http = StatusAndHeaders(f"{status} OK", list(headers), protocol="HTTP/1.1")
    moment = day if "T" in day else f"{day}T12:00:00Z"
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            io.BytesIO(data),
            http_headers=http,
            warc_headers_dict={"WARC-Date": moment, **(more or {})},
        )
    )
    return out.getvalue()


def gzipped(body: str) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """Return *body* as a server sends it compressed, and the headers that say so."""
    return gzip.compress(body.encode()), (HTML, ("Content-Encoding", "gzip"))


def chunked(body: str) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    data = body.encode()
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data)
    return sent, (HTML, ("Transfer-Encoding", "chunked"))


def allow(scrapy: Scrapy, robots: str = "", tdmrep: str = "[]", host: str = HOST) -> None:
    """Let the ledger hold what *host* says today, so that nobody is asked."""
    scrapy.output.mkdir(parents=True, exist_ok=True)
    Ledger(scrapy.output / "ledger.sqlite").close()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    files = {"/robots.txt": robots, "/.well-known/tdmrep.json": tdmrep}
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        for path, text in files.items():
            row = (f"https://{host}", path, now, 200, zlib.compress(text.encode()))
            db.execute("INSERT OR REPLACE INTO host_files VALUES (?, ?, ?, ?, ?)", row)


def write_warc(path: Path, *records: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(records))
    return path

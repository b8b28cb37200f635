"""Crawls the real pages of ../shared/bench/extraction: each gives a row or a counted reason.

Serves them on loopback, crawls them with the spider `urls` in a process of its own, and checks
the table and the ledger. Records the counts in RESULTS.md; exits with 1 where a page is missing.

    python benchmarks/real_pages.py [--judged] [--no-record]
"""

from __future__ import annotations

import argparse
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import alescrawl

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ALESCRAWL_SHARED", ROOT.parent / "shared"))
JUDGED = ("aeb", "fundus", "fr_segments", "fr_dates")
TO_LEARN_FROM = ("readability", "segments")
SETTINGS = ("DOWNLOAD_DELAY=0", "CONCURRENT_REQUESTS_PER_DOMAIN=8")


def pages(sets: tuple[str, ...]) -> dict[str, Path]:
    """Return the packed file of each page by its path on the server."""
    files = (f for name in sets for f in sorted((bench() / name / "html").glob("*.html.gz")))
    return {f"/{f.parent.parent.name}/{n}": f for n, f in enumerate(files)}


def bench() -> Path:
    folder = SHARED / "bench" / "extraction"
    if not folder.is_dir():
        sys.exit(f"no pages at {folder}: set ALESCRAWL_SHARED to the folder that holds bench/")
    return folder


def handler(served: dict[str, Path]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file = served.get(self.path)
            body = gzip.decompress(file.read_bytes()) if file else b""
            self.send_response(200 if file else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def crawl(root: str, paths: list[str], output: Path) -> subprocess.CompletedProcess[str]:
    named = output / "pages.txt"
    named.write_text("\n".join(root + path for path in paths), "utf-8")
    settings = [w for s in (f"ALESCRAWL_OUTPUT={output}", *SETTINGS) for w in ("-s", s)]
    command = [sys.executable, "-m", "scrapy", "crawl", "urls", "-a", f"file={named}", *settings]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def reasons(output: Path) -> Counter[str]:
    """Return how many addresses have each status and reason in the ledger."""
    with sqlite3.connect(output / "ledger.sqlite") as db:
        rows = db.execute("SELECT status, coalesce(reason, '') FROM urls").fetchall()
    return Counter(f"{status} {reason}".strip() for status, reason in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--judged", action="store_true", help="only the four judged sets")
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    served = pages(JUDGED if options.judged else JUDGED + TO_LEARN_FROM)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(served))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        output, began = Path(folder), time.monotonic()
        done = crawl(f"http://127.0.0.1:{server.server_port}", list(served), output)
        seconds = time.monotonic() - began
        print(done.stdout, done.stderr, sep="\n")
        rows = len(alescrawl.load_articles(output, columns=["article_id"]))
        counted = reasons(output)
    server.shutdown()
    return (
        report(served, rows, counted, seconds, record_it=not options.no_record) or done.returncode
    )


def report(
    served: dict[str, Path], rows: int, counted: Counter[str], seconds: float, *, record_it: bool
) -> int:
    lines = ["| what became of it | pages |", "|---|--:|"]
    lines += [f"| {name} | {count} |" for name, count in counted.most_common()]
    table = "\n".join(lines)
    text = (
        f"{len(served)} pages, {rows} rows, {seconds:.1f} s with start and publication.\n\n{table}"
    )
    print(text)
    missing = len(served) - sum(counted.values())
    silent = counted.get("found", 0)
    if missing or silent or rows != counted["article"]:
        print(f"{missing} pages without a record, {silent} never asked for", file=sys.stderr)
        return 1
    if record_it:
        from results import record  # noqa: PLC0415 - beside this script

        record("Real pages", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

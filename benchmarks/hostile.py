"""Crawls sites that are hostile, broken or odd, with this version and with another one.

    python benchmarks/hostile.py BEFORE [--no-record]

BEFORE is a checkout of the version to compare with. Each site has a good article beside what is
sent; a crawl that takes more than two minutes is ended, and counts as not finished.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from loopback import Answer, Site, page, sitemap  # noqa: E402
from results import record  # noqa: E402

import alescrawl  # noqa: E402
from alescrawl.dataset.errors import DatasetError  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 120
ARTICLES = 4
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BOMB = Answer(gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"})
SETTINGS = (
    *("DOWNLOAD_DELAY=0", "DOWNLOAD_TIMEOUT=5", "RETRY_ENABLED=0"),
    *("ALESCRAWL_FIRST_WAIT=0.5", "LOG_LEVEL=CRITICAL", "ALESCRAWL_CONTACT=a@exemple.fr"),
)


class Crawled(NamedTuple):
    """Wall seconds, or none where it did not finish; rows; exit code; what it said of reasons."""

    seconds: float | None
    rows: int
    code: int
    said: str


def endless(piece: Callable[[int], bytes], head: bytes, wait: float) -> Answer:
    def stream() -> Iterator[bytes]:
        yield head
        for number in range(10**9):
            yield piece(number)
            time.sleep(wait)

    return Answer(stream=stream)


def good() -> Site:
    """Return a site with a sitemap of articles, all as they should be."""
    site = Site({"/": "<html><body><h1>Journal</h1></body></html>"})
    paths = [f"/economie/article-numero-{n}.html" for n in range(ARTICLES)]
    site["/robots.txt"] = Answer("User-agent: *\nSitemap: {root}/sitemap.xml\n", type="text/plain")
    site["/sitemap.xml"] = sitemap(*((path, f"2026-10-0{n + 1}") for n, path in enumerate(paths)))
    for number, path in enumerate(paths):
        site[path] = page(
            f"Une halle numéro {number} ouvre à Alès", published=f"2026-10-0{number + 1}"
        )
    return site


FIRST = "/economie/article-numero-0.html"


def _page(answer: Answer | str) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        site[FIRST] = answer

    return change


def _at(path: str, answer: Answer) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        site[path] = answer

    return change


def _every_page(body: str) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        for number in range(ARTICLES):
            site[f"/economie/article-numero-{number}.html"] = body

    return change


def _feed(site: Site) -> None:
    body = "<rss version='2.0'><channel><title>a & b</title>" + "<![CDATA[" * 20_000
    site["/"] = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
    )
    site["/feed"] = Answer(body, type="application/rss+xml")


def _lists(site: Site) -> None:
    site["/robots.txt"] = Answer("User-agent: *\n", type="text/plain")
    del site.pages["/sitemap.xml"]

    def answer(path: str) -> Answer | None:
        if path != "/" and not path.startswith("/?page="):
            return None
        number = int(path.partition("=")[2] or 1)
        links = "".join(
            f'<h2><a href="/economie/article-numero-{n}.html">Une halle numéro {n} ouvre</a></h2>'
            for n in range(ARTICLES)
        )
        return Answer(
            f'<html><body>{links}<a href="/?page={number + 1}">Page suivante</a></body></html>'
        )

    site.before = answer


WALL = page(
    "Votre vie privée", "Nous et nos partenaires utilisons des traceurs.\nAcceptez ou refusez."
)
GONE = page(
    "Page introuvable", "La page que vous cherchez n'existe pas ou plus.\nRevenez à l'accueil."
)
KINDS: dict[str, Callable[[Site], None]] = {
    "nothing: all is well": lambda _: None,
    "a feed of 180 KB of unclosed CDATA after a bare &": _feed,
    "an element with 20,000 attributes": _page(
        f"<html><body><p {' '.join(f'a{n}=1' for n in range(20_000))}>a</p></body></html>"
    ),
    "a title of 20 KB of separators": _page(page("| " * 10_000)),
    "« Page suivante » for ever": _lists,
    "a gzip bomb of 60 MB as a page": _page(BOMB),
    "the same as robots.txt": _at("/robots.txt", BOMB),
    "a body of a byte each 0.2 s": _page(
        endless(lambda _: b"a", HEAD + b"Content-Length: 9999\r\n\r\n", 0.2)
    ),
    "headers that never end": _page(endless(lambda n: b"X-%d: a\r\n" % n, HEAD, 0.05)),
    "chunks that never end": _page(
        endless(
            lambda _: b"10000\r\n" + b"a" * 0x10000 + b"\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            0,
        )
    ),
    "Retry-After: 99999999 on one page": _page(
        Answer("non", status=503, headers={"Retry-After": "99999999"})
    ),
    "a consent page in place of each article": _every_page(WALL),
    "« Page introuvable », status 200, for each": _every_page(GONE),
    "pages of 90 bytes": _every_page("<html><body><p>Bientôt.</p></body></html>"),
}


def crawl(root: Path, change: Callable[[Site], None]) -> Crawled:
    with tempfile.TemporaryDirectory() as folder, good() as site:
        change(site)
        options = [
            word
            for each in (*SETTINGS, f"ALESCRAWL_OUTPUT={folder}/output")
            for word in ("-s", each)
        ]
        words = ["crawl", "site", "-a", f"url={site.url}/", "-a", "since=2020-01-01", *options]
        began = time.monotonic()
        running = subprocess.Popen(
            [sys.executable, "-m", "scrapy.cmdline", *words],
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": str(root),
                "SCRAPY_SETTINGS_MODULE": "alescrawl.settings",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        seconds = None
        try:
            said, _ = running.communicate(timeout=LONGEST)
            seconds = time.monotonic() - began
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 9)
            said, _ = running.communicate()
        return Crawled(seconds, _rows(Path(folder) / "output"), running.returncode, _reasons(said))


def _rows(output: Path) -> int:
    try:
        return len(alescrawl.load_articles(output, columns=["article_id"]))
    except DatasetError:
        return 0


_TOLD = re.compile(
    r"(?:refused|failed|not_article|not article|passed over|left|none|nothing|no |because)"
    r"|.*(?:cannot be read|broken|degraded|Traceback|stopped|asked enough)",
    re.IGNORECASE,
)


def _reasons(said: str) -> str:
    """Return what the run says of what brought nothing."""
    lines = [" ".join(line.split()) for line in said.splitlines()]
    told = [each for each in lines if _TOLD.match(each) and not each.endswith(" 0")]
    return re.sub(r"(?:http://)?127\.0\.0\.1[:-]?\d*|\|", "", "; ".join(told))[:220]


def _cell(crawled: Crawled) -> str:
    took = "not finished" if crawled.seconds is None else f"{crawled.seconds:.0f} s"
    return f"{took}, {crawled.rows} rows, exit {crawled.code}"


def _commit(folder: Path) -> str:
    words = ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("before", type=Path)
    arguments.add_argument("--no-record", action="store_true")
    asked = arguments.parse_args()
    sys.argv[1:] = ["BEFORE"]
    lines = [
        (
            f"Before is commit {_commit(asked.before)}. Sites of {ARTICLES} articles; what is "
            "sent stands in place of one, a route, or all."
        ),
        "",
        "| what was sent | before | now | what the run says |",
        "|---|---|---|---|",
    ]
    for name, change in KINDS.items():
        before, now = crawl(asked.before.resolve(), change), crawl(ROOT, change)
        lines.append(f"| {name} | {_cell(before)} | {_cell(now)} | {now.said} |")
        print(lines[-1], flush=True)
    if not asked.no_record:
        record("Hostile and broken sites", "\n".join(lines))


if __name__ == "__main__":
    main()

"""Counts what a second crawl asks for when nothing changed, and when a few articles did.

    python benchmarks/second_crawl.py [--pages 300] [--no-record]

The site is the generated one, in this process, so that its pages can change between two crawls.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CalledProcessError
from types import SimpleNamespace
from typing import TYPE_CHECKING

from crawl_speed import crawl_ours
from generated_pages import Newspaper
from generated_site import HOST, PATH, Answers, Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITED = (3, 50, 120)
DELETED = 200
MOST_REQUESTS = 0.05
"""Requests per article that a run with nothing new may make."""


class ChangingSite(Answers):
    """The generated site, whose articles can be edited and deleted; remembers what was asked."""

    def __init__(self, newspaper: Newspaper, base: str) -> None:
        super().__init__(newspaper, base)
        self.newspaper = newspaper
        self.url = base
        self.asked: list[str] = []

    def __call__(self, request: bytes) -> bytes:
        """Return the answer to *request*."""
        match = PATH.match(request)
        self.asked.append(match[1].decode() if match else "")
        return super().__call__(request)

    def edit(self, number: int) -> None:
        """Put new words into an article and say in the sitemap that it changed."""
        path = self._modified(number)
        html = self.newspaper.page(number, self.url).decode()
        self._add(path, "text/html; charset=utf-8", html.replace("<p>", "<p>Mise à jour : ", 1))

    def delete(self, number: int) -> None:
        """Take an article away; the sitemap still lists it."""
        del self.answers[self._modified(number).encode()]

    def _modified(self, number: int) -> str:
        article = self.newspaper.article(number)
        sitemap = self.answers[b"/sitemap.xml"][1].partition(b"\r\n\r\n")[2].decode()
        before = f"{article.path}</loc><lastmod>{article.modified.isoformat()}"
        after = f"{article.path}</loc><lastmod>{datetime.now(UTC).isoformat()}"
        self._add("/sitemap.xml", "application/xml", sitemap.replace(before, after))
        return article.path


@contextmanager
def changing_site(pages: int) -> Iterator[ChangingSite]:
    """Serve the site from a thread until the end of the block."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    holder: list[ChangingSite] = []
    making = loop.create_server(lambda: Connection(holder[0]), HOST, 0, start_serving=False)
    server = asyncio.run_coroutine_threadsafe(making, loop).result()
    base = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    holder.append(ChangingSite(Newspaper(pages), base))
    asyncio.run_coroutine_threadsafe(server.start_serving(), loop).result()
    yield holder[0]
    loop.call_soon_threadsafe(loop.stop)


def crawl(site: ChangingSite, folder: Path) -> tuple[int, int]:
    """Crawl *site* into *folder*; return its requests, and those for articles."""
    site.asked.clear()
    crawl_ours(SimpleNamespace(url=site.url), folder)
    return len(site.asked), sum(path.startswith("/articles/") for path in site.asked)


def noticed(site: ChangingSite, folder: Path) -> tuple[int, int]:
    """Return how many edits are revisions of the table, and how many deletions in the ledger."""
    import pandas as pd  # noqa: PLC0415 - what the crawls use is measured without it

    changed = pd.read_parquet(folder / "output" / "articles", columns=["url", "revision"])
    revised = set(changed[changed.revision > 1].url)
    edits = {site.url + site.newspaper.article(number).path for number in EDITED}
    runs = pd.read_parquet(folder / "output" / "runs", columns=["started", "gone"])
    return len(edits & revised), int(runs.sort_values("started").gone.iloc[-1])


def measure(site: ChangingSite, folder: Path) -> tuple[str, bool]:
    """Crawl three times; return the table of figures, and whether they are good."""
    pages = site.newspaper.pages
    rows = [("first run", *crawl(site, folder)), ("nothing changed", *crawl(site, folder))]
    for number in EDITED:
        site.edit(number)
    site.delete(DELETED)
    rows.append((f"{len(EDITED)} edited, 1 deleted", *crawl(site, folder)))
    found = noticed(site, folder)
    lines = ["| run | requests | of them articles | requests per article |", "|---|--:|--:|--:|"]
    lines += [f"| {name} | {n} | {of} | {n / pages:.4f} |" for name, n, of in rows]
    verdict = f"Noticed: {found[0]} of {len(EDITED)} edits, {found[1]} of 1 deletion."
    quiet = rows[1][1] / pages < MOST_REQUESTS and rows[1][2] == 0
    head = f"{pages} generated pages; the sitemap's lastmod says which changed."
    return "\n\n".join([head, "\n".join(lines), verdict]), quiet and found == (len(EDITED), 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    with changing_site(options.pages) as site, tempfile.TemporaryDirectory() as folder:
        try:
            text, good = measure(site, Path(folder))
        except CalledProcessError as error:
            print(error.output, f"failed: {' '.join(error.cmd)}", sep="\n", file=sys.stderr)
            return 1
    print(text)
    if not options.no_record:
        from results import record  # noqa: PLC0415 - beside this script

        record("Incremental crawls", text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

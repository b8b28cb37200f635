"""Crawls of a content management system: what came of them and what the site saw of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import alescrawl
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from partner import Asked, Cms, Published

SUPPORT = Path(__file__).parents[1] / "support"
QUICK = ("DOWNLOAD_DELAY=0",)
EVER = "since=2000-01-01"
GONE = 404
MODULE = "# Save this as"


@dataclass(frozen=True)
class Crawl:
    """One run: the dataset after it (article by address), what was asked for, what was printed."""

    articles: dict[str, dict]
    asked: list[Asked]
    truth: dict[str, Published]
    printed: str

    @property
    def pages(self) -> list[Asked]:
        """The requests for the addresses of articles."""
        return [asked for asked in self.asked if asked.url in self.truth]

    def missing(self) -> list[str]:
        """Return the published articles that the dataset lacks."""
        return sorted(set(self.truth) - set(self.articles))

    def superfluous(self) -> list[str]:
        """Return the rows of the dataset that are no published article."""
        return sorted(set(self.articles) - set(self.truth))

    def wrong(self, field: str) -> list[str]:
        """Return the addresses whose *field* is not what the site holds."""
        both = set(self.articles) & set(self.truth)
        return sorted(url for url in both if not self._is_right(url, field))

    def _is_right(self, url: str, field: str) -> bool:
        read, true = self.articles[url][field], getattr(self.truth[url], field)
        if field in {"title", "text"}:
            return normalise(read) == normalise(true)
        return list(read) == true if field == "authors" else read == true

    def module(self) -> str:
        """Return the module of the source that `scrapy crawl site` prints."""
        return self.printed[self.printed.index(MODULE) :]


def crawl(cms: Cms, output: Path, *words: str, settings: tuple[str, ...] = QUICK) -> Crawl:
    """Crawl *cms* into *output* with `scrapy crawl *words*`. Raises where the command fails."""
    began = time.time()
    options = [w for s in (*settings, f"ALESCRAWL_OUTPUT={output}") for w in ("-s", s)]
    path = (SUPPORT.parent, SUPPORT, output.parent)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", *words, *options],
        cwd=SUPPORT.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"scrapy ended with {done.returncode}: {done.stdout}{done.stderr}")
    table = alescrawl.load_articles(output)
    rows = {row["url"]: row for row in table.to_dict("records")}
    return Crawl(rows, cms.log(began), cms.truth(), done.stdout)


@dataclass(frozen=True)
class History:
    """A first crawl, one with nothing changed, and one after edits and a deletion."""

    first: Crawl
    second: Crawl
    third: Crawl
    edited: dict[str, str]
    """The sentence that was added, by address."""
    deleted: str

    def noticed_edits(self) -> list[str]:
        """Return the edited articles whose new sentence is in the dataset."""
        rows = self.third.articles
        return [url for url, added in self.edited.items() if added in rows[url]["text"]]

    def noticed_deletion(self) -> bool:
        """Return whether the crawl has seen that the deleted article is gone."""
        answers = {asked.url: asked.status for asked in self.third.asked}
        return answers.get(self.deleted) == GONE


def history(cms: Cms, folder: Path) -> History:
    """Explore *cms*, then crawl it twice as a source of its own, in *folder*.

    Before the last crawl an old, a middling and a new article change, and one is deleted.
    """
    output = folder / "output"
    first = crawl(cms, output, "site", "-a", f"url={cms.url}", "-a", EVER)
    found = folder / "found"
    found.mkdir()
    (found / "__init__.py").touch()
    (found / "source.py").write_text(first.module(), "utf-8")
    again = (cms.url.removeprefix("http://").replace(":", "-"), "-a", EVER)
    settings = (*QUICK, "SPIDER_MODULES=found")
    second = crawl(cms, output, *again, settings=settings)
    edited, deleted = change(cms)
    third = crawl(cms, output, *again, settings=settings)
    return History(first, second, third, edited, deleted)


def change(cms: Cms) -> tuple[dict[str, str], str]:
    """Edit an old, a middling and a new article and delete another.

    Returns the sentences that were added, by address, and the address that is gone.
    """
    numbers = sorted(cms.held, key=lambda number: cms.held[number].published)
    edited = {cms.held[n].url: cms.edit(n) for n in (numbers[1], numbers[25], numbers[-2])}
    deleted = cms.held[numbers[20]].url
    cms.delete(numbers[20])
    return edited, deleted

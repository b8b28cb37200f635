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

TESTS = Path(__file__).parents[1]
QUICK = ("DOWNLOAD_DELAY=0", "SPIDER_MODULES=alescrawl.spiders,sources.declared")


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
        return [asked for asked in self.asked if self._is_article(asked.path)]

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

    def _is_article(self, path: str) -> bool:
        return any(
            url.endswith(path.rstrip("/") + url[len(url.rstrip("/")) :]) for url in self.truth
        )


def crawl(
    cms: Cms,
    output: Path,
    *arguments: str,
    settings: tuple[str, ...] = QUICK,
    declared: bool = False,
) -> Crawl:
    """Crawl *cms* from its first article on, into *output*. Raises where the command fails."""
    began = time.time()
    source = (
        ("declared", f"root={cms.url}", f"system={cms.system}")
        if declared
        else ("site", f"url={cms.url}")
    )
    words = [w for a in (*source[1:], "since=2000-01-01", *arguments) for w in ("-a", a)]
    options = [w for s in (*settings, f"ALESCRAWL_OUTPUT={output}") for w in ("-s", s)]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", source[0], *words, *options],
        cwd=TESTS.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"scrapy ended with {done.returncode}: {done.stdout}{done.stderr}")
    table = alescrawl.load_articles(output)
    rows = {row["url"]: row for row in table.to_dict("records")}
    return Crawl(rows, cms.log(began), cms.truth(), done.stdout + done.stderr)


@dataclass(frozen=True)
class History:
    """A first crawl, one with nothing changed, and one after edits and a deletion."""

    first: Crawl
    second: Crawl
    third: Crawl
    edited: dict[str, str]
    """The sentence that was added, by address."""
    deleted: str


def history(cms: Cms, output: Path, *, declared: bool = False) -> History:
    """Crawl *cms* three times; before the third an old, a middling and a new article change."""
    first = crawl(cms, output, declared=declared)
    second = crawl(cms, output, declared=declared)
    numbers = sorted(cms.held, key=lambda number: cms.held[number].published)
    edited = {cms.held[n].url: cms.edit(n) for n in (numbers[1], numbers[25], numbers[-2])}
    deleted = cms.held[numbers[20]].url
    cms.delete(numbers[20])
    third = crawl(cms, output, declared=declared)
    return History(first, second, third, edited, deleted)

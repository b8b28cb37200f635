"""What finding mentions costs: time, memory, and growth with the length of the text."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from entity_sets import WINER_DEV, gard_texts

from alescrawl.entities.finder import find_mentions
from alescrawl.entities.tagger.training_texts import read
from alescrawl.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WORDS = 600
ROUNDS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000)
_LOADING = """
import resource, time
import alescrawl.entities.finder as finder
from alescrawl.entities.gazetteer import lists
began = time.process_time()
lists.institutions(), lists.places(), lists.given_names()
loaded = time.process_time() - began
finder.find_mentions("La CCI Gard s'installe à Nîmes.")
print(loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def cost_lines() -> Iterator[str]:
    """Yield the costs as a table."""
    articles = _pieces(t["text"] for half in ("even", "odd") for t in gard_texts(half))
    news = _pieces(text for text, _ in read(WINER_DEV))
    each = _best(lambda: [find_mentions(a, "2020-01-01") for a in articles]) / len(articles)
    real = _best(lambda: [find_mentions(a, "2020-01-01") for a in news]) / len(news)
    tokens = _best(lambda: [list(words(a)) for a in news]) / len(news)
    loading, kilobytes = _loading()
    yield "| cost | |"
    yield "|---|--:|"
    yield f"| CPU ms an article of {WORDS} words | {real * 1000:.1f} |"
    yield f"| the same of gard_dev, where 2.6 times as much is named | {each * 1000:.1f} |"
    yield f"| words a second | {WORDS / real:,.0f} |"
    yield f"| times the cost of splitting the text into words | {real / tokens:.0f} |"
    yield f"| CPU s to load the gazetteers | {loading:.2f} |"
    yield f"| MB of memory after the first text | {kilobytes / 1000:.0f} |"
    text = "\n\n".join(articles)
    for size in SIZES:
        piece = (text * (size // len(text) + 1))[:size]
        spent = _best(lambda piece=piece: find_mentions(piece), 2 if size < SIZES[-1] else 1)
        yield f"| CPU ms a kB in a text of {size // 1000:,} kB | {spent / size * 1e6:.2f} |"


def _pieces(texts: Iterable[str]) -> list[str]:
    """Return *texts*, one after the other, in pieces of as many words as an article has."""
    text = " ".join(texts).split(" ")
    return [" ".join(text[i : i + WORDS]) for i in range(0, len(text) - WORDS, WORDS)]


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def _loading() -> tuple[float, int]:
    command = [sys.executable, "-c", _LOADING]
    loaded, memory = subprocess.run(command, capture_output=True, check=True).stdout.split()
    return float(loaded), int(memory)

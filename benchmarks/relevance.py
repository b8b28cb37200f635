"""How right the two decisions on relevance are on annotated texts, and what they cost.

    python benchmarks/relevance.py [--no-record]

The texts are invented: those of tests/relevance/annotated.txt, half for tuning and half for
checking, and hard ones on whether they are about the economy, of benchmarks/facts/economic.txt.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from results import record

from alescrawl.relevance.assessing import assess_relevance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXTS = Path(__file__).parents[1] / "tests" / "relevance" / "annotated.txt"
HARD = Path(__file__).parent / "facts" / "economic.txt"
FOURS = 4
"""Texts come in fours on like matters, about the Gard and not, economic and not."""
WORDS = 600
ROUNDS = 100


class Annotated(NamedTuple):
    gard: bool
    economic: bool
    title: str
    text: str


def annotated() -> Iterator[Annotated]:
    for line in TEXTS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            marks, title, text = line.split("|", 2)
            gard, economic = (mark == "1" for mark in marks.split())
            yield Annotated(gard, economic, title, text)


def halves() -> dict[str, list[Annotated]]:
    texts = list(annotated())
    return {
        half: [text for i, text in enumerate(texts) if i // FOURS % 2 == remainder]
        for remainder, half in enumerate(("tuning", "checking"))
    }


def hard_halves() -> dict[str, list[Annotated]]:
    tuned, _, checked = HARD.read_text("utf-8").partition("== checked\n")
    return {"hard, tuning": list(_hard(tuned)), "hard, checking": list(_hard(checked))}


def _hard(lines: str) -> Iterator[Annotated]:
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            mark, title, text = (part.strip() for part in line.split("|", 2))
            yield Annotated(gard=False, economic=mark == "1", title=title, text=text)


def f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    pairs = list(pairs)
    if not any(gold for gold, _ in pairs):
        return 0.0
    right = sum(gold and found for gold, found in pairs)
    wrong = sum(gold != found for gold, found in pairs)
    return 2 * right / (2 * right + wrong)


def figures(texts: list[Annotated]) -> tuple[float, float]:
    """Return F1 of is_gard and of is_economic."""
    found = [(text, assess_relevance(text.title, text.text)) for text in texts]
    gard = f1((text.gard, r.is_gard) for text, r in found)
    return gard, f1((text.economic, r.is_economic) for text, r in found)


def cost() -> float:
    """Return milliseconds of CPU for an article of WORDS words, made of the texts."""
    words = " ".join(text.text for text in annotated()).split()
    articles = [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS, WORDS)]
    return min(_seconds(articles) for _ in range(ROUNDS)) / len(articles) * 1000


def _seconds(articles: list[str]) -> float:
    begun = time.process_time()
    for article in articles:
        assess_relevance(article[:60], article)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-record", action="store_true", help="only print the table")
    rows = ["| texts | number | is_gard F1 | is_economic F1 |", "|---|--:|--:|--:|"]
    for half, texts in halves().items():
        gard, economic = figures(texts)
        rows.append(f"| {half} | {len(texts)} | {gard:.3f} | {economic:.3f} |")
    for half, texts in hard_halves().items():
        rows.append(f"| {half} | {len(texts)} | – | {figures(texts)[1]:.3f} |")
    table = "\n".join([*rows, "", f"{cost():.2f} ms of CPU for an article of {WORDS} words."])
    print(table)
    if not parser.parse_args().no_record:
        record("Relevance", table)


if __name__ == "__main__":
    main()

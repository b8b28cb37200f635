"""The report of many articles: how long it takes to make, and to open in a browser.

    python benchmarks/report.py [--articles 20000] [--rounds 5] [--no-record]

Texts are words drawn as often as words of a language are (Zipf), half of them without a say of
their own. Opening is from the navigation to the page of figures, table and search being there and
usable, and to the first chart within the window being drawn, in a headless Chromium. Searching is
from a key to the rows that it leaves.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import Page, sync_playwright
from results import record

from alescrawl.report.writing import write_report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import invented_dataset  # from the tests

if TYPE_CHECKING:
    from alescrawl.items import Article

SOURCES, MONTHS = 55, 48
WORDS, VOCABULARY = 400, 120_000
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "ou")]
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}
SHOWN = "performance.getEntriesByName('shown')[0]?.startTime"
DRAWN = "document.querySelector('.chart[data-drawn]') !== null && performance.now()"
SEARCH = """() => {
  const field = document.getElementById('search');
  const began = performance.now();
  field.value = 'mecalzen atelier';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return performance.now() - began;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        articles = invented_dataset.write(output, options.articles, SOURCES, MONTHS)
        _put_texts(output, articles)
        began = time.perf_counter()
        page = write_report(output).path
        made = time.perf_counter() - began
        rows = _opened(page, options.rounds)
        size = page.stat().st_size / 1e6
    text = f"""{options.articles:,} invented articles of {SOURCES} sources over {MONTHS} months;
made in {made:.1f} s, one file of {size:.1f} MB. Medians of {options.rounds} rounds, seconds.

| window | page usable | first chart drawn | first search | next search |
|---|--:|--:|--:|--:|
{rows}"""
    print(text)
    if not options.no_record:
        record("Report", text)


def _put_texts(output: Path, articles: list[Article]) -> None:
    chance = np.random.default_rng(8)
    words = np.array([f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES])
    words = chance.permutation(words)[:VOCABULARY]
    often = 1 / (np.arange(len(words)) + 3)
    often /= often.sum()
    for article in articles:
        ranks = chance.choice(len(words), WORDS // 2, p=often)
        filled = np.empty(WORDS, dtype=object)
        filled[::2], filled[1::2] = words[ranks], "de"
        article.text = " ".join(filled)
    of_source = defaultdict(list)
    for article in articles:
        of_source[article.source].append(article)
    for source, those in of_source.items():
        invented_dataset.put_articles(output, source, those)


def _opened(path: Path, rounds: int) -> str:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("there is no Chromium: apt-get install chromium")
    rows = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium)
        for name, (width, height) in WINDOWS.items():
            times = []
            for _ in range(rounds):
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(path.as_uri())
                times.append(_times(page))
                page.close()
            medians = [f"{median(each) / 1000:.2f}" for each in zip(*times, strict=True)]
            rows.append(f"| {name} | {' | '.join(medians)} |")
        browser.close()
    return "\n".join(rows)


def _times(page: Page) -> tuple[float, float, float, float]:
    shown = page.wait_for_function(SHOWN).json_value()
    drawn = page.wait_for_function(DRAWN).json_value()
    return shown, drawn, page.evaluate(SEARCH), page.evaluate(SEARCH)


if __name__ == "__main__":
    main()

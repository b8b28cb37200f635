"""Extracts the real pages of ../shared/bench/extraction and scores the result.

Writes predictions for the pack's own score.py, and records its figures beside the best peer's,
with CPU milliseconds per page. The model of the body is trained on these very pages: the figures
that count for it are those cross-validated by site, from the note beside the model. Authors are
scored twice: persons alone, and persons with the agencies that signed, because the truth of the
set fundus has both in one list.

    python benchmarks/extraction.py [--learn] [--further] [--keep FOLDER] [--no-record]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import lxml.html
from results import record

from alescrawl.extraction.article import extract_article
from alescrawl.extraction.page.page import UnreadablePage

if TYPE_CHECKING:
    from datetime import tzinfo

    from alescrawl.items import Article

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ALESCRAWL_SHARED", ROOT.parent / "shared"))
PACK = SHARED / "bench" / "extraction"
FURTHER = SHARED / "bench" / "extraction_more"
JUDGED = ("aeb", "fundus", "fr_segments", "fr_dates")
TO_LEARN_FROM = ("readability", "segments")
LEFT_OUT = ("newspaper4k", "selflabelled", "wcxb", "waddle", "postlight")
"""Sets of which the body model has seen no page (of selflabelled some, in the set segments)."""
METRICS = (
    ("body F1", "body", "f1"),
    ("segments F1", "segments", "f1"),
    ("title exact", "title", "value"),
    ("authors F1", "authors", "f1"),
    ("right day", "day", "value"),
    ("right instant", "instant", "value"),
)
TRAINED = dict.fromkeys(("body", "segments"), ", trained on these pages")
WARM_UP = 20
NOWHERE = "http://page.example/"
"""The address of a page whose own is not known."""
PARIS = ZoneInfo("Europe/Paris")


def folder_of(name: str) -> Path:
    """Return the folder of a set."""
    return (FURTHER if name in LEFT_OUT else PACK) / name


def read_set(name: str) -> list[tuple[dict[str, Any], bytes]]:
    """Return the expected record and the bytes of each page."""
    folder = folder_of(name)
    lines = (folder / "expected.jsonl").read_text("utf-8").split("\n")
    records = [json.loads(line) for line in lines if line.strip()]
    return [(r, gzip.decompress((folder / r["html"]).read_bytes())) for r in records]


def prediction(name: str, article: Article) -> dict[str, Any]:
    """Return the line that score.py reads."""
    return {
        "name": name,
        "title": article.title,
        "authors": [*article.authors, *article.agencies],
        "persons": article.authors,
        "published": published(article),
        "body": article.text,
    }


def published(article: Article) -> str | None:
    """Return the date with the offset it was written with; the local day where it is but a day."""
    if article.published is None:
        return None
    if article.published_precision == "day":
        return article.published.astimezone(PARIS).date().isoformat()
    return article.published.astimezone(_zone_of(article.published_raw or "")).isoformat()


def _zone_of(raw: str) -> tzinfo:
    try:
        return datetime.fromisoformat(raw).tzinfo or PARIS
    except ValueError:
        return PARIS


def extract_set(pages: list[tuple[dict[str, Any], bytes]]) -> tuple[list[dict[str, Any]], float]:
    """Return the predictions, and the CPU milliseconds per page."""
    for expected, html in pages[:WARM_UP]:
        extract(html, expected.get("url") or NOWHERE)
    start = time.process_time()
    articles = [(e["name"], extract(html, e.get("url") or NOWHERE)) for e, html in pages]
    spent = (time.process_time() - start) * 1000 / len(pages)
    return [prediction(name, article) for name, article in articles if article], spent


def parse_ms(pages: list[tuple[dict[str, Any], bytes]]) -> float:
    """Return the CPU milliseconds per page of nothing but lxml's parse."""
    start = time.process_time()
    for _, page in pages:
        lxml.html.document_fromstring(page)
    return (time.process_time() - start) * 1000 / len(pages)


def extract(html: bytes, url: str) -> Article | None:
    try:
        return extract_article(html, url)
    except UnreadablePage:
        return None


def score(name: str, predictions: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Run the pack's score.py on *predictions* and return its figures."""
    ours, figures = folder / f"{name}.jsonl", folder / f"{name}.json"
    ours.write_text("".join(json.dumps(p) + "\n" for p in predictions), "utf-8")
    command = [sys.executable, PACK / "score.py", folder_of(name) / "expected.jsonl", ours]
    options = ["--json", figures, "--per-page", folder / f"{name}.pages.jsonl", "--bootstrap", "0"]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    result: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    return result


def best_peer(name: str, group: str, key: str) -> str:
    """Return the best peer's figure for a metric and its name, from the pack's baselines."""
    systems = json.loads((PACK / "baselines.json").read_text("utf-8")).get(name, {})
    figures = [(m[group][key], peer) for peer, m in systems.items() if group in m]
    value, peer = max(figures, default=(0.0, ""))
    return f"{value:.3f} {peer}" if peer else "–"


def left_out(name: str) -> list[float]:
    """Return the F1 of models that saw no page of the site, one for each seed.

    They are in the note beside the model, of the set's body or its segments.
    """
    note = tomllib.loads((ROOT / "alescrawl" / "data" / "body_model.toml").read_text("utf-8"))
    titles = ("cross_validated", "by_site_seed_")
    seeds = [figures for title, figures in note.items() if title.startswith(titles)]
    return sorted(figures[name][0] for figures in seeds if name in figures)


def cross_validated(name: str) -> list[tuple[str, str, str]]:
    """Return the row of the figures of models that saw no page of the site."""
    figures = left_out(name)
    label = "segments F1" if name in {"fr_segments", "segments"} else "body F1"
    spread = " to ".join(dict.fromkeys(f"{figure:.3f}" for figure in (figures[:1] + figures[-1:])))
    return [(f"{label}, cross-validated by site", spread, "–")] if figures else []


def rows(name: str, folder: Path) -> list[str]:
    """Measure one set; return its rows of the table."""
    pages = read_set(name)
    predictions, spent = extract_set(pages)
    figures = score(name, predictions, folder)
    persons = [{**p, "authors": p["persons"]} for p in predictions]
    alone = score(name, persons, folder / "persons")
    learned = {} if name in LEFT_OUT else TRAINED
    measured = [
        (
            label + learned.get(group, ""),
            f"{figures[group][key]:.3f}",
            best_peer(name, group, key),
        )
        for label, group, key in METRICS
        if group in figures
    ]
    measured += cross_validated(name)
    if "authors" in alone:
        measured.append(("authors F1, persons alone", f"{alone['authors']['f1']:.3f}", "–"))
    measured.append(("CPU ms a page", f"{spent:.2f}", "–"))
    measured.append(("CPU, times a bare lxml parse", f"{spent / parse_ms(pages):.1f}", "–"))
    return [f"| {name} | {len(pages)} | {' | '.join(figure)} |" for figure in measured]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learn", action="store_true", help="also the sets to learn from")
    parser.add_argument("--further", action="store_true", help="also sets never learned from")
    parser.add_argument("--keep", type=Path, help="folder for the predictions")
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    if not PACK.is_dir():
        sys.exit(f"no pages at {PACK}: set ALESCRAWL_SHARED to the folder that holds bench/")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        (folder / "persons").mkdir(parents=True, exist_ok=True)
        sets = (*JUDGED, *(TO_LEARN_FROM if options.learn else ()))
        sets = (*sets, *(LEFT_OUT if options.further else ()))
        table = [row for name in sets for row in rows(name, folder)]
    text = "\n".join(
        ["| set | pages | metric | here | best peer |", "|---|--:|---|--:|---|", *table]
    )
    print(text)
    if not options.no_record:
        record("Extraction", text)


if __name__ == "__main__":
    main()

"""Writes the trees of the body model as the package reads them, and the note beside them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from symmetric_trees import Forest

STAGE = "body"
NOTE = """\
# Which blocks of a page are the article's text: trees read by alescrawl/extraction/body/model.py.
# Made by benchmarks/train_body.py. Numbers only, no text of any page.
licence = "MIT"
date = {date}
pages = {pages}
settings = {settings}
trained_on = [ # the part of each set kept for development
    "scrapinghub/article-extraction-benchmark (MIT)",
    "flairNLP/fundus, tests/resources/parser/test_data (MIT)",
    "mozilla/readability, test/test-pages (Apache-2.0)",
    "adbar/trafilatura, tests/evaldata.json (Apache-2.0)",
    "codelucas/newspaper, AndyTheFactory/newspaper4k, tests/data (MIT); goose3/goose3 (Apache-2.0)",
    "pages that state their own body, of the repositories above and postlight/parser (MIT)",
    "WCXB, Murrough-Foley/web-content-extraction-benchmark (CC BY 4.0, (c) 2026 Murrough Foley)",
]
tested_on = [ # and never trained on
    "rundimeco/waddle, Corpus_daniel_v2.1 (annotations GPL-3.0)",
]
# Scores: F1, precision, recall of the body, or of segments (fr_segments, segments).
# by_site_…: by models that saw no page of the site; by_set_…: that saw no page of the set.
"""


def write_model(forest: Forest, names: list[str], path: Path) -> None:
    """Write *forest*, whose features are *names*, to *path*."""
    arrays = {f"{STAGE}_{name}": value for name, value in _arrays(forest, names).items()}
    np.savez_compressed(path, **arrays)


def _arrays(forest: Forest, names: list[str]) -> dict[str, np.ndarray]:
    asked: dict[tuple[int, float], int] = {}
    questions = np.array(
        [
            [asked.setdefault(key, len(asked)) for key in zip(features, borders, strict=True)]
            for features, borders in zip(forest.features, forest.borders, strict=True)
        ],
        dtype=np.uint16,
    )
    used = sorted({feature for feature, _ in asked})
    return {
        "names": np.array([names[feature] for feature in used]),
        "feature": np.array([used.index(feature) for feature, _ in asked], dtype=np.uint16),
        "border": np.array([border for _, border in asked], dtype=np.float32),
        "questions": questions,
        "leaves": np.array(forest.leaves, dtype=np.float32),
        "bias": np.array(forest.bias),
    }


def write_note(path: Path, scores: dict[str, Any], settings: dict[str, Any], pages: int) -> None:
    """Write what the model was made from, and its *scores*, to the .toml beside *path*."""
    inline = ", ".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
    lines = [
        NOTE.format(
            date=datetime.now(tz=UTC).date(),
            pages=pages,
            settings=f"{{ {inline} }}",
        )
    ]
    for title, sets in scores.items():
        lines.append(f"\n[{title}]\n")
        for name, figures in sets.items():
            lines.append(f"{name} = {list(figures.values())}\n")
    path.with_suffix(".toml").write_text("".join(lines), encoding="utf-8")

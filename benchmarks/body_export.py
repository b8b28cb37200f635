"""Writes the trees of the body model as the package reads them, and the note beside them."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from catboost import CatBoostClassifier

STAGE = "body"
NOTE = """\
# Which blocks of a page are the article's text: trees read by alescrawl/extraction/body/model.py.
# Made by benchmarks/train_body.py. Numbers only, no text of any page.
licence = "MIT"
date = {date}
pages = {pages}
catboost = "{version}"
settings = {settings}
trained_on = [ # the half of each set kept for development
    "scrapinghub/article-extraction-benchmark (MIT)",
    "flairNLP/fundus, tests/resources/parser/test_data (MIT)",
    "mozilla/readability, test/test-pages (Apache-2.0)",
    "adbar/trafilatura, tests/evaldata.json (Apache-2.0)",
]
# Scores: F1, precision, recall of the body, or of segments (fr_segments, segments).
# cross_validated: by models that saw no page of the site. training_pages: no measure of quality.
"""


def write_model(model: CatBoostClassifier, names: list[str], path: Path) -> None:
    """Write *model*, whose features are *names*, to *path*."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        trees = json.loads(file.read_text())
    arrays = {f"{STAGE}_{name}": value for name, value in _arrays(trees, names).items()}
    np.savez_compressed(path, **arrays)


def _arrays(model: dict[str, Any], names: list[str]) -> dict[str, np.ndarray]:
    trees = model["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in trees)
    asked: dict[tuple[int, float], int] = {}
    questions = np.zeros((len(trees), depth), dtype=np.uint16)
    leaves = np.zeros((len(trees), 1 << depth), dtype=np.float32)
    for row, tree in enumerate(trees):
        values = tree["leaf_values"]
        for level in range(depth):
            split = tree["splits"][min(level, len(tree["splits"]) - 1)]
            key = (split["float_feature_index"], split["border"])
            questions[row, level] = asked.setdefault(key, len(asked))
        for leaf in range(1 << depth):
            leaves[row, leaf] = values[leaf % len(values)]
    scale, bias = model["scale_and_bias"]
    used = sorted({feature for feature, _ in asked})
    return {
        "names": np.array([names[feature] for feature in used]),
        "feature": np.array([used.index(feature) for feature, _ in asked], dtype=np.uint16),
        "border": np.array([border for _, border in asked], dtype=np.float32),
        "questions": questions,
        "leaves": leaves * scale,
        "bias": np.array(bias[0] if isinstance(bias, list) else bias),
    }


def write_note(path: Path, scores: dict[str, Any], settings: dict[str, Any], pages: int) -> None:
    """Write what the model was made from, and its *scores*, to the .toml beside *path*."""
    import catboost  # noqa: PLC0415 - only where a model is made

    inline = ", ".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
    lines = [
        NOTE.format(
            date=datetime.now(tz=UTC).date(),
            pages=pages,
            version=catboost.__version__,
            settings=f"{{ {inline} }}",
        )
    ]
    for title, sets in scores.items():
        lines.append(f"\n[{title}]\n")
        for name, figures in sets.items():
            lines.append(f"{name} = {list(figures.values())}\n")
    path.with_suffix(".toml").write_text("".join(lines), encoding="utf-8")

"""Trains the model that tells the blocks of an article from the rest of its page.

Reads the pages of ../shared/bench/extraction, prints scores cross-validated by site, trains on
all pages and writes alescrawl/data/body_model.npz with a note beside it. Needs catboost.

    python benchmarks/train_body.py [--shared ../shared] [--folds 5] [--only-score]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from body_export import write_model, write_note
from body_pages import Sample, fold_of, page_weights, samples
from catboost import CatBoostClassifier

from alescrawl.extraction.body.body import TAKEN, taken

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "alescrawl" / "data" / "body_model.npz"
TREES: dict[str, Any] = {
    "iterations": 400,
    "depth": 6,
    "learning_rate": 0.06,
    "l2_leaf_reg": 5,
    "rsm": 0.2,
    "subsample": 0.7,
    "bootstrap_type": "Bernoulli",
    "border_count": 64,
    "random_seed": 0,
    "thread_count": 2,
    "verbose": 0,
    "allow_writing_files": False,
}
KEPT = 120
"""Features kept: the first so many by what a model of all of them makes of each."""
SURE = 0.1
"""A block of a page without a known body is labelled where a first model is so sure."""
PSEUDO = 0.3
"""Weight of such a label."""


def fit(pages: list[Sample], labels: list[np.ndarray], weights: list[np.ndarray],
        columns: np.ndarray) -> CatBoostClassifier:  # fmt: skip
    table = np.concatenate([page.table[:, columns] for page in pages])
    label, weight = np.concatenate(labels), np.concatenate(weights)
    used = weight > 0
    return CatBoostClassifier(**TREES).fit(table[used], label[used], sample_weight=weight[used])


def train(pages: list[Sample], columns: np.ndarray) -> CatBoostClassifier:
    """Return a model of *pages*; where little is known of a page, a first model completes it."""
    known = [np.nan_to_num(page.labels) for page in pages]
    first = fit(pages, known, [page.weights for page in pages], columns)
    labels, weights = [], []
    for page in pages:
        unknown = np.isnan(page.labels)
        likely = first.predict_proba(page.table[:, columns])[:, 1] if unknown.any() else None
        label, weight = page.labels, page.weights
        if likely is not None:
            sure = unknown & (np.minimum(likely, 1 - likely) < SURE)
            words = np.array([text.count(" ") + 1 for text in page.texts])
            label = np.where(unknown, likely > TAKEN, page.labels)
            weight = np.where(sure, PSEUDO * page_weights(words), page.weights)
        labels.append(label.astype(float))
        weights.append(weight)
    return fit(pages, labels, weights, columns)


def likely(model: CatBoostClassifier, page: Sample, columns: np.ndarray) -> np.ndarray:
    return model.predict_proba(page.table[:, columns])[:, 1]


def cross_validated(pages: list[Sample], columns: np.ndarray, folds: int) -> list[np.ndarray]:
    """Return the likelihoods of each page's blocks, from models that saw no page of its site."""
    found: dict[int, np.ndarray] = {}
    for fold in range(folds):
        seen = [page for page in pages if fold_of(page.site, folds) != fold]
        model = train(seen, columns)
        for number, page in enumerate(pages):
            if fold_of(page.site, folds) == fold:
                found[number] = likely(model, page, columns)
    return [found[number] for number in range(len(pages))]


def important(pages: list[Sample]) -> np.ndarray:
    """Return the columns of the features that count, in the order of the table."""
    every = np.arange(pages[0].table.shape[1])
    known = [np.nan_to_num(page.labels) for page in pages]
    model = fit(pages, known, [page.weights for page in pages], every)
    return np.sort(np.argsort(-model.get_feature_importance(), kind="stable")[:KEPT])


def score(pages: list[Sample], found: list[np.ndarray], names: list[str], judge: ModuleType
          ) -> dict[str, dict[str, float]]:  # fmt: skip
    """Return F1, precision and recall of body or segments for each set."""
    rows: dict[str, list[dict[str, Any]]] = {}
    length = names.index("length")
    for page, each in zip(pages, found, strict=True):
        chosen = taken(each, page.table[:, length])
        text = "\n\n".join(page.texts[i] for i in chosen)
        wanted = {k: page.expected.get(k) for k in ("name", "body", "must_have", "must_not")}
        rows.setdefault(page.kind, []).append(judge.score_page(wanted, {"body": text}))
    scores = {}
    for kind, judged in rows.items():
        result = judge.summarise(judged)
        result = result.get("body") or result["segments"]
        scores[kind] = {name: round(result[name], 4) for name in ("f1", "precision", "recall")}
    return scores


def judge_of(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only-score", action="store_true", help="write no model")
    options = parser.parse_args()
    folder = options.shared / "bench" / "extraction"
    pages, names = samples(folder)
    judge, columns = judge_of(folder), important(pages)
    crossed = score(pages, cross_validated(pages, columns, options.folds), names, judge)
    print("cross-validated", json.dumps(crossed, indent=1))
    if options.only_score:
        return
    model = train(pages, columns)
    own = score(pages, [likely(model, page, columns) for page in pages], names, judge)
    print("on its own training pages", json.dumps(own, indent=1))
    write_model(model, [names[column] for column in columns], MODEL)
    write_note(MODEL, {"cross_validated": crossed, "training_pages": own}, TREES, len(pages))


if __name__ == "__main__":
    main()

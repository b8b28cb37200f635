"""Trains the model that tells the blocks of an article from the rest of its page.

Reads the pages of ../shared/bench/extraction and ../shared/bench/extraction_more, prints scores of
models that saw no page of the site (`--folds`) and, with `--sets`, of models that saw no page of
the whole set, each with several seeds; trains on all pages but those of waddle, whose annotations
may not be learned from, and writes alescrawl/data/body_model.npz with a note beside it. Needs
numba.

    python benchmarks/train_body.py [--folds 3] [--seeds 2] [--sets] [--only-score]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from body_export import write_model, write_note
from body_pages import Sample, fold_of, samples
from symmetric_trees import Forest, Settings, binned, borders_of, grow_binned

from alescrawl.extraction.body.body import taken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "alescrawl" / "data" / "body_model.npz"
TREES = Settings(trees=400, rate=0.06, share=0.2)
FIRST = Settings(trees=120, rate=0.12, share=0.15)
"""Of the model that says which features are worth to be kept."""
KEPT = 120
WEIGHTS = {"readability": 0.8, "wcxb": 0.5, "segments": 0.7}
"""Of a page: what these sets call a body is less sure, or is known in part only."""
TEST_ALONE = "waddle"
EASY, EASY_KEPT = 0.9, 0.2
"""Short blocks that are a link are all alike: a part of them, that weighs as much, is enough."""
SHORT = 160


def fit(pages: Sequence[Sample], columns: np.ndarray, names: list[str], settings: Settings
        ) -> Forest:  # fmt: skip
    """Return the trees grown on *pages*."""
    weights = [_thinned(page, names) * WEIGHTS.get(page.kind, 1) for page in pages]
    weight = np.concatenate(weights)
    used = weight > 0
    table = np.concatenate([page.table[:, columns] for page in pages])[used]
    label = np.nan_to_num(np.concatenate([page.labels for page in pages]))[used]
    borders = borders_of(table[::3], settings.bins)
    return grow_binned(binned(table, borders), borders, label, weight[used], settings)


def _thinned(page: Sample, names: list[str]) -> np.ndarray:
    """Return the weights of the blocks of *page*, most of the easy ones left out."""
    link, length = page.table[:, names.index("link")], page.table[:, names.index("length")]
    easy = (link > EASY) & (length < SHORT) & (np.nan_to_num(page.labels) == 0)
    kept = np.random.default_rng(len(easy)).random(len(easy)) < EASY_KEPT
    return np.where(easy, np.where(kept, page.weights / EASY_KEPT, 0), page.weights)


def important(pages: Sequence[Sample], names: list[str]) -> np.ndarray:
    """Return the columns of the features that are asked for most, early questions more."""
    asked: Counter[int] = Counter()
    for tree in fit(pages, np.arange(len(names)), names, FIRST).features:
        for level, feature in enumerate(tree):
            asked[feature] += 1 / (1 + level)
    return np.sort(np.array([feature for feature, _ in asked.most_common(KEPT)]))


def by_site(pages: list[Sample], columns: np.ndarray, names: list[str], folds: int, seed: int
            ) -> list[np.ndarray]:  # fmt: skip
    """Return the likelihoods of each page's blocks, from models that saw no page of its site."""
    found: dict[int, np.ndarray] = {}
    for fold in range(folds):
        seen = [page for page in pages if fold_of(page.site, folds) != fold]
        forest = fit(seen, columns, names, replace(TREES, seed=seed))
        for number, page in enumerate(pages):
            if fold_of(page.site, folds) == fold:
                found[number] = forest.likely(page.table[:, columns])
    return [found[number] for number in range(len(pages))]


def without_set(pages: list[Sample], kind: str, columns: np.ndarray, names: list[str], seed: int
                ) -> tuple[list[Sample], list[np.ndarray]]:  # fmt: skip
    """Return the pages of the set *kind*, and what a model that saw none of it says of them."""
    held = [page for page in pages if page.kind == kind]
    sites = {page.site for page in held}
    seen = [p for p in pages if p.kind not in {kind, TEST_ALONE} and p.site not in sites]
    forest = fit(seen, columns, names, replace(TREES, seed=seed))
    return held, [forest.likely(page.table[:, columns]) for page in held]


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
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--sets", action="store_true", help="leave out whole sets too")
    parser.add_argument("--only-score", action="store_true", help="write no model")
    options = parser.parse_args()
    every, names = samples(options.shared / "bench")
    pages = [page for page in every if page.kind != TEST_ALONE]
    judge = judge_of(options.shared / "bench" / "extraction")
    columns = important(pages, names)
    crossed = {}
    for seed in range(options.seeds):
        found = by_site(pages, columns, names, options.folds, seed)
        crossed[f"by_site_seed_{seed}"] = score(pages, found, names, judge)
        for kind in sorted({page.kind for page in every}) if options.sets else ():
            held, likely = without_set(every, kind, columns, names, seed)
            crossed.setdefault(f"by_set_seed_{seed}", {}).update(score(held, likely, names, judge))
    print(json.dumps(crossed, indent=1))
    if options.only_score:
        return
    forest = fit(pages, columns, names, TREES)
    write_model(forest, [names[column] for column in columns], MODEL)
    write_note(MODEL, crossed, asdict(TREES), len(pages))


if __name__ == "__main__":
    main()

"""Compares extraction and entities with the figures they have reached; these are only raised.

python benchmarks/floors.py            # exits with 1 where a figure is below its floor
python benchmarks/floors.py --raise    # writes the figures that are higher into floors.toml
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from entity_sets import BENCH, GARD, WINER_DEV, gard_figures, tagger_figures
from extraction import (
    JUDGED,
    LEFT_OUT,
    METRICS,
    extract_set,
    folder_of,
    left_out,
    read_set,
    score,
)

FLOORS = Path(__file__).with_name("floors.toml")
LEARNED_FROM = ("aeb", "fundus", "readability", "fr_segments", "segments")
"""The sets of the body model: it is judged by models that saw no page of the site."""
UNSEEN = tuple(name for name in LEFT_OUT if name not in {"selflabelled", "postlight"})
"""The sets with bodies of which it has seen nothing."""
DIGITS = 4
ALLOWANCE = 0.001
"""Sums of floats differ in their last digits from one kind of processor to another."""
HEADER = (
    "# The figures reached on the judged sets, and the hash of their pages and texts.\n"
    "# Written by `python benchmarks/floors.py --raise`; a floor is never lowered.\n"
    "# sites_left_out: F1 of body or segments of models that saw no page of the site, of the\n"
    "# worst seed of those in alescrawl/data/body_model.toml. The body model has learned from the\n"
    "# pages of the other sections, but of none of sets_left_out. Two seeds of models that\n"
    "# train_body.py grows differ by at most 0.004 (aeb 0.002, fundus 0.001, segments 0.004,\n"
    "# readability 0.003).\n"
)


def corpus_hash() -> str:
    """Return the SHA-256 over the names and bytes of all judged pages and texts and their truth."""
    digest = hashlib.sha256()
    sets = (*JUDGED, *UNSEEN)
    pages = [
        (folder_of(name).parent, file)
        for name in sets
        for file in sorted(folder_of(name).rglob("*"))
    ]
    texts = [(BENCH, file) for file in (*sorted(GARD.iterdir()), WINER_DEV)]
    for root, file in (*pages, *texts):
        if file.is_file():
            digest.update(f"{file.relative_to(root)}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def measure() -> dict[str, dict[str, float]]:
    """Return the figures by set and metric, rounded down."""
    with tempfile.TemporaryDirectory() as folder:
        pages = {name: _figures(name, Path(folder)) for name in JUDGED}
        unseen = {name: _figures(name, Path(folder))["body F1"] for name in UNSEEN}
    left = {name: _down(figures[0]) for name in LEARNED_FROM if (figures := left_out(name))}
    return pages | {"sites_left_out": left, "sets_left_out": unseen} | measure_entities()


def measure_entities() -> dict[str, dict[str, float]]:
    """Return the figures of entities by half of the annotated texts, and those of the tagger."""
    halves = {f"gard_dev_{half}": gard_figures(half) for half in ("even", "odd")}
    tagger = {name: figures["micro"] for name, figures in tagger_figures().items()}
    sets = {**halves, "tagger": tagger}
    return {name: {k: _down(v) for k, v in figures.items()} for name, figures in sets.items()}


def _figures(name: str, folder: Path) -> dict[str, float]:
    predictions, _ = extract_set(read_set(name))
    result = score(name, predictions, folder)
    return {label: _down(result[group][key]) for label, group, key in METRICS if group in result}


def _down(figure: float) -> float:
    return math.floor(round(figure * 10**DIGITS, 6)) / 10**DIGITS


def read_floors() -> dict[str, Any]:
    """Return what floors.toml says: ``corpus`` and, by set and metric, ``floors``."""
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def below(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each figure that is below its floor."""
    return [
        f"{name}: {metric} is {figures[name].get(metric, 0.0)}, was {floor}"
        for name, metrics in floors.items()
        for metric, floor in metrics.items()
        if figures[name].get(metric, 0.0) < floor - ALLOWANCE
    ]


def write_raised(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> None:
    """Write the higher of figure and floor for each metric."""
    lines = [HEADER, f'corpus = "{corpus_hash()}"\n']
    for name, metrics in figures.items():
        lines.append(f"\n[floors.{name}]\n")
        for metric, value in metrics.items():
            floor = max(value, floors.get(name, {}).get(metric, 0.0))
            lines.append(f'"{metric}" = {floor}\n')
    FLOORS.write_text("".join(lines), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--raise", dest="higher", action="store_true", help="raise the floors")
    options = parser.parse_args()
    figures, floors = measure(), read_floors().get("floors", {})
    lines = below(figures, floors)
    for line in lines:
        print(line, file=sys.stderr)
    if options.higher:
        write_raised(figures, floors)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

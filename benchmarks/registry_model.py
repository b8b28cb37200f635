"""Fits the model by which names are linked to companies on the tuned half of the judged set.

    python benchmarks/registry_model.py

writes alescrawl/data/registry_model.toml: weights that start from what is plausible and move as far
as the cases of the tuned half say, and the least threshold at which the precision of that half
reaches what is wanted, never below a floor.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from registry_set import Case, cases, companies

from alescrawl.registry.linking.evidence import FEATURES
from alescrawl.registry.linking.linker import Outcome, choices_of, weigh
from alescrawl.registry.linking.name_index import NameIndex
from alescrawl.registry.linking.named import writings_of
from alescrawl.registry.linking.probability import Model

DATA = Path(__file__).parents[1] / "alescrawl" / "data" / "registry_model.toml"
PRIOR = {
    "some": -4.0,
    "name": 3.5,
    "brand": 2.6,
    "sigle": 1.2,
    "former_name": 2.6,
    "near_name": 1.2,
    "common_name": -2.0,
    "several_words": 0.7,
    "rivals": -0.8,
    "commune": 3.5,
    "commune_against": -3.0,
    "around": 0.8,
    "elsewhere": -3.0,
    "seat": 3.0,
    "site": 1.0,
    "site_against": -3.0,
    "activity": 1.5,
    "activity_against": -1.0,
    "ceased": -2.5,
    "not_yet": -4.0,
    "unnamed_then": -1.5,
    "size": 1.0,
    "size_against": -1.5,
    "employs": 0.8,
    "person": 3.0,
    "form": 1.5,
    "form_against": -1.5,
    "holds": -2.0,
    "trade": -0.5,
}
PRECISION = 0.98
FLOOR = 0.9
"""No link is made that is less probable, however well the tuned half does."""
_FIRM = 1.0
"""How firmly the weights stay where they begin."""
_STEPS, _RATE = 4_000, 0.02


def fit(judged: list[Case], index: NameIndex) -> np.ndarray:
    """Return the weights, the likeliest given where they begin and the *judged* cases."""
    begin = np.array([PRIOR[name] for name in FEATURES])
    sets = [found for case in judged if (found := _choices(case, index)) is not None]
    weights = begin.copy()
    for _ in range(_STEPS):
        slope = -_FIRM * (weights - begin)
        for vectors, truth in sets:
            strengths = np.exp(np.append(vectors @ weights, 0.0))
            shares = strengths / strengths.sum()
            right = np.zeros(len(shares))
            right[truth] = 1.0
            slope += (right - shares)[:-1] @ vectors
        weights += _RATE * slope / max(len(sets) ** 0.5, 1)
    return weights


def _choices(case: Case, index: NameIndex) -> tuple[np.ndarray, int] | None:
    weighed = weigh(case.named, index.candidates(writings_of(case.named)), {})
    possible = [(c, w) for c, w in weighed if not w.is_impossible]
    if not possible:
        return None
    sirens = [candidate.company["siren"] for candidate, _ in possible]
    truth = sirens.index(case.truth) if case.truth in sirens else len(sirens)
    return np.array([w.vector for _, w in possible]), truth


def outcomes(judged: list[Case], index: NameIndex, by: Model) -> list[tuple[Case, Outcome]]:
    """Return what *by* says of each case."""
    return [(case, choices_of(case.named, index, by=by)) for case in judged]


def figures(found: list[tuple[Case, Outcome]], threshold: float) -> tuple[int, int, int]:
    """Return how many are linked at *threshold*, how many rightly, and how many could be."""
    linked = [(case, choice) for case, o in found if (choice := o.linked(threshold))]
    right = sum(choice.company["siren"] == case.truth for case, choice in linked)
    return len(linked), right, sum(bool(case.truth) for case, _ in found)


def threshold_of(found: list[tuple[Case, Outcome]]) -> float:
    """Return the least threshold from which on precision is what is wanted."""
    for step in range(round(FLOOR * 100), 100):
        later = [figures(found, each / 100) for each in range(step, 100)]
        if all(right >= PRECISION * linked for linked, right, _ in later):
            return step / 100
    return 0.99


def write(weights: np.ndarray, threshold: float) -> None:
    """Write the model where the program reads it."""
    lines = [
        "# Weights of the evidence by which a name is linked to a company, and the probability",
        "# from which on it is. Written by python benchmarks/registry_model.py.",
        "# source: this project, fitted on invented companies (benchmarks/registry_set.py)",
        "# licence: MIT",
        f"# date: {datetime.now(UTC).date().isoformat()}",
        "",
        f"threshold = {threshold}",
        "",
        "[weights]",
        *(f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    DATA.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Fit, write, and show both halves."""
    index = NameIndex(companies())
    halves = [[case for case in cases() if case.half == half] for half in (0, 1)]
    weights = fit(halves[0], index)
    rough = Model(tuple(weights), 0.0)
    tuned, apart = (outcomes(half, index, rough) for half in halves)
    threshold = threshold_of(tuned)
    write(weights, threshold)
    for name, found in (("tuned", tuned), ("apart", apart)):
        for each in (0.5, 0.7, 0.8, 0.9, threshold):
            linked, right, possible = figures(found, each)
            print(f"{name} {each:.2f}: {right}/{linked} right, {right}/{possible} found")
    for case, outcome in apart + tuned:
        choice = outcome.linked(threshold)
        if choice is not None and choice.company["siren"] != case.truth:
            print("WRONG", case.half, case.kind, case.named.name, choice)


if __name__ == "__main__":
    main()

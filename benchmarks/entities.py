"""Measures what is found in the annotated texts of ../shared/bench/entities, and at what cost.

The texts in the style of the Gard's press are two halves: rules and lists were made looking at the
mistakes in the even ones (by position in the file); the odd ones were only scored. WiNER's and
FENEC's texts are tagged by the package's tagger alone.

    python benchmarks/entities.py [--errors] [--no-record]
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from entity_costs import cost_lines
from entity_errors import error_lines
from entity_sets import GARD, LABELS, gard_figures, tagger_figures
from results import record

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGETS = {
    "institutions strict": 0.88,
    "institution sets": 0.90,
    "persons strict": 0.93,
    "roles": 0.80,
    "places strict": 0.90,
    "dates with value": 0.85,
    "amounts with value": 0.95,
    "jobs with value": 0.85,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print each mistake, even half only")
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    options = parser.parse_args()
    if not GARD.is_dir():
        sys.exit(f"no texts at {GARD}: set ALESCRAWL_SHARED to the folder that holds bench/")
    lines = [*_figures(), "", *error_lines(shown=options.errors), "", *cost_lines()]
    print("\n".join(lines))
    if not options.no_record:
        record("Entities", "\n".join(lines))
    return 0


def _figures() -> Iterator[str]:
    even, odd = gard_figures("even"), gard_figures("odd")
    yield "| F1 on gard_dev | target | tuned half (even) | untouched half (odd) |"
    yield "|---|--:|--:|--:|"
    for label in LABELS:
        yield f"| {label} | {TARGETS[label]:.2f} | {even[label]:.4f} | {odd[label]:.4f} |"
    yield ""
    yield "| F1 of the tagger alone | person | organisation | place | date | micro |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, figures in tagger_figures().items():
        cells = " | ".join(f"{figures[kind]:.4f}" for kind in figures)
        yield f"| {name} | {cells} |"


if __name__ == "__main__":
    sys.exit(main())

"""Extraction on real pages is as good as it ever was (where those pages are at hand)."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from extraction import FURTHER, PACK  # noqa: E402 - beside the benchmarks
from floors import below, corpus_hash, measure, read_floors  # noqa: E402 - same

pytestmark = pytest.mark.skipif(
    not (PACK.is_dir() and FURTHER.is_dir()),
    reason=f"the real pages are not at {PACK} (ALESCRAWL_SHARED)",
)


@pytest.fixture(scope="module")
def floors():
    pinned = read_floors()
    if pinned["corpus"] != corpus_hash():
        pytest.skip("the pages are others than those that the floors were measured on")
    return pinned["floors"]


@pytest.mark.long
def test_no_figure_is_below_its_floor(floors):
    assert below(measure(), floors) == []


def test_a_figure_below_its_floor_is_named():
    assert below({"set": {"body F1": 0.5}}, {"set": {"body F1": 0.6}}) == [
        "set: body F1 is 0.5, was 0.6"
    ]

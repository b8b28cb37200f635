"""`kill -9` at any moment, then a normal run: nothing is lost, and readers never notice."""

import random

import pandas as pd
import pytest
from kills import FAULTS, Kills

import alescrawl
from alescrawl.newsroom.server import Newsroom

EACH = {"crawl": 3, "crawl again": 3, "publish": 5, "reprocess": 5, "migrate": 4}
TRIES = 10
"""Of one kill: on a busy machine a command may have ended before it comes."""


@pytest.fixture(scope="module")
def kills(tmp_path_factory):
    seed = random.randrange(10**6)
    with Newsroom(latency=0.01) as newsroom:
        yield seed, Kills(newsroom, tmp_path_factory.mktemp("kills"), seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", EACH)
def test_what_is_killed_at_random_moments_is_completed_by_the_next_run(kills, kind):
    seed, kills = kills
    for _ in range(EACH[kind]):
        assert any(kills.kill_one(kind) for _ in range(TRIES)), "it always ends too soon"
    found = {fault: kills.counts[fault] for fault in FAULTS}
    assert found == dict.fromkeys(FAULTS, 0), (f"seed {seed}", kills.killed, kills.errors[:9])
    assert kills.counts["reads"] > 0
    hidden = list(kills.output.rglob(".*.parquet.*"))
    assert hidden == [], "what the killed run left is cleared away"


def test_an_interrupted_run_is_named_so(kills):
    _, kills = kills
    assert any(_interrupted(kills) for _ in range(TRIES))
    assert pd.read_parquet(kills.output / "runs")["run_id"].is_unique


def _interrupted(kills):
    """Return whether a crawl that was killed had begun, and the table says so."""
    kills.kill_one("crawl")
    runs = alescrawl.load_runs(kills.output).sort_values("run_id")
    return list(runs.finish_reason) == ["interrupted", "finished"]

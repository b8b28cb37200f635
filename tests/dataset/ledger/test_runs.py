"""What the ledger keeps of each run."""

from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.runs import begin_run
from alescrawl.dataset.ledger.window import Window


def test_the_identifiers_of_runs_sort_by_time_within_a_second_too(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    runs = [begin_run(ledger, "s", Window()) for _ in range(30)]
    assert runs == sorted(set(runs))

"""Hourly runs with a fake clock: every change is noticed at its run, nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.long
def test_half_a_day_of_hourly_runs_notices_all_and_loses_nothing():
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "week.py", "--hours", "12", "--no-record"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 hourly runs of 6 sources" in done.stdout

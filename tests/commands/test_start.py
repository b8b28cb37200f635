"""Every command starts quickly: what only some need is not imported by all."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from scrapy_command import ROOT

START = """
import json, sys
from scrapy.cmdline import execute
try:
    execute(['scrapy', *sys.argv[1:]])
finally:
    print(json.dumps(sorted(sys.modules)))
"""
HEAVY = {
    "numpy",
    "pandas",
    "pyarrow",
    "rich.console",
    "warcio",
    "vl_convert",
    "multiprocessing.pool",
}
"""What takes long to import, and is needed only by what reads pages, tables or a terminal."""
ROOMS_OF_PAGES = ("alescrawl.extraction.", "alescrawl.entities.", "alescrawl.relevance.")


@pytest.mark.parametrize("command", ["list", "--help", "status"])
def test_no_command_waits_for_what_others_need(command, tmp_path):
    words = [command, "-s", f"ALESCRAWL_OUTPUT={tmp_path}"] if command != "--help" else [command]
    done = subprocess.run(
        [sys.executable, "-c", START, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    imported = json.loads(done.stdout.splitlines()[-1])
    assert "alescrawl.settings" in imported, done.stderr
    assert HEAVY & set(imported) == set()
    assert [name for name in imported if name.startswith(ROOMS_OF_PAGES)] == []

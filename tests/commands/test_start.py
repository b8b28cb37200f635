"""Every command starts quickly: what only some need is not imported by all."""

from __future__ import annotations

import subprocess
import sys

LIST = "import sys; from scrapy.cmdline import execute\ntry: execute(['scrapy', 'list'])\nfinally: "


def test_no_command_waits_for_pandas():
    told = LIST + "print('pandas' in sys.modules, 'pyarrow.dataset' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert "ecomnews" in done.stdout
    assert done.stdout.splitlines()[-1] == "False False", done.stderr

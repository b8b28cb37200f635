"""How long `scrapy crawlall` takes where nothing is new: all sources, as polite as ever.

    python benchmarks/idle_run.py [--no-record]

Each of the sources is the stand-in of its site that the tests have (tests/support/standin): a web
proxy on loopback answers for all their hosts, over TLS. A first run collects what there is, without
delays; the second and third are those of a scheduler, with one request a second and host.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from results import record
from standin.catalogue import answers
from standin.web import Web

ROOT = Path(__file__).parents[1]
# The stand-in's certificate is of its own making.
STANDIN = ("DOWNLOAD_VERIFY_CERTIFICATES=False",)
FAST = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "ALESCRAWL_KEEP=all")


def crawlall(web: Web, output: Path, *settings: str) -> tuple[float, dict[str, Any], float]:
    """Run the command; return its seconds, what it said at the end, and its CPU seconds."""
    options = [f"ALESCRAWL_OUTPUT={output}", *STANDIN, *settings]
    words = [word for option in options for word in ("-s", option)]
    began, before = time.monotonic(), _cpu()
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawlall", "--log-json", "--since", "2000-01-01", *words],
        cwd=ROOT,
        env={**os.environ, **web.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if not told or told[-1]["event"] != "run_ended":
        sys.exit(done.stderr)
    for event in told:
        if event.get("is_bad"):
            print(event["source"], event["verdict"], event["why"])
    return time.monotonic() - began, told[-1], _cpu() - before


def _cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Measure, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, Web(answers()) as web:
        output = Path(folder) / "output"
        for name, settings in (("first, without delays", FAST), ("second", ()), ("third", ())):
            seconds, told, cpu = crawlall(web, output, *settings)
            verdicts = ", ".join(f"{n} {v}" for v, n in sorted(told["verdicts"].items()))
            rows.append(
                f"| {name} | {seconds:.0f} s | {cpu:.0f} s | {told['requests']} | {told['new']} "
                f"| {verdicts} |"
            )
    head = "| run | wall | CPU | requests | new articles | verdicts |\n|---|--:|--:|--:|--:|---|"
    text = "\n".join([head, *rows])
    print(text)
    if not options.no_record:
        record("A run of all sources with nothing new", text)


if __name__ == "__main__":
    main()

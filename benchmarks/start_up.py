"""What a command costs before it does anything: CPU beside that of a bare Scrapy project.

    python benchmarks/start_up.py [--rounds 15] [--no-record]

Each round runs `scrapy list` in a project that `scrapy startproject` made, then our commands, so
that what else the machine does falls on all alike. Exits with 1 where one of them takes more than
1.5 times as much. A crawl that finds nothing new is measured besides, and not judged.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from loopback import Site, page, sitemap
from results import record

ROOT = Path(__file__).parents[1]
SUPPORT = ROOT / "tests" / "support"
MOST = 1.5
BARE = "bare project: scrapy list"
IDLE = "scrapy crawl, nothing new"
COMMANDS = {
    "scrapy list": ("list",),
    "scrapy --help": ("--help",),
    "scrapy status, nothing crawled": ("status", "-s", "ALESCRAWL_OUTPUT={empty}"),
    "scrapy status, after the demo": ("status", "-s", "ALESCRAWL_OUTPUT={demo}/demo"),
}


def cpu_seconds(words: tuple[str, ...], folder: Path) -> float:
    """Return the CPU that `scrapy` with *words* takes in *folder*."""
    before = os.times()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SCRAPY", "ALESCRAWL"))}
    subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{SUPPORT}"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def measured(rounds: int, folder: Path) -> dict[str, list[float]]:
    """Return the CPU seconds of each command in each round."""
    bare = folder / "bare"
    subprocess.run(
        [sys.executable, "-m", "scrapy", "startproject", "bare", bare],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    demo = {"demo": folder / "output", "empty": folder / "empty"}
    cpu_seconds(("demo", "-s", f"ALESCRAWL_OUTPUT={demo['demo']}"), ROOT)
    spent: dict[str, list[float]] = {name: [] for name in (BARE, *COMMANDS, IDLE)}
    with Site() as site:
        idle = _crawl(site, folder / "crawled")
        cpu_seconds(idle, ROOT)
        for _ in range(rounds):
            spent[BARE].append(cpu_seconds(("list",), bare))
            for name, words in COMMANDS.items():
                here = tuple(word.format(**demo) for word in words)
                spent[name].append(cpu_seconds(here, ROOT))
            spent[IDLE].append(cpu_seconds(idle, ROOT))
    return spent


def _crawl(site: Site, output: Path) -> tuple[str, ...]:
    """Return the words that crawl *site*, which gets five articles, into *output*."""
    paths = [f"/a{number}" for number in range(5)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = page(f"Article {path}")
    settings = (f"ALESCRAWL_OUTPUT={output}", "SPIDER_MODULES=sources.tested", "DOWNLOAD_DELAY=0")
    told = (f"root={site.url}", "since=2000-01-01")
    return (
        *("crawl", "tested"),
        *(word for argument in told for word in ("-a", argument)),
        *(word for setting in settings for word in ("-s", setting)),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        spent = measured(options.rounds, Path(folder))
    ratios = {
        name: median(ours / bare for ours, bare in zip(seconds, spent[BARE], strict=True))
        for name, seconds in spent.items()
    }
    rows = [f"| {name} | {median(spent[name]):.2f} | {ratios[name]:.2f} |" for name in spent]
    told = "\n".join(
        [
            f"Medians of {options.rounds} rounds in turn; the ratio is that of each round.",
            "",
            "| command | CPU s | times the bare project |",
            "|---|--:|--:|",
            *rows,
        ]
    )
    print(told)
    if not options.no_record:
        record("Start-up", told)
    return 1 if max(ratios[name] for name in COMMANDS) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())

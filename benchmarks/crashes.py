"""`kill -9` at random moments of crawl, publication, reprocess, migrate and removal: what is lost.

    python benchmarks/crashes.py [--kills 200] [--seed 1] [--no-record]

How is written in tests/support/kills.py, which `make test` goes through with 20 kills. Exits with 1
where a row was lost, is there twice or differs, a file cannot be read or a reader failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from results import record

from alescrawl.newsroom.server import Newsroom

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from kills import FAULTS, Kills

if TYPE_CHECKING:
    from kills import Killed

ROUND = (
    *("crawl", "publish", "reprocess", "migrate", "crawl again", "publish", "reprocess in 2"),
    *("migrate", "crawl", "publish", "reprocess", "migrate", "forget", "crawl again", "publish"),
    *("reprocess in 2", "migrate", "crawl", "reprocess", "crawl again"),
)
"""What is killed, in turn; `crawl again` asks for all of the newsroom's second day."""


def kill_many(kills: Kills, number: int) -> None:
    """Kill until *number* came in time, each kind as often as ROUND has it."""
    for done in range(number):
        kind = ROUND[done % len(ROUND)]
        while not kills.kill_one(kind):
            pass
        if sys.stderr.isatty():
            print(f"\r{done + 1} of {number}", end="", file=sys.stderr)


def tell(kills: Kills) -> str:
    lines = [
        "| killed | times | first | last | half-written file left | partitions left to publish |",
        "|---|--:|--:|--:|--:|--:|",
        *(_line(kind, [k for k in kills.killed if k.kind == kind]) for kind in sorted({*ROUND})),
        "",
        "| what | count |",
        "|---|--:|",
        *(f"| {name} | {kills.counts[name]} |" for name in ("reads", *FAULTS)),
    ]
    return (
        f"{len(kills.killed)} times `kill -9`, each followed by a normal run; *first* and *last* "
        "are the moments after the command opened the ledger, and what was left counts kills.\n\n"
    ) + "\n".join(lines)


def _line(kind: str, killed: list[Killed]) -> str:
    if not killed:
        return f"| {kind} | 0 | | | | |"
    moments = [1000 * one.seconds for one in killed]
    half, unpublished = (sum(map(bool, c)) for c in zip(*(k[2:] for k in killed), strict=True))
    return (
        f"| {kind} | {len(killed)} | {min(moments):.0f} ms | {max(moments):.0f} ms "
        f"| {half} | {unpublished} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    with Newsroom(latency=0.01) as newsroom, tempfile.TemporaryDirectory() as folder:
        kills = Kills(newsroom, Path(folder), options.seed)
        kill_many(kills, options.kills)
    text = tell(kills)
    print(text, *kills.errors, sep="\n")
    if not options.no_record:
        record("Crashes", text)
    return 1 if any(kills.counts[name] for name in FAULTS) else 0


if __name__ == "__main__":
    sys.exit(main())

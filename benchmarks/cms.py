"""Measures crawls of real content management systems: what is found, read and asked for.

Needs what tests/cms/install.sh installs. Each system is explored from its home page, then crawled
as the source that the exploration prints: unchanged, and after three edits and a deletion.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from results import record

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "cms"))

from crawls import History, history
from mariadb import MariaDb
from partner import CannotRunError, Cms
from spip import Spip
from wordpress import WordPress

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = ("title", "authors", "published", "text")
HEADER = (
    "| system | articles | recall | precision | title | authors | published | text "
    "| requests, first | requests, unchanged | per article | requests, changed "
    "| edits noticed | deletion noticed | s |"
)


def systems(stack: ExitStack, folder: Path) -> Iterator[tuple[str, Cms]]:
    """Yield the name of each system and the system, running."""
    database = stack.enter_context(MariaDb(folder / "sql"))
    for kind, theme in (("classic", "twentytwentyone"), ("block", "twentytwentytwo")):
        cms = WordPress(folder / kind, database, theme, kind)
        yield f"WordPress, {kind} theme", stack.enter_context(cms)
    yield "SPIP", stack.enter_context(Spip(folder / "spip"))


def row(name: str, seen: History, seconds: float) -> str:
    """Return a line of the table."""
    first, second, third = seen.first, seen.second, seen.third
    found = len(first.truth) - len(first.missing())
    cells = [
        name,
        len(first.truth),
        _share(found, len(first.truth)),
        _share(found, len(first.articles)),
        *(_share(found - len(first.wrong(field)), found) for field in FIELDS),
        len(first.asked),
        len(second.asked),
        f"{len(second.asked) / len(second.truth):.3f}",
        len(third.asked),
        f"{len(seen.noticed_edits())} of {len(seen.edited)}",
        "yes" if seen.noticed_deletion() else "no",
        f"{seconds:.0f}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main() -> int:
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    lines = [HEADER, "|---|" + "--:|" * (HEADER.count("|") - 2)]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        try:
            for name, cms in systems(stack, Path(folder)):
                began = time.monotonic()
                seen = history(cms, cms.folder)
                lines.append(row(name, seen, time.monotonic() - began))
        except CannotRunError as error:
            print(error, file=sys.stderr)
            return 1
    table = "\n".join(lines)
    print(table)
    record("Real content management systems", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())

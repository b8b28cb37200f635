"""What processes that were killed wrote to the archive and never committed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from alescrawl.dataset.archive import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger import Ledger

# Pages were left out of it; any other file may be of a ledger that was lost.
_REWRITTEN = re.compile(r"\.\d+\.warc\.gz$")


def delete_leftovers(ledger: Ledger, output: Folder, sources: Iterable[str]) -> None:
    """Delete what the index does not know of the files of *sources*.

    No other run of these may be under way: it writes first and commits then.
    """
    for source in sources:
        for path in (output.raw / f"source={source}").glob("*.warc.gz"):
            end = end_of(ledger, f"source={source}/{path.name}")
            if 0 < end < path.stat().st_size:
                os.truncate(path, end)
            elif not end and _REWRITTEN.search(path.name):
                path.unlink()

"""Whose turn it is: the sources in the order in which a run of all of them takes them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from alescrawl.dataset.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.dataset.folder import Folder

# Of one that was cut short, the newest articles alone were read: it stays due.
_LAST = """
SELECT source, max(CASE WHEN finish_reason = 'finished' THEN started END) AS whole,
       max(started) AS any_run
FROM runs WHERE kind = 'crawl' GROUP BY source
"""


def longest_due_first(folder: Folder, sources: Iterable[str]) -> list[str]:
    """Return *sources*, first those never crawled to the end, then by how long that is ago."""
    if not folder.ledger.exists():
        return sorted(sources)
    with closing(Ledger(folder.ledger)) as ledger:
        last = {source: (whole or "", run) for source, whole, run in ledger.query(_LAST)}
    return sorted(sources, key=lambda source: (*last.get(source, ("", "")), source))

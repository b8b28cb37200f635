"""The first page that a bad run stumbled over, kept ready to be made a test."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from alescrawl.dataset.archive.pages import archived_article
from alescrawl.dataset.archive.warc import DamagedRecord
from alescrawl.dataset.gate.quality import FILLED, rows_read
from alescrawl.dataset.storage.files import replacing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.gate.verdicts import Judgement
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import RawPage


def keep_bad_page(
    ledger: Ledger,
    output: Folder,
    run: tuple[str, str],
    judgement: Judgement,
    refused: RawPage | None,
) -> Path | None:
    """Write ``page.html`` and ``page.json`` to ``bad_pages/SOURCE/RUN``; return the folder.

    *run* is the source and the run_id.

    The page is the first that was *refused*, else of the articles read the one that lacks most.
    ``None`` where the archive does not have it.
    """
    page = refused or _emptiest(ledger, output, *run)
    if page is None:
        return None
    folder = output.root.joinpath("bad_pages", *run)
    told = {
        "url": page.url,
        "status": page.status,
        "headers": page.headers,
        "verdict": judgement.verdict,
        "why": judgement.why,
    }
    # First what the page is found by when it has to go.
    with replacing(folder / "page.json") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=2).encode())
    with replacing(folder / "page.html") as file:
        file.write(page.body)
    return folder


def remove_bad_pages(output: Folder, unwanted: Callable[[str, bytes], bool]) -> None:
    """Remove the pages of which *unwanted*, given address and body, says so."""
    for told in output.root.glob("bad_pages/*/*/page.json"):
        url = json.loads(told.read_text("utf-8"))["url"]
        # Also what a killed process left of a page.
        written = [path.read_bytes() for path in told.parent.iterdir() if path != told]
        if unwanted(url, b"".join(written)):
            shutil.rmtree(told.parent)


def _emptiest(ledger: Ledger, output: Folder, source: str, run_id: str) -> RawPage | None:
    (started,) = ledger.query("SELECT started FROM runs WHERE run_id = ?", run_id).fetchone()
    rows = rows_read(ledger, source, run_id, started)
    chosen = min(rows, key=lambda row: sum(bool(row[name]) for name in FILLED), default=None)
    archived = archived_article(ledger, chosen) if chosen else None
    if archived is None:
        return None
    with suppress(DamagedRecord):
        return archived.pages[0].read(output.raw)
    return None

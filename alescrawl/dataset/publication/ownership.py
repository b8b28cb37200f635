"""Which ledger publishes a source: another one does not replace what it has published.

A ledger that was lost and begun anew knows of few articles. Without this its first publication
would put them in the place of all that the old one had published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.tables import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.storage.files import Storage


def settle(ledger: Ledger, output: Folder) -> None:
    """Note where *ledger* publishes; where it did so elsewhere before, all is to be published."""
    place = "" if output.elsewhere is None else str(output.elsewhere)
    (known,) = ledger.query("SELECT published_to FROM identity").fetchone()
    if known != place:
        with ledger.transaction() as db:
            db.execute("UPDATE parts SET changes = changes + 1")
            db.execute("UPDATE identity SET published_to = ?", (place,))


def claim(ledger: Ledger, output: Folder, sources: Collection[str]) -> None:
    """Make *sources* those of *ledger* in a place elsewhere.

    Raises :exc:`DatasetError` where one of them is another's; in the ledger's own folder, where
    there are articles of one that it knows nothing of.
    """
    if output.elsewhere is None:
        for source in sources:
            _refuse_unknown(ledger, output, source)
        return
    if not sources:
        return
    (name,) = ledger.query("SELECT name FROM identity").fetchone()
    for source in sources:
        _claim(output, output.elsewhere, source, name)


def _refuse_unknown(ledger: Ledger, output: Folder, source: str) -> None:
    known = "SELECT 1 FROM parts WHERE dataset = ? AND source = ?"
    if ledger.query(known, ARTICLES, source).fetchone() is not None:
        return
    if output.published.keys(f"{ARTICLES}/source={source}"):
        raise DatasetError(
            f"{output.published} has articles of {source} that {output.ledger} knows nothing of: "
            "restore that file from a backup, choose another folder with -s "
            f"ALESCRAWL_OUTPUT=FOLDER, or delete source={source} there"
        )


def _claim(output: Folder, storage: Storage, source: str, name: str) -> None:
    key = f"_owners/source={source}"
    if storage.read(key) == name.encode():
        return
    if storage.keys(f"{ARTICLES}/source={source}"):
        raise DatasetError(
            f"{storage} has {source} from another ledger than {output.ledger}: set ALESCRAWL_STATE "
            f"to the folder of that one, choose another place, or delete source={source} there"
        )
    with storage.replacing(key) as file:
        file.write(name.encode())

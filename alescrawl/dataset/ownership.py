"""A place that is not the ledger's own folder: which ledger publishes a source there.

A ledger that was lost and begun anew knows of few articles. Without this its first publication
would put them in the place of all that the old one had published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger import Ledger
    from alescrawl.dataset.storage import Storage


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

    Raises :exc:`DatasetError` where one of them is another's.
    """
    if output.elsewhere is None or not sources:
        return
    (name,) = ledger.query("SELECT name FROM identity").fetchone()
    for source in sources:
        _claim(output, output.elsewhere, source, name)


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

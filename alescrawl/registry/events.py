"""The notices that stand, as the table of events: rectified and annulled ones are gone from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset import schema, tables
from alescrawl.dataset.storage.parquet import write_rows
from alescrawl.registry.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from alescrawl.dataset.folder import Folder
    from alescrawl.registry.store import Store

EVENTS_FILE: Final = f"{tables.EVENTS}/events.parquet"


def standing(notices: Iterable[Notice]) -> list[Notice]:
    """Return those of *notices* that no later one rectifies, annuls or retracts, oldest first.

    What annuls is itself no event; a rectification stands in place of what it rectifies.
    """
    known = list(notices)
    replaced = {notice.replaces for notice in known if notice.replaces}
    return [n for n in known if n.id not in replaced and not n.annuls]


def event_rows(notices: Iterable[Notice]) -> Iterator[dict[str, Any]]:
    """Yield a row for each company of each notice."""
    for notice in notices:
        for party in notice.parties:
            several = len(notice.parties) > 1
            role = [party.role] if party.role else []
            yield {
                "event_id": f"{notice.id}-{party.siren}" if several else notice.id,
                "siren": party.siren,
                "name": party.name,
                "kind": notice.kind,
                "date": date.fromisoformat(notice.day),
                "published": date.fromisoformat(notice.published),
                "tribunal": notice.tribunal,
                "department": notice.department,
                "town": notice.town,
                "facts": [*role, *notice.facts],
                "rectifies": notice.replaces,
                "url": notice.url,
            }


def publish_events(folder: Folder, store: Store, sirens: Collection[str]) -> int:
    """Write the table of events whole; return its rows.

    Of persons' businesses there are those of the linked *sirens* alone.
    """
    notices = standing(map(Notice.unpacked, store.notices()))
    rows = [row for row in event_rows(notices) if row["name"] or row["siren"] in sirens]
    with folder.publishing():
        write_rows(rows, schema.OF_REGISTRY[tables.EVENTS], folder.published, EVENTS_FILE)
    return len(rows)

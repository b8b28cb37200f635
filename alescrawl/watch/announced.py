"""What the gazette announced of a company that a watch list names by its SIREN, as documents."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.storage.parquet import read_rows
from alescrawl.items import PARIS
from alescrawl.registry.events import EVENTS_FILE
from alescrawl.watch.document import Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from alescrawl.dataset.folder import Folder
    from alescrawl.watch.wording import Wording

PREFIX: Final = "event:"
"""Before the identifier of an event, where one of an article stands."""
GAZETTE: Final = "BODACC"
_INSOLVENCY: Final = "insolvency"


def announced(folder: Folder, sirens: Collection[str], wording: Wording) -> dict[str, Document]:
    """Return the events of *sirens* in the published table, each as a document by its identifier.

    Its title says of whom and what; its text has the facts, and the company as its one mention.
    """
    if not sirens:
        return {}
    rows = read_rows(folder.published, EVENTS_FILE)
    found = (_document(row, wording) for row in rows if row["siren"] in sirens)
    return {document.article_id: document for document in found}


def _document(event: Mapping[str, Any], wording: Wording) -> Document:
    name = event["name"] or f"SIREN {event['siren']}"
    mention = {"kind": "institution", "siren": event["siren"], "start": 0, "end": len(name)}
    return Document(_row(event, name, wording), [mention | {"surface": name, "name": name}])


def _row(event: Mapping[str, Any], name: str, wording: Wording) -> dict[str, Any]:
    what = wording(f"event_{event['kind']}")
    moment = datetime.combine(event["published"], time(), PARIS).astimezone(UTC)
    return {
        "article_id": f"{PREFIX}{event['event_id']}",
        "source": GAZETTE,
        "publisher": GAZETTE,
        "title": f"{name} : {what}",
        "text": f"{name} : {', '.join(_told(event, what))}.",
        "canonical_url": event["url"] or "",
        "authors": [],
        "agencies": [event["tribunal"]] if event["tribunal"] else [],
        "published": moment,
        "first_seen": moment,
        "published_precision": "day",
        "access": "free",
        "tdm_reserved": False,
        "gone_since": None,
        "topics": ["insolvency"] if event["kind"].startswith(_INSOLVENCY) else [],
    }


def _told(event: Mapping[str, Any], what: str) -> Iterator[str]:
    yield what
    yield f"{event['date']:%d/%m/%Y}"
    yield from event["facts"]

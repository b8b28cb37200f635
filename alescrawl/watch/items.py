"""Items of a watch list as they are told: made of the rows as they are now, nothing is copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from alescrawl.watch.book import Book, Change
    from alescrawl.watch.document import Document
    from alescrawl.watch.matching import Matcher, Reason


Read: TypeAlias = "Callable[[str], Document | None]"


class Place(NamedTuple):
    """Where a copy of an article stands."""

    publisher: str
    url: str


@dataclass(frozen=True)
class Item:
    """An article that was found, with its copies."""

    item: str
    title: str
    url: str
    publisher: str
    published: datetime | None
    """In Paris, ``None`` where the page says no date."""
    has_time: bool
    authors: tuple[str, ...]
    is_paid: bool
    is_reserved: bool
    is_gone: bool
    reasons: tuple[Reason, ...]
    places: tuple[Place, ...]
    """Of its copies."""

    @property
    def labels(self) -> list[str]:
        """What was found, each label once."""
        return list(dict.fromkeys(reason.entry.label for reason in self.reasons))


class Told(NamedTuple):
    """An item, and whether it is new or changed."""

    item: Item
    change: Change


def read_item(book: Book, matcher: Matcher, item: str, read: Read) -> Item | None:
    """Return what is to be told of *item* now; *read* returns its documents.

    ``None`` where its articles are gone from the dataset, or no entry of the list asks for them any
    more.
    """
    found = [read(article_id) for article_id in book.articles(item)]
    documents = [document for document in found if document is not None]
    for document in documents:
        if reasons := matcher.reasons(document):
            others = [each for each in documents if each is not document]
            return _item(item, document, reasons, others)
    return None


def _item(
    item: str, document: Document, reasons: Sequence[Reason], others: Sequence[Document]
) -> Item:
    row = document.row
    signed = () if document.is_reserved else (*row["authors"], *row["agencies"])
    published = row["published"]
    return Item(
        item=item,
        title=document.title or row["canonical_url"],
        url=row["canonical_url"],
        publisher=_publisher(document),
        published=published.astimezone(PARIS) if published else None,
        has_time=row["published_precision"] != "day",
        authors=tuple(signed),
        is_paid=row["access"] == "paid",
        is_reserved=document.is_reserved,
        is_gone=row["gone_since"] is not None,
        reasons=tuple(reasons),
        places=tuple(Place(_publisher(each), each.row["canonical_url"]) for each in others),
    )


def _publisher(document: Document) -> str:
    return str(document.row["publisher"] or document.row["source"])

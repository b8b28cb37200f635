"""The tables of the dataset, their columns, and the way from items to rows and back.

The types of the columns are plain words here; :mod:`alescrawl.dataset.schema` gives them to Arrow,
which takes a third of a second to import.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from alescrawl.items import Article

ARTICLES: Final = "articles"
REVISIONS: Final = "revisions"
MENTIONS: Final = "mentions"
RUNS: Final = "runs"
COMPANIES: Final = "companies"
LINKS: Final = "links"
EVENTS: Final = "events"

_ARTICLE_COLUMNS: Final = {
    "article_id": "text",
    "url": "text",
    "canonical_url": "text",
    "source": "source",
    "publisher": "text",
    "kicker": "text",
    "title": "text",
    "lead": "text",
    "text": "text",
    "paragraphs": "paragraphs",
    "word_count": "int32",
    "language": "text",
    "authors": "texts",
    "agencies": "texts",
    "byline": "text",
    "published": "instant",
    "published_raw": "text",
    "published_precision": "text",
    "modified": "instant",
    "modified_raw": "text",
    "section": "text",
    "tags": "texts",
    "image_url": "text",
    "image_caption": "text",
    "image_credit": "text",
    "access": "text",
    "access_declared_free": "bool",
    "access_seen_truncated": "bool",
    "tdm_reserved": "bool",
    "tdm_policy": "text",
    "rights_signals": "texts",
    "institutions": "texts",
    "persons": "texts",
    "places": "texts",
    "gard_score": "float32",
    "is_gard": "bool",
    "is_economic": "bool",
    "topics": "texts",
    "relevance_reasons": "texts",
    "duplicate_of": "text",
    "cluster_id": "text",
    "content_hash": "text",
    "revision": "int32",
    "first_seen": "instant",
    "fetched_at": "instant",
    "archive": "text",
    "captured_at": "instant",
    "only_archived": "bool",
    "gone_since": "instant",
    "extractor_version": "text",
    "problems": "texts",
    "provenance": "provenance",
}
_MENTION_COLUMNS: Final = {
    "article_id": "text",
    "kind": "text",
    "surface": "text",
    "start": "int32",
    "end": "int32",
    "name": "text",
    "entity_id": "text",
    "subtype": "text",
    "role": "text",
    "affiliation": "text",
    "tenure": "text",
    "about": "text",
    "date_start": "day",
    "date_end": "day",
    "number": "float64",
    "unit": "text",
    "siren": "text",
    "insee": "text",
    "method": "text",
    "score": "float32",
    "source": "source",
}
_RUN_COLUMNS: Final = {
    "run_id": "text",
    "source": "source",
    "kind": "text",
    "started": "instant",
    "ended": "instant",
    "finish_reason": "text",
    "since": "instant",
    "until": "instant",
    "found": "int32",
    "requested": "int32",
    "new": "int32",
    "changed": "int32",
    "unchanged": "int32",
    "duplicate": "int32",
    "not_article": "int32",
    "refused": "int32",
    "failed": "int32",
    "gone": "int32",
    "reasons": "counts",
    "requests": "int32",
    "not_modified": "int32",
    "bytes": "int64",
    "http_statuses": "statuses",
    "program_version": "text",
    "verdict": "text",
    "why": "texts",
    "articles_read": "int32",
    "median_words": "float32",
    "fill_rates": "shares",
    "origins": "origins",
}

COLUMNS: Final = {
    ARTICLES: _ARTICLE_COLUMNS,
    REVISIONS: _ARTICLE_COLUMNS,
    MENTIONS: _MENTION_COLUMNS,
    RUNS: _RUN_COLUMNS,
}
"""The columns of each table, in order, and what kind of value each holds."""

_COMPANY_COLUMNS: Final = {
    "siren": "text",
    "name": "text",
    "sigle": "text",
    "brands": "texts",
    "former_names": "periods",
    "legal_form": "text",
    "created": "day",
    "closed": "day",
    "active": "bool",
    "activity": "text",
    "headcount": "text",
    "category": "text",
    "association": "text",
    "seat": "text",
    "seat_commune": "text",
    "communes": "texts",
    "seats": "periods",
    "successors": "periods",
}
_LINK_COLUMNS: Final = {
    "institution": "text",
    "name": "text",
    "siren": "text",
    "company": "text",
    "probability": "float32",
    "origin": "text",
    "evidence": "texts",
    "registry_date": "day",
}
_EVENT_COLUMNS: Final = {
    "event_id": "text",
    "siren": "text",
    "name": "text",
    "kind": "text",
    "date": "day",
    "published": "day",
    "tribunal": "text",
    "department": "text",
    "town": "text",
    "facts": "texts",
    "rectifies": "text",
    "url": "text",
}

OF_REGISTRY: Final = {
    COMPANIES: _COMPANY_COLUMNS,
    LINKS: _LINK_COLUMNS,
    EVENTS: _EVENT_COLUMNS,
}
"""The columns of the tables that `scrapy registry` writes beside those of the ledger."""

_ARTICLE_INSTANTS: Final = tuple(n for n, kind in _ARTICLE_COLUMNS.items() if kind == "instant")


def article_row(article: Article) -> dict[str, Any]:
    """Return the columns of *article* as plain values, in the order of the table."""
    row = {name: getattr(article, name) for name in _ARTICLE_COLUMNS}
    row["paragraphs"] = [{"kind": p.kind, "text": p.text} for p in article.paragraphs]
    return row


def to_json(row: dict[str, Any]) -> dict[str, Any]:
    """Return an article's *row* with its date-times as ISO 8601 strings."""
    packed = dict(row)
    for name in _ARTICLE_INSTANTS:
        if packed[name] is not None:
            packed[name] = packed[name].astimezone(UTC).isoformat()
    return packed


def from_json(packed: dict[str, Any]) -> dict[str, Any]:
    """Undo :func:`to_json`; columns younger than the stored row are empty."""
    row = {name: packed.get(name) for name in _ARTICLE_COLUMNS}
    for name in _ARTICLE_INSTANTS:
        if (text := row[name]) is not None:
            row[name] = datetime.fromisoformat(text)
    return row

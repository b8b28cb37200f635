"""The one Arrow schema of each table, and the way from items to rows and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from alescrawl.items import PROVENANCE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alescrawl.items import Article

SCHEMA_VERSION = 1
VERSION_KEY = b"alescrawl.schema_version"

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_INSTANT = pa.timestamp("us", tz="UTC")
_SOURCE = pa.dictionary(pa.int32(), pa.string())
"""The type that a reader gives the source it finds in a folder's name."""


_ORIGINS = pa.list_(pa.struct([("name", _TEXT), ("origin", _TEXT), ("share", pa.float32())]))


def _schema(fields: Iterable[tuple[str, pa.DataType]]) -> pa.Schema:
    return pa.schema(list(fields), metadata={VERSION_KEY: str(SCHEMA_VERSION).encode()})


ARTICLES = _schema(
    [
        ("article_id", _TEXT),
        ("url", _TEXT),
        ("canonical_url", _TEXT),
        ("source", _SOURCE),
        ("publisher", _TEXT),
        ("kicker", _TEXT),
        ("title", _TEXT),
        ("lead", _TEXT),
        ("text", _TEXT),
        ("paragraphs", pa.list_(pa.struct([("kind", _TEXT), ("text", _TEXT)]))),
        ("word_count", pa.int32()),
        ("language", _TEXT),
        ("authors", _TEXTS),
        ("agencies", _TEXTS),
        ("byline", _TEXT),
        ("published", _INSTANT),
        ("published_raw", _TEXT),
        ("published_precision", _TEXT),
        ("modified", _INSTANT),
        ("modified_raw", _TEXT),
        ("section", _TEXT),
        ("tags", _TEXTS),
        ("image_url", _TEXT),
        ("image_caption", _TEXT),
        ("image_credit", _TEXT),
        ("access", _TEXT),
        ("access_declared_free", pa.bool_()),
        ("access_seen_truncated", pa.bool_()),
        ("tdm_reserved", pa.bool_()),
        ("tdm_policy", _TEXT),
        ("rights_signals", _TEXTS),
        ("institutions", _TEXTS),
        ("persons", _TEXTS),
        ("places", _TEXTS),
        ("gard_score", pa.float32()),
        ("is_gard", pa.bool_()),
        ("is_economic", pa.bool_()),
        ("topics", _TEXTS),
        ("relevance_reasons", _TEXTS),
        ("duplicate_of", _TEXT),
        ("cluster_id", _TEXT),
        ("content_hash", _TEXT),
        ("revision", pa.int32()),
        ("first_seen", _INSTANT),
        ("fetched_at", _INSTANT),
        ("gone_since", _INSTANT),
        ("extractor_version", _TEXT),
        ("problems", _TEXTS),
        ("provenance", pa.struct([(name, _TEXT) for name in PROVENANCE_FIELDS])),
    ]
)

MENTIONS = _schema(
    [
        ("article_id", _TEXT),
        ("kind", _TEXT),
        ("surface", _TEXT),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("name", _TEXT),
        ("entity_id", _TEXT),
        ("subtype", _TEXT),
        ("role", _TEXT),
        ("affiliation", _TEXT),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("number", pa.float64()),
        ("unit", _TEXT),
        ("siren", _TEXT),
        ("insee", _TEXT),
        ("method", _TEXT),
        ("score", pa.float32()),
        ("source", _SOURCE),
    ]
)

RUNS = _schema(
    [
        ("run_id", _TEXT),
        ("source", _SOURCE),
        ("kind", _TEXT),
        ("started", _INSTANT),
        ("ended", _INSTANT),
        ("finish_reason", _TEXT),
        ("since", _INSTANT),
        ("until", _INSTANT),
        ("found", pa.int32()),
        ("requested", pa.int32()),
        ("new", pa.int32()),
        ("changed", pa.int32()),
        ("unchanged", pa.int32()),
        ("duplicate", pa.int32()),
        ("not_article", pa.int32()),
        ("refused", pa.int32()),
        ("failed", pa.int32()),
        ("gone", pa.int32()),
        ("reasons", pa.list_(pa.struct([("name", _TEXT), ("count", pa.int32())]))),
        ("requests", pa.int32()),
        ("not_modified", pa.int32()),
        ("bytes", pa.int64()),
        ("http_statuses", pa.list_(pa.struct([("status", pa.int32()), ("count", pa.int32())]))),
        ("program_version", _TEXT),
        ("verdict", _TEXT),
        ("why", _TEXTS),
        ("articles_read", pa.int32()),
        ("median_words", pa.float32()),
        ("fill_rates", pa.list_(pa.struct([("name", _TEXT), ("share", pa.float32())]))),
        ("origins", _ORIGINS),
    ]
)

TABLES = {"articles": ARTICLES, "revisions": ARTICLES, "mentions": MENTIONS, "runs": RUNS}
"""The schema of each table below the output folder."""

_ARTICLE_INSTANTS = tuple(f.name for f in ARTICLES if f.type == _INSTANT)


def article_row(article: Article) -> dict[str, Any]:
    """Return the columns of *article* as plain values, in the order of the schema."""
    row = {name: getattr(article, name) for name in ARTICLES.names}
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
    row = {name: packed.get(name) for name in ARTICLES.names}
    for name in _ARTICLE_INSTANTS:
        if (text := row[name]) is not None:
            row[name] = datetime.fromisoformat(text)
    return row


def check_version(metadata: Mapping[bytes, bytes] | None) -> int:
    """Return the schema version that a file's *metadata* declares, 0 where it declares none."""
    return int((metadata or {}).get(VERSION_KEY, b"0"))

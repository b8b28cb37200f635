"""The one Arrow schema of each table, and the version of it that a file declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from alescrawl.dataset import tables
from alescrawl.dataset.errors import DatasetError
from alescrawl.items import PROVENANCE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION: Final = 1
VERSION_KEY: Final = b"alescrawl.schema_version"

_TEXT: Final = pa.string()


def _structs(**fields: pa.DataType) -> pa.DataType:
    return pa.list_(pa.struct(list(fields.items())))


_TYPES: Final = {
    "text": _TEXT,
    "texts": pa.list_(_TEXT),
    "instant": pa.timestamp("us", tz="UTC"),
    "day": pa.date32(),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    # The type that a reader gives the source it finds in a folder's name.
    "source": pa.dictionary(pa.int32(), _TEXT),
    "paragraphs": _structs(kind=_TEXT, text=_TEXT),
    "provenance": pa.struct([(name, _TEXT) for name in PROVENANCE_FIELDS]),
    "counts": _structs(name=_TEXT, count=pa.int32()),
    "statuses": _structs(status=pa.int32(), count=pa.int32()),
    "shares": _structs(name=_TEXT, share=pa.float32()),
    "origins": _structs(name=_TEXT, origin=_TEXT, share=pa.float32()),
    "periods": _structs(value=_TEXT, since=pa.date32(), until=pa.date32()),
}


def _schema(columns: Mapping[str, str]) -> pa.Schema:
    fields = [(name, _TYPES[kind]) for name, kind in columns.items()]
    return pa.schema(fields, metadata={VERSION_KEY: str(SCHEMA_VERSION).encode()})


TABLES: Final = {name: _schema(columns) for name, columns in tables.COLUMNS.items()}
"""The schema of each table below the output folder."""
ARTICLES: Final = TABLES[tables.ARTICLES]
MENTIONS: Final = TABLES[tables.MENTIONS]
RUNS: Final = TABLES[tables.RUNS]
OF_REGISTRY: Final = {name: _schema(columns) for name, columns in tables.OF_REGISTRY.items()}
"""The schema of each table that `scrapy registry` writes."""
COMPANIES: Final = OF_REGISTRY[tables.COMPANIES]


def columns_of(name: str) -> pa.Schema:
    """Return the schema of the table *name*."""
    return OF_REGISTRY[name] if name in OF_REGISTRY else TABLES[name]


def check_version(metadata: Mapping[bytes, bytes] | None) -> int:
    """Return the schema version that a file's *metadata* declares, 0 where it declares none."""
    return int((metadata or {}).get(VERSION_KEY, b"0"))


def refuse_newer(columns: pa.Schema, path: str) -> None:
    """Raise :exc:`DatasetError` where the *columns* of a file are those of a newer alescrawl."""
    version = check_version(columns.metadata)
    if version > SCHEMA_VERSION:
        raise DatasetError(
            f"{path} was made by a newer alescrawl (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade alescrawl"
        )

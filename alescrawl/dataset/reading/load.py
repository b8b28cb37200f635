"""Reading the published tables into pandas, with typed columns and filters pushed down."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from datetime import MAXYEAR, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from alescrawl.dataset import schema, tables
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import storage_at
from alescrawl.dataset.reading.frame import Table, comparable
from alescrawl.dataset.reading.linked import NEEDED, links_in, with_sirens
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from alescrawl.dataset.storage.files import Storage

Moment = str | date | datetime

_WAITS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds before what changed while it was read is read again."""

_ONE_ROW_EACH = ("article_id", "fetched_at")

_SOURCE = re.compile(r"/source=([^/]+)/")
_YEAR = re.compile(r"/year=(?:(\d{4})|undated)(?:-\d+)?\.parquet$")

_PANDAS_TYPES = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float32(): pd.Float32Dtype(),
    pa.float64(): pd.Float64Dtype(),
}


def load_articles(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    source: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the articles published in a period, one row each, the newest revision.

    *since* is included, *until* is not; both are ISO dates, dates or date-times (in Paris where
    they have no zone), and leave undated articles out. *source* is one name or several.
    Texts are ``str``, date-times ``datetime64[us, UTC]``, truth values ``boolean``, lists
    Python lists. *output* is a folder or an ``s3://`` address. One without articles gives no
    rows; one without tables, a file, the folder of one table, or a server that refuses, raises
    :exc:`DatasetError`.
    """
    period = _period("published", since, until)
    wanted = None if columns is None else list(dict.fromkeys([*columns, *_ONE_ROW_EACH]))
    frame = _newest(_load(output, tables.ARTICLES, period, source, wanted))
    return frame if columns is None else frame[list(columns)]


def load_mentions(
    output: str | Path = "output",
    *,
    source: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the mentions of entities, one row each; arguments as for :func:`load_articles`.

    ``siren`` is that of the gazetteer, or of the company that `scrapy registry` linked.
    """
    everything = _period("", None, None)
    if columns is not None and "siren" not in columns:
        return _load(output, tables.MENTIONS, everything, source, columns)
    wanted = None if columns is None else list(dict.fromkeys([*columns, *NEEDED]))
    frame = _load(output, tables.MENTIONS, everything, source, wanted)
    frame = with_sirens(frame, links_in(storage_at(output)))
    return frame if columns is None else frame[list(columns)]


def load_runs(
    output: str | Path = "output",
    *,
    since: Moment | None = None,
    until: Moment | None = None,
    source: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return one row per source and run that started in the period."""
    period = _period("started", since, until)
    return _load(output, tables.RUNS, period, source, columns)


def load_table(output: str | Path, name: str) -> pd.DataFrame:
    """Return all rows of the table *name*."""
    return _load(output, name, _period("", None, None), None, None)


def _newest(articles: pd.DataFrame) -> pd.DataFrame:
    """Return *articles* each once: one whose year has just changed may be in two partitions."""
    if not articles["article_id"].duplicated().any():
        return articles
    newest = articles.sort_values("fetched_at", kind="stable").drop_duplicates(
        "article_id", keep="last"
    )
    return newest.sort_index().reset_index(drop=True)


class _Period(NamedTuple):
    """What is asked for of a *column* of moments: from *since* on, before *until*."""

    column: str
    since: datetime | None
    until: datetime | None

    def expression(self) -> pc.Expression:
        field = pc.field(self.column)
        chosen = pc.scalar(True)
        if self.since is not None:
            chosen &= field >= pa.scalar(self.since)
        if self.until is not None:
            chosen &= field < pa.scalar(self.until)
        return chosen


def _load(
    output: str | Path,
    name: str,
    period: _Period,
    source: str | Sequence[str] | None,
    columns: Sequence[str] | None,
) -> pd.DataFrame:
    columns_of = schema.columns_of(name)
    wanted = list(columns) if columns is not None else columns_of.names
    if unknown := [column for column in wanted if column not in columns_of.names]:
        raise DatasetError(
            f"no column {', '.join(unknown)} in {name}; there are: {', '.join(columns_of.names)}"
        )
    sources = _sources(source)
    storage = storage_at(output)
    keys = of_sources(table_keys(storage, name), sources)
    if period.column == "published":
        keys = of_period(keys, period.since, period.until)
    chosen = period.expression()
    if sources is not None:
        chosen &= pc.field("source").cast(pa.string()).isin(sources)
    return _to_pandas(scan(storage, name, keys, chosen, wanted))


def of_sources(keys: Iterable[str], sources: Collection[str] | None) -> list[str]:
    """Return those of *keys* whose names allow rows of *sources*; ``None`` is all of them."""
    if sources is None:
        return list(keys)
    named = ((key, _SOURCE.search(key)) for key in keys)
    return [key for key, found in named if found is None or found[1] in sources]


def of_period(keys: Iterable[str], since: datetime | None, until: datetime | None) -> list[str]:
    """Return those of *keys* whose names allow articles published in a period, *until* excluded."""
    if since is None and until is None:
        return list(keys)
    named = ((key, _YEAR.search(key)) for key in keys)
    return [key for key, found in named if found is None or _reaches(found[1], since, until)]


def _reaches(year: str | None, since: datetime | None, until: datetime | None) -> bool:
    """Return whether a *year* in Paris has moments of a period; what is undated is in none."""
    if year is None:
        return False
    first, following = datetime(int(year), 1, 1, tzinfo=PARIS), int(year) + 1
    ends_before = (
        since is not None
        and following <= MAXYEAR
        and since >= datetime(following, 1, 1, tzinfo=PARIS)
    )
    return not ends_before and (until is None or until > first)


def _refuse_none(storage: Storage) -> None:
    """Raise :exc:`DatasetError` where a place holds none of the tables: another may be meant."""
    found = storage.times("")
    if any(key.lstrip("/").split("/")[0] in tables.COLUMNS for key in found):
        return
    above, _, last = str(storage).rpartition("/")
    if last in tables.COLUMNS and found:
        raise DatasetError(f"{storage} is one table: name the folder that it is in, {above or '.'}")
    raise DatasetError(f"there is no dataset in {storage}: `scrapy crawl NAME` makes it")


def table_keys(storage: Storage, name: str) -> list[str]:
    """Return the files of a table; raise :exc:`DatasetError` where they cannot be read."""
    if storage.is_file():
        raise DatasetError(
            f"{storage} is a file: name the output folder, which has the folders of the tables"
        )
    if not storage.exists():
        raise DatasetError(f"there is no dataset in {storage}: `scrapy crawl NAME` makes it")
    keys = storage.keys(name)
    if not keys:
        _refuse_none(storage)
    for key in keys[:1]:
        if (columns := storage.columns(key)) is not None:
            schema.refuse_newer(columns, storage.name(key))
    return keys


def scan(
    storage: Storage,
    name: str,
    keys: Sequence[str],
    chosen: pc.Expression | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Return the *chosen* rows of those files of a table, with today's columns."""
    for tried, wait in enumerate((*_WAITS, None), 1):
        stamp = storage.stamp(name, keys)
        try:
            table = _scan(storage, name, keys, chosen, columns)
        except DatasetError:
            # In a store an answer may have been cut; a disk says the same again.
            is_last = wait is None or tried >= storage.attempts
            if is_last and (wait is None or storage.stamp(name, keys) == stamp):
                raise
        else:
            if storage.stamp(name, keys) == stamp:
                return table
        time.sleep(wait or 0)
    raise DatasetError(f"{storage} changes faster than it can be read: try again")


def _scan(
    storage: Storage,
    name: str,
    keys: Sequence[str],
    chosen: pc.Expression | None,
    columns: Sequence[str] | None,
) -> pa.Table:
    paths = [storage.path(key) for key in keys]
    with storage.plain_errors(), _damage_told(storage):
        dataset = ds.dataset(
            paths, schema=schema.columns_of(name), format="parquet", filesystem=storage.filesystem
        )
        return dataset.to_table(columns=columns and list(columns), filter=chosen)


@contextmanager
def _damage_told(storage: Storage) -> Iterator[None]:
    """Raise :exc:`DatasetError` where a file is no Parquet file, or no whole one."""
    try:
        yield
    except pa.ArrowInvalid as error:
        told = " ".join(str(error).split())
        raise DatasetError(
            f"cannot read {storage}: a file is damaged, restore it: {told}"
        ) from error


def _sources(source: str | Sequence[str] | None) -> list[str] | None:
    if source is None:
        return None
    names = [source] if isinstance(source, str) else list(source)
    if not names:
        raise DatasetError("source names no source: leave it out for all of them")
    return names


def _period(column: str, since: Moment | None, until: Moment | None) -> _Period:
    return _Period(
        column,
        None if since is None else _instant(since),
        None if until is None else _instant(until),
    )


def _instant(moment: Moment) -> datetime:
    try:
        # Of an empty text pandas would make no date rather than an error.
        stamp = pd.Timestamp(moment or "empty")
    except (ValueError, TypeError) as error:
        raise DatasetError(f"{moment!r} is no date: write one as 2026-03-31") from error
    return (stamp.tz_localize(PARIS) if stamp.tzinfo is None else stamp).to_pydatetime()


def day_in_paris(moment: Moment) -> date:
    """Return the day of *moment* in Paris; raise :exc:`DatasetError` where it is none."""
    return _instant(moment).astimezone(PARIS).date()


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    for index, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(index, field.name, table[field.name].cast(pa.string()))
    frame = Table(table.to_pandas(types_mapper=_PANDAS_TYPES.get, date_as_object=False))
    for field in table.schema:
        if pa.types.is_nested(field.type):
            frame[field.name] = pd.Series(_plain(table[field.name]), dtype=object)
    return frame


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return lists as lists, and structs as dicts of what they have."""
    values = column.to_pylist()
    if pa.types.is_struct(column.type):
        return [
            comparable({k: v for k, v in (value or {}).items() if v is not None})
            for value in values
        ]
    return [comparable(value or []) for value in values]

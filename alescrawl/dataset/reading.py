"""Reading the published tables into pandas, with typed columns and filters pushed down."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from alescrawl.dataset import folder, schema
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.tables import refuse_newer
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.dataset.folder import Folder

Moment = str | date | datetime

_ONE_ROW_EACH = ("article_id", "fetched_at")

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
    Python lists. An output folder without articles gives no rows; no folder raises
    :exc:`DatasetError`.
    """
    period = _period("published", since, until)
    wanted = None if columns is None else list(dict.fromkeys([*columns, *_ONE_ROW_EACH]))
    frame = _newest(_load(output, folder.ARTICLES, period, source, wanted))
    return frame if columns is None else frame[list(columns)]


def load_mentions(
    output: str | Path = "output",
    *,
    source: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the mentions of entities, one row each; arguments as for :func:`load_articles`."""
    return _load(output, folder.MENTIONS, None, source, columns)


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
    return _load(output, folder.RUNS, period, source, columns)


def _newest(articles: pd.DataFrame) -> pd.DataFrame:
    """Return *articles* each once: one whose year has just changed may be in two partitions."""
    if not articles["article_id"].duplicated().any():
        return articles
    newest = articles.sort_values("fetched_at", kind="stable").drop_duplicates(
        "article_id", keep="last"
    )
    return newest.sort_index().reset_index(drop=True)


def _load(
    output: str | Path,
    name: str,
    period: pc.Expression | None,
    source: str | Sequence[str] | None,
    columns: Sequence[str] | None,
) -> pd.DataFrame:
    columns_of = schema.TABLES[name]
    wanted = list(columns) if columns is not None else columns_of.names
    if unknown := [column for column in wanted if column not in columns_of.names]:
        raise DatasetError(
            f"no column {', '.join(unknown)} in {name}; there are: {', '.join(columns_of.names)}"
        )
    files = table_files(folder.Folder(Path(output)), name)
    dataset = ds.dataset(files, schema=columns_of, format="parquet")
    table = dataset.to_table(columns=wanted, filter=_with_source(period, source))
    return _to_pandas(table)


def table_files(output: Folder, name: str) -> list[str]:
    """Return the files of a table; raise :exc:`DatasetError` where they cannot be read."""
    if not output.root.is_dir():
        raise DatasetError(f"there is no folder {output.root}: `scrapy crawl NAME` makes it")
    paths = sorted(output.table(name).rglob("[!._]*.parquet"))
    for path in paths[:1]:
        refuse_newer(path, pq.read_schema(path))
    return [str(path) for path in paths]


def _with_source(
    period: pc.Expression | None, source: str | Sequence[str] | None
) -> pc.Expression | None:
    if source is None:
        return period
    names = [source] if isinstance(source, str) else list(source)
    if not names:
        raise DatasetError("source names no source: leave it out for all of them")
    chosen = pc.field("source").cast(pa.string()).isin(names)
    return chosen if period is None else period & chosen


def _period(column: str, since: Moment | None, until: Moment | None) -> pc.Expression | None:
    expression = None
    if since is not None:
        expression = pc.field(column) >= pa.scalar(_instant(since))
    if until is not None:
        end = pc.field(column) < pa.scalar(_instant(until))
        expression = end if expression is None else expression & end
    return expression


def _instant(moment: Moment) -> datetime:
    try:
        # Of an empty text pandas would make no date rather than an error.
        stamp = pd.Timestamp(moment or "empty")
    except (ValueError, TypeError) as error:
        raise DatasetError(f"{moment!r} is no date: write one as 2026-03-31") from error
    return (stamp.tz_localize(PARIS) if stamp.tzinfo is None else stamp).to_pydatetime()


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    for index, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(index, field.name, table[field.name].cast(pa.string()))
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS_TYPES.get, date_as_object=False)
    for field in table.schema:
        if pa.types.is_nested(field.type):
            frame[field.name] = pd.Series(_plain(table[field.name]), dtype=object)
    return frame


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return lists as lists, and structs as dicts of what they have."""
    values = column.to_pylist()
    if pa.types.is_struct(column.type):
        return [{k: v for k, v in (value or {}).items() if v is not None} for value in values]
    return [value or [] for value in values]

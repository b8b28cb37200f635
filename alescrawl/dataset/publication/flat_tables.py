"""Tables for others' tools: Excel, CSV and JSON lines, with names and cells for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.publication.column_docs import meaning
from alescrawl.dataset.reading.cells import ARTICLE_COLUMNS, CSV_TIME
from alescrawl.dataset.reading.frame import for_excel
from alescrawl.dataset.reading.load import load_articles, load_mentions
from alescrawl.dataset.reading.statements import load_amounts, load_jobs
from alescrawl.dataset.storage.files import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from alescrawl.dataset.reading.load import Moment

PERSONS: Final = frozenset(["authors", "persons", "role", "affiliation", "tenure"])
"""Columns about persons: written only where one asks for them."""
_MOST_ROWS: Final = 1_048_575
"""Of a sheet, below the names of its columns."""
_WIDTHS: Final = {"title": 60, "lead": 40, "text": 60, "sentence": 60, "meaning": 90}
_WIDTH: Final = 18


class Choice(NamedTuple):
    """Which rows are written: of a period and of sources; with *persons* also what names them."""

    since: Moment | None = None
    until: Moment | None = None
    source: list[str] | None = None
    persons: bool = False


def tables(output: str, choice: Choice) -> dict[str, pd.DataFrame]:
    """Return the tables articles, mentions, jobs and amounts of *output*."""
    period = {"since": choice.since, "until": choice.until, "source": choice.source}
    articles = load_articles(output, columns=_allowed(ARTICLE_COLUMNS, choice), **period)  # type: ignore[arg-type]
    found: dict[str, pd.DataFrame] = {
        "articles": articles.sort_values(["published", "article_id"], ascending=[False, True])
    }
    mentions = load_mentions(output, source=choice.source)
    mentions = mentions[mentions["article_id"].isin(articles["article_id"])]
    if not choice.persons:
        mentions = mentions[mentions["kind"] != "person"]
    found["mentions"] = mentions[_allowed(mentions.columns, choice)]
    found["jobs"] = load_jobs(output, **period)  # type: ignore[arg-type]
    found["amounts"] = load_amounts(output, **period)  # type: ignore[arg-type]
    return found


def _allowed(columns: Iterable[str], choice: Choice) -> list[str]:
    return [name for name in columns if choice.persons or name not in PERSONS]


def write_excel(found: dict[str, pd.DataFrame], path: Path) -> None:
    """Write a workbook: a sheet for each table, and one that explains the columns.

    Raises :exc:`DatasetError` where it cannot be written, or a table is too long for a sheet.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DatasetError(
            "Excel files need a package of their own: pip install 'alescrawl[excel]', or use --csv"
        ) from error
    for name, frame in found.items():
        if len(frame) > _MOST_ROWS:
            raise DatasetError(
                f"{name} has {len(frame)} rows, a sheet at most {_MOST_ROWS}: use --since, or --csv"
            )
    with replacing(path) as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": _DAY})
        for name, frame in {**found, "columns": explained(found)}.items():
            _write_sheet(book, name, for_excel(frame))
        book.close()


_DAY: Final = "yyyy-mm-dd hh:mm"


def _write_sheet(book: Any, name: str, frame: pd.DataFrame) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": _DAY})
    for column, title in enumerate(frame.columns):
        sheet.set_column(column, column, _WIDTHS.get(title, _WIDTH))
        sheet.write_string(0, column, title, head)
    for row, values in enumerate(frame.itertuples(index=False, name=None), 1):
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, value, day)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:  # noqa: ANN401 - as above
    if value is None or pd.isna(value):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, column, value.to_pydatetime(), day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)  # never a formula, never a link
    else:
        sheet.write_number(row, column, float(value))


def explained(found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each column of the tables means."""
    rows = [
        (name, column, meaning(name, str(column)))
        for name, frame in found.items()
        for column in frame
    ]
    return pd.DataFrame(rows, columns=["table", "column", "meaning"])


def _meaning(name: str, column: str, frame: pd.DataFrame) -> str:
    is_moment = isinstance(frame[column].dtype, pd.DatetimeTZDtype)
    return meaning(name, column) + " Here: the time of Paris." * is_moment


def write_csv(found: dict[str, pd.DataFrame], folder: Path, *, separator: str = ",") -> None:
    """Write a file for each table to *folder*, in UTF-8 with the mark that Excel needs."""
    for name, frame in {**found, "columns": explained(found)}.items():
        with replacing(folder / f"{name}.csv") as file:
            text = for_excel(frame).to_csv(
                index=False, sep=separator, date_format=CSV_TIME, lineterminator="\r\n"
            )
            file.write(text.encode("utf-8-sig"))


def write_jsonl(found: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write a file for each table to *folder*: an object a line, lists as lists, times in UTC."""
    for name, frame in found.items():
        with replacing(folder / f"{name}.jsonl") as file:
            for line in _lines(frame):
                file.write(line.encode())


def _lines(frame: pd.DataFrame) -> Iterator[str]:
    names = list(frame.columns)
    for values in frame.itertuples(index=False, name=None):
        row = {n: _json(v) for n, v in zip(names, values, strict=True)}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _json(value: Any) -> Any:  # noqa: ANN401 - any value of a table
    if isinstance(value, list | dict):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


WRITERS: Final[dict[str, Callable[[dict[str, pd.DataFrame], Path], None]]] = {
    "excel": write_excel,
    "csv": write_csv,
    "jsonl": write_jsonl,
}

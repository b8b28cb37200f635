"""The tables that `load_*` give: pandas' own, whose values can be compared and written to Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from alescrawl.dataset.reading.cells import cell
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Callable


class Values(list[Any]):
    """A list in a cell, by which rows can be compared (`drop_duplicates`): do not change it."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))


class Facts(dict[str, Any]):
    """Named values in a cell, by which rows can be compared: do not change them."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def comparable(value: Any) -> Any:  # noqa: ANN401 - any value of a cell
    """Return *value* with its lists and dicts as those above."""
    if isinstance(value, list):
        return Values(map(comparable, value))
    if isinstance(value, dict):
        return Facts({name: comparable(each) for name, each in value.items()})
    return value


class Table(pd.DataFrame):
    """A DataFrame that Excel can hold: without zones, with lists as text."""

    @property
    def _constructor(self) -> Callable[..., Table]:
        return Table

    def to_excel(self, excel_writer: Any, **options: Any) -> None:  # type: ignore[misc]  # noqa: ANN401 - pandas' own
        """Write it as pandas does; times are those of Paris without a zone, lists are text."""
        pd.DataFrame(for_excel(self)).to_excel(excel_writer, **options)

    def to_parquet(self, path: Any = None, **options: Any) -> Any:  # noqa: ANN401 - pandas' own
        """Write it as pandas does; named values of which no row has any are empty."""
        empty = [name for name in self.columns if _has_nothing_named(self[name])]
        plain = pd.DataFrame(self).assign(**dict.fromkeys(empty))
        return plain.to_parquet(path, **options)


def _has_nothing_named(column: Any) -> bool:  # noqa: ANN401 - a column, or several of one name
    return (
        column.ndim == 1
        and column.dtype == object
        and all(isinstance(value, dict) and not value for value in column)
    )


def for_excel(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame* with values that a sheet can hold."""
    made = {}
    for position, name in enumerate(frame.columns):
        column = frame.iloc[:, position]
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            made[name] = column.dt.tz_convert(PARIS).dt.tz_localize(None)
        elif column.dtype == object or isinstance(column.dtype, pd.StringDtype):
            made[name] = column.map(cell, na_action="ignore")
        else:
            made[name] = column
    return pd.DataFrame(made, index=frame.index)

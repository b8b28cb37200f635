"""Cells of tables for spreadsheets: every value as one short text, none of them a formula."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from alescrawl.items import PARIS

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BETWEEN: Final = "; "
"""Between the values of a list."""
LONGEST: Final = 32_767
"""Characters of a cell in Excel."""
_CUT: Final = " […]"
CSV_TIME: Final = "%Y-%m-%d %H:%M:%S"
ARTICLE_COLUMNS: Final = (
    *("published", "publisher", "title", "kicker", "lead", "text", "authors", "agencies"),
    *("section", "topics", "tags", "is_gard", "is_economic", "gard_score", "institutions"),
    *("persons", "places", "word_count", "language", "access", "tdm_reserved", "canonical_url"),
    *("modified", "first_seen", "gone_since", "duplicate_of", "image_url", "source", "article_id"),
)
"""The columns of articles that people read, in this order."""


def harmless(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula: with an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def cell(value: Any) -> Any:  # noqa: ANN401 - any value of a table
    """Return *value* as a cell holds it: of lists and named values the text, no text too long.

    The values of a list are parted by semicolons, a named value is ``name: value``.
    """
    if isinstance(value, list | tuple):
        return _fitting(BETWEEN.join(str(_plain(each)) for each in value))
    if isinstance(value, dict):
        return _fitting(_plain(value))
    return _fitting(value) if isinstance(value, str) else value


def csv_cell(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return *value* as a cell of CSV holds it: a moment is that of Paris, without a zone."""
    if isinstance(value, datetime):
        return value.astimezone(PARIS).strftime(CSV_TIME)
    return cell(value)


def _plain(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        return ", ".join(
            f"{name}: {_plain(each)}" for name, each in value.items() if each is not None
        )
    return str(value)


def _fitting(text: str) -> str:
    text = harmless("".join(c for c in text if c >= " " or c in "\t\n"))
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT

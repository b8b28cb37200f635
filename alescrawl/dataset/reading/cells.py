"""Cells of tables for spreadsheets, which take some texts for formulas."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula: with an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text

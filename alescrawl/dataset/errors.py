"""Errors about the output folder that a user can act on, each one line in plain words."""

from __future__ import annotations


class DatasetError(Exception):
    """The output folder cannot be used as asked; the message says what to do."""


class OlderLedgerError(DatasetError):
    """The ledger is of an older format, which any crawl brings up to date by itself."""

"""What a crawl of the stand-ins left, against what is true of their pages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import alescrawl
from alescrawl.items import straight_quotes
from standin.catalogue import SITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]

SETTINGS = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "RETRY_TIMES=0",
    # The stand-in's certificate is of its own making.
    "DOWNLOAD_VERIFY_CERTIFICATES=False",
)


def command(output: Path) -> list[str]:
    """Return the command that crawls all sources from their first article on."""
    settings = (f"ALESCRAWL_OUTPUT={output}", *SETTINGS)
    words = [sys.executable, "-m", "scrapy", "crawlall", "--since", "2000-01-01"]
    return [*words, *(word for setting in settings for word in ("-s", setting))]


class Crawled:
    """The dataset in *output*."""

    def __init__(self, output: Path) -> None:
        self.articles = alescrawl.load_articles(output)
        self.runs = alescrawl.load_runs(output).set_index("source")

    def rows(self, name: str) -> dict[str, Row]:
        """Return the rows of a source by canonical URL."""
        found = self.articles[self.articles.source == name].to_dict("records")
        return {row["canonical_url"]: row for row in found}

    def pairs(self, name: str) -> Iterator[tuple[Row, Row]]:
        """Yield what is true of each article that was found, and what was read of it."""
        rows = self.rows(name)
        for expected in SITES[name].rows():
            if (read := rows.get(expected["canonical_url"])) is not None:
                known = {column: plain(read[column]) for column in expected}
                yield {column: plain(value) for column, value in expected.items()}, known


def plain(value: Any) -> Any:
    """Return *value* so that two that say the same are equal."""
    if isinstance(value, np.ndarray | list):
        return list(value)
    if isinstance(value, str):
        return straight_quotes(value)
    if value is None or pd.isna(value):
        return None
    return pd.Timestamp(value) if hasattr(value, "year") else bool(value)

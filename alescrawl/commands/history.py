"""`scrapy history URL`: the revisions of one article, and what changed in each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.dataset.errors import DatasetError, OlderLedgerError

if TYPE_CHECKING:
    import argparse

    from alescrawl.dataset.ledger.pairs import Pair


class Command(ProjectCommand):
    """Shows how an article changed since it was first seen."""

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] URL"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Show the revisions of an article and what changed in each"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return "URL is an article's address, its canonical address or its article_id."

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the revisions; exit code 1 where the article is unknown."""
        from rich.console import Console

        from alescrawl.dataset.reading.history import history_lines, revisions

        del opts
        if len(args) != 1:
            raise self.wrong_words()
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        output = self.settings["ALESCRAWL_OUTPUT"]
        try:
            pairs = self._pairs(args[0])
            rows = revisions(output, pairs[0].article_id if pairs else args[0])
            pairs = pairs or self._pairs(rows[-1]["article_id"] if rows else "")
        except DatasetError as error:
            self._fail(str(error))
            return
        if not rows:
            self._fail(f"no article in {output} has the address or article_id {args[0]}")
            return
        console = Console(highlight=False)
        for line in history_lines(rows, [*map(str, pairs)], coloured=console.is_terminal):
            console.print(line, soft_wrap=True)

    def _pairs(self, article: str) -> list[Pair]:
        """Return the further addresses of an article, where the ledger lies in the folder."""
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.ledger.connection import read_only
        from alescrawl.dataset.ledger.pairs import pairs_of
        from alescrawl.extraction.canonical import canonical_url

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        folder = Folder.from_settings(self.settings)
        if not folder.ledger.exists():
            return []
        try:
            with read_only(folder) as db:
                return pairs_of(db, canonical_url(article) if "://" in article else article)
        except OlderLedgerError:
            return []

    def _fail(self, line: str) -> None:
        print(f"scrapy history: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = 1

"""`scrapy export --facts FOLDER`: an edition of the dataset that can be published."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCommand):
    """Writes ids, links, dates, institutions, places and counts: no words, no persons."""

    requires_project = True

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options] --facts FOLDER"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Write an edition without texts and persons, which can be published"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --facts."""
        super().add_options(parser)
        parser.add_argument(
            "--facts", metavar="FOLDER", help="the new folder, or s3:// address, to write to"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the edition, print what it holds."""
        from alescrawl.dataset.folder import Folder
        from alescrawl.dataset.publication.shareable import export_facts

        if args or not opts.facts:
            raise UsageError("name the folder to write: scrapy export --facts FOLDER")
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            counts = export_facts(Folder.from_settings(self.settings).published, opts.facts)
        except DatasetError as error:
            print(f"scrapy export: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1
            return
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        print(f"written to {opts.facts}: {told}")  # noqa: T201 - what the command is for

"""`scrapy entities unknown`: the frequent names that the gazetteer lacks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand

if TYPE_CHECKING:
    import argparse

USAGE_ERROR = 2
DEFAULT_LIMIT = 30


class Command(ProjectCommand):
    """Lists the institutions of the dataset that no list knows, for the gazetteer to grow."""

    def syntax(self) -> str:
        """Return what is typed after the command's name."""
        return "unknown [--limit N]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "List the frequent institutions that the gazetteer lacks"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add how many names to list."""
        super().add_options(parser)
        parser.add_argument(
            "--limit", type=int, default=DEFAULT_LIMIT, help="most names to list (default: 30)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the names, the most frequent first; set the exit code."""
        if args != ["unknown"]:
            raise self.wrong_words("unknown", word=args[0] if args else "")
        from alescrawl.dataset.errors import DatasetError
        from alescrawl.dataset.reading.unknown_names import unknown_names

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            names = unknown_names(self.settings["ALESCRAWL_OUTPUT"])
        except DatasetError as error:
            print(f"scrapy entities unknown: {error}", file=sys.stderr)  # noqa: T201
            self.exitcode = USAGE_ERROR
            return
        print("articles  mentions  kind         name")  # noqa: T201 - what the command is for
        for found in names[: opts.limit]:
            print(  # noqa: T201 - what the command is for
                f"{found.articles:8}  {found.mentions:8}  {found.kind:11}  {found.name}"
            )

"""What all commands of this project share: wrong words get one line, and perhaps the right one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from alescrawl.crawling.arguments import perhaps

if TYPE_CHECKING:
    import argparse


_USAGE_ERROR: Final = 2


class ProjectCommand(ScrapyCommand):
    """A command that says in one line what is wrong with how it was called (exit code 2)."""

    requires_project = True

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of all commands."""
        super().add_options(parser)
        self._parser = parser
        parser.error = self._refuse  # type: ignore[method-assign]

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take in the options; raise :exc:`UsageError` at one that there is not."""
        super().process_options(args, opts)
        known = [name for each in self._parser._actions for name in each.option_strings]  # noqa: SLF001
        for word in args:
            if word.startswith("--"):
                name = word.partition("=")[0]
                raise UsageError(
                    f"there is no option {name}{perhaps(name, known)}; --help lists them"
                )

    def wrong_words(self, *known: str, word: str = "") -> UsageError:
        """Return what to raise where the words are none of the command's; *known* are some."""
        if word:
            return UsageError(
                f"{word} is none of its words{perhaps(word, known)}; --help lists them"
            )
        return UsageError(f"expected is a call such as: {self._parser.usage}")

    def _refuse(self, message: str) -> NoReturn:
        name = " ".join((self._parser.usage or "scrapy").split()[:2])
        print(f"{name}: {message}", file=sys.stderr)  # noqa: T201 - what a user reads
        sys.exit(_USAGE_ERROR)

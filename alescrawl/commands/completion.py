"""`scrapy completion`: what makes a shell complete commands, options and names of sources."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from scrapy.cmdline import _get_commands_dict
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from alescrawl.command import ProjectCommand

if TYPE_CHECKING:
    from scrapy.settings import Settings

_SHELLS: Final = ("bash", "zsh", "tcsh")
_OF_SOURCES: Final = frozenset(
    ["backfill", "check-sources", "crawl", "crawlall", "publish", "reprocess", "status"]
)
"""Commands that take names of sources."""


class Command(ProjectCommand):
    """Prints a script for the shell; it is made anew where a source is added."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] bash|zsh|tcsh"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Print a script with which a shell completes commands, options and sources"

    def long_desc(self) -> str:
        """Return how it is used."""
        return (
            f"{self.short_desc()}.\n\n"
            "  alescrawl completion bash > ~/.local/share/bash-completion/completions/alescrawl\n"
            '  alescrawl completion zsh > "${fpath[1]}/_alescrawl"\n\n'
            "It needs the extra `completion` (pip install 'alescrawl[completion]')."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add for which name of the program it is."""
        super().add_options(parser)
        parser.add_argument(
            "--program", default="alescrawl", help="the command to complete (default: alescrawl)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the script."""
        if len(args) != 1:
            raise self.wrong_words()
        if args[0] not in _SHELLS:
            raise self.wrong_words(*_SHELLS, word=args[0])
        try:
            import shtab
        except ImportError:
            raise UsageError("it needs a package: pip install 'alescrawl[completion]'") from None
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        print(shtab.complete(_parser(self.settings, opts.program), shell=args[0]))  # noqa: T201 - what the command is for


def _parser(settings: Settings, program: str) -> argparse.ArgumentParser:
    """Return one parser for all commands, which Scrapy makes one by one."""
    whole = argparse.ArgumentParser(prog=program)
    each = whole.add_subparsers()
    sources = get_spider_loader(settings).list()
    for name, command in sorted(_get_commands_dict(settings, inproject=True).items()):
        said = command.short_desc()
        parser = each.add_parser(name, help=said, description=said, conflict_handler="resolve")
        command.settings = settings
        command.add_options(parser)
        if name in _OF_SOURCES:
            parser.add_argument("source", nargs="*", choices=sources)
    return whole

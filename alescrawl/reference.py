"""The reference of commands and settings, from the code: what docs/ shows.

    python -m alescrawl.reference docs

writes commands.md and settings.md there.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand
from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.project import get_project_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMANDS: Final = """\
# Commands

All are commands of `scrapy`, and take its own options, too: `-s NAME=VALUE` for a
[setting](settings.md), `-L INFO` for the log, `--logfile FILE`, `-h` for help. Made by
`python -m alescrawl.reference docs`.
"""
_SETTINGS: Final = """\
# Settings

With `-s NAME=VALUE` for one run, or in `alescrawl/settings.py`; `ALESCRAWL_OUTPUT`,
`ALESCRAWL_STATE`, `ALESCRAWL_CONTACT`, `ALESCRAWL_ALERT` and `ALESCRAWL_ALERT_FORMAT` may be
environment variables. Made by `python -m alescrawl.reference docs`.
"""
_SETTING: Final = re.compile(r"^([A-Z][A-Z_]+)(?:: [^=]+)? = (.*)$")
_INTERNAL: Final = frozenset(["BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE", "COMMANDS_MODULE"])


def commands_markdown() -> str:
    """Return the page about the commands."""
    return "\n".join([_COMMANDS, *(line for found in _commands() for line in _command(*found))])


def _commands() -> Iterator[tuple[str, ScrapyCommand]]:
    for module in sorted(walk_modules_iter("alescrawl.commands"), key=lambda m: m.__name__):
        command = getattr(module, "Command", None)
        if isinstance(command, type) and issubclass(command, ScrapyCommand):
            yield module.__name__.rpartition(".")[2], command()


def _command(name: str, command: ScrapyCommand) -> Iterator[str]:
    command.settings = get_project_settings()
    usage = f"scrapy {name} {command.syntax()}".strip()
    yield from (f"## `{usage}`", "", f"{command.short_desc()}.", "")
    if command.long_desc() != command.short_desc():
        yield from (command.long_desc(), "")
    options = list(_own_options(command))
    if options:
        yield from ("| option | meaning |", "|---|---|", *options, "")


def _own_options(command: ScrapyCommand) -> Iterator[str]:
    parser, common = (
        argparse.ArgumentParser(add_help=False),
        argparse.ArgumentParser(add_help=False),
    )
    command.add_options(parser)
    ScrapyCommand.add_options(command, common)
    known = {option for action in common._actions for option in action.option_strings}  # noqa: SLF001
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list them
        if action.option_strings and not known.intersection(action.option_strings):
            value = f" {action.metavar or action.dest.upper()}" if action.nargs != 0 else ""
            names = ", ".join(f"`{option}{value}`" for option in action.option_strings)
            meaning = (action.help or "").replace("|", "\\|")
            yield f"| {names} | {meaning} |"


def settings_markdown() -> str:
    """Return the page about the settings."""
    text = (files("alescrawl") / "settings.py").read_text("utf-8")
    rows = {name: row for name, row in _settings(text) if name not in _INTERNAL}
    own = [row for name, row in rows.items() if name.startswith("ALESCRAWL_")]
    others = [row for name, row in rows.items() if not name.startswith("ALESCRAWL_")]
    head = ("", "| setting | default | what it is for |", "|---|---|---|")
    return "\n".join(
        [
            _SETTINGS,
            "## alescrawl's own",
            *head,
            *own,
            "",
            "## Scrapy's, set to something else",
            *head,
            *others,
            "",
        ]
    )


def _settings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the row of each setting of one line.

    What it is for are the lines of comment above it, or above the one before where it has none.
    """
    comment: list[str] = []
    is_used = True
    for line in text.splitlines():
        if line.startswith("# "):
            comment = [line[2:]] if is_used else [*comment, line[2:]]
            is_used = False
        elif found := _SETTING.match(line):
            name, value = found.groups()
            is_used = True
            if comment and value not in {"[", "{", "("}:
                meaning = " ".join(comment).replace("|", "\\|").replace("<", "&lt;")
                yield name, f"| `{name}` | `{_default(value)}` | {meaning} |"
        elif not line:
            comment, is_used = [], True


def _default(value: str) -> str:
    found = re.fullmatch(r'os\.environ\.get\("\w+", (.*)\)', value)
    return found[1] if found else value


def main(folder: Path) -> None:
    """Write both pages below *folder*."""
    (folder / "commands.md").write_text(commands_markdown(), encoding="utf-8")
    (folder / "settings.md").write_text(settings_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

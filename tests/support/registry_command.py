"""`scrapy registry` in this process: its exit code, and what it prints."""

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from scrapy.cmdline import ScrapyArgumentParser
from scrapy.utils.project import get_project_settings

from alescrawl.commands.registry import Command


class Done(NamedTuple):
    code: int
    stdout: str
    stderr: str


def registry(output, *words, **settings):
    """Run the command on the folder *output*, with *settings* besides those of the project."""
    command = Command()
    command.settings = get_project_settings()
    given = {
        "ALESCRAWL_OUTPUT": str(output),
        "ALESCRAWL_REGISTRY_DECISIONS": str(output / "registry.csv"),
        "USER_AGENT": "alescrawl/0 (+tests)",
    }
    for name, value in (given | settings).items():
        command.settings.set(name, value)
    parser = ScrapyArgumentParser(conflict_handler="resolve")
    command.add_options(parser)
    options, rest = parser.parse_known_args(list(map(str, words)))
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        command.run(rest, options)
    return Done(command.exitcode or 0, out.getvalue(), err.getvalue())

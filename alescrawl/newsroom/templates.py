"""The newsroom's HTML templates: files with ``$name`` places to fill."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template


@cache
def _lines(name: str) -> tuple[Template, ...]:
    file = files("alescrawl.newsroom") / "templates" / f"{name}.html"
    return tuple(map(Template, file.read_text("utf-8").splitlines()))


def fill(name: str, values: dict[str, str]) -> str:
    """Return template *name* filled; a line with an empty value is left out.

    So an optional element (kicker, caption) stands on a line of its own in the template.
    Raises ``KeyError`` for a place that *values* does not name.
    """
    return "\n".join(
        line.substitute(values)
        for line in _lines(name)
        if all(values[place] for place in line.get_identifiers())
    )

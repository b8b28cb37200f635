"""The description of every column, from the schema and the items: what docs/dataset.md shows.

    python -m alescrawl.dataset.publication.column_docs docs/dataset.md

writes it between the two marks of that file.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from alescrawl.dataset.schema import columns_of
from alescrawl.items import Article, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN: Final = "<!-- columns: made by python -m alescrawl.dataset.publication.column_docs -->"
END: Final = "<!-- end of columns -->"
_HEAD = (
    "| column | type | meaning | unit or form | example | from |",
    "|---|---|---|---|---|---|",
)
_ABOUT = {
    "articles": "one row per article, the newest revision (`revisions` has the same columns)",
    "mentions": "one row per place in a text where an entity is named",
    "runs": "one row per source and run",
    "companies": "one row per company that an institution is (`scrapy registry`)",
    "links": "one row per institution that is linked to a company (`scrapy registry`)",
    "events": "one row per company and notice of the gazette (`scrapy registry events`)",
}


def columns_markdown() -> str:
    """Return a table in Markdown for each table of the dataset."""
    return "\n".join(line for name in _ABOUT for line in _table(name))


def with_columns(page: str) -> str:
    """Return *page* with the description between its marks made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{columns_markdown()}\n{END}{after}"


def _table(name: str) -> Iterator[str]:
    told = tomllib.loads((files("alescrawl") / "data" / "columns.toml").read_text("utf-8"))
    meanings = told.get(f"meanings_of_{name}", {}) | _meanings(name)
    yield from (f"### `{name}`: {_ABOUT[name]}", "", *_HEAD)
    for field in columns_of(name):
        unit, example, origin = told[name][field.name]
        shown = f"`{example}`" if example else ""
        cells = (f"`{field.name}`", _type(field.type), meanings[field.name], unit, shown, origin)
        yield f"| {' | '.join(cells)} |"
    yield ""


def meaning(name: str, column: str) -> str:
    """Return what a *column* of a table means, also of jobs and amounts (see `load_jobs`)."""
    told = tomllib.loads((files("alescrawl") / "data" / "columns.toml").read_text("utf-8"))
    own = told["meanings_of_statements"] if name in {"jobs", "amounts"} else {}
    known = _meanings("mentions") | _meanings("articles") | _meanings(name) | own
    return str(known.get(column, ""))


def _meanings(name: str) -> dict[str, str]:
    item = {"articles": Article, "mentions": Mention}.get(name)
    found = {f.name: f.metadata["doc"] for f in fields(item) if f.metadata} if item else {}
    return {"source": "Name of the spider that collected the article."} | found


def _type(found: pa.DataType) -> str:
    """Return the name of a type as readers of pandas and SQL know it."""
    if pa.types.is_dictionary(found):
        return "string"
    if pa.types.is_list(found):
        return f"list of {_type(found.value_type)}"
    if pa.types.is_struct(found):
        return "struct"
    return {"timestamp[us, tz=UTC]": "timestamp", "date32[day]": "date"}.get(str(found), str(found))


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_columns(path.read_text("utf-8")), "utf-8")

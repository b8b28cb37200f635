"""Makes the report of an output folder and puts it in place whole."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import default_state
from alescrawl.dataset.storage.files import replacing
from alescrawl.report.figures import figures, index
from alescrawl.report.last import LastReport, read_last, remember
from alescrawl.report.loading import EVERYTHING, load
from alescrawl.report.page import LANGUAGES, page

if TYPE_CHECKING:
    from pathlib import Path

    from alescrawl.report.scope import Scope


class Written(NamedTuple):
    """A report that is in place; ``since`` is the moment of the last one, empty at first."""

    path: Path
    articles: int
    new: int
    since: datetime | None


def write_report(
    output: str | Path,
    *,
    folder: Path | None = None,
    language: str = "",
    persons: bool = False,
    scope: Scope = EVERYTHING,
) -> Written:
    """Write ``report.html`` to *folder*, by default that of the ledger, and remember what it told.

    A report of a *scope* has a name of its own, and what the last one of all told stays.
    *language* is fr, en or "" for that of the reader's browser; *persons* names persons. Raises
    :exc:`DatasetError` where there is nothing to show, the package that draws charts is missing,
    or the page cannot be written: then an earlier report stays.
    """
    if language and language not in LANGUAGES:
        raise DatasetError(f"there is no report in {language!r}: fr and en are known")
    folder = folder or default_state(output)
    # Before anything is read: what comes in meanwhile is new to the next report.
    made = datetime.now(UTC).replace(microsecond=0)
    loaded = load(output, made, persons=persons, scope=scope)
    ids = loaded.articles["article_id"]
    last = read_last(folder)
    new = _new(last, ids)
    html = page(figures(loaded, new, last.made), partial(index, loaded), language=language)
    path = folder / scope.file
    with replacing(path) as file:
        file.write(html.encode("utf-8", errors="replace"))
    if scope == EVERYTHING:
        remember(folder, made, ids)
    return Written(path, len(ids), sum(new), last.made)


def _new(last: LastReport, ids: object) -> list[bool]:
    return [bool(one) for one in last.is_new(ids)]  # type: ignore[arg-type]

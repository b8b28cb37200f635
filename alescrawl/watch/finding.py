"""The search from the shell: articles by words, places, institutions, days; copies are one."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from alescrawl.crawling.arguments import ArgumentError, perhaps
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.reading.cells import harmless
from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.words import key
from alescrawl.items import PARIS
from alescrawl.watch import values
from alescrawl.watch.document import Document, read_document
from alescrawl.watch.expression import Expression, ExpressionError, parse
from alescrawl.watch.index import Filters, SearchIndex
from alescrawl.watch.matching import Sentence, sentences_at
from alescrawl.watch.values import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alescrawl.dataset.folder import Folder

_COLUMNS: Final = ("published", "publisher", "title", "found", "authors", "url", "also")


@dataclass
class Found:
    """An article that was found, where its words stand, and its copies."""

    document: Document
    sentences: tuple[Sentence, ...]
    copies: list[Document] = field(default_factory=list)


def find(
    folder: Folder,
    expression: Expression | None,
    filters: Filters,
    most: int | None,
    tell: Callable[[str], None] = lambda _line: None,
) -> list[Found]:
    """Return the *most* newest articles that fulfil all; raise :exc:`DatasetError`.

    *tell* is told when that takes long.
    """
    with closing(Ledger(folder.ledger)) as ledger:
        index = SearchIndex(ledger, folder)
        if not index.exists:
            tell("the index of titles and texts is made, once: some minutes for 50,000 articles")
        index.update()
        return _read(ledger, index.find(expression, filters), expression, most)


def _read(
    ledger: Ledger, ids: Iterator[str], expression: Expression | None, most: int | None
) -> list[Found]:
    by_cluster: dict[str, Found] = {}
    for article_id in ids:
        document = read_document(ledger, article_id)
        if document is None:
            continue
        cluster = document.cluster_id or article_id
        if (first := by_cluster.get(cluster)) is not None:
            first.copies.append(document)
            continue
        if most is not None and len(by_cluster) == most:
            continue
        spans = expression.find(document) if expression is not None else []
        by_cluster[cluster] = Found(document, tuple(sentences_at(spans, document)))
    return list(by_cluster.values())


def check_sources(folder: Folder, names: Sequence[str]) -> None:
    """Raise :exc:`ArgumentError` for the first of *names* of which there is no article."""
    with closing(Ledger(folder.ledger)) as ledger:
        rows = ledger.query("SELECT DISTINCT source FROM articles ORDER BY source").fetchall()
    known = [row["source"] for row in rows]
    for name in names:
        if name not in known:
            raise ArgumentError(
                f"nothing was collected of a source {name}{perhaps(name, known)}; "
                "`scrapy status` shows what was"
            )


def query(words: Sequence[str], without: Sequence[str] = ()) -> Expression | None:
    """Return what *words* of a command line ask for; raise :exc:`ArgumentError`.

    One that holds blanks is a phrase, unless it is quoted or has alternatives itself.
    """
    wanted = [f'"{w}"' if _is_phrase(w) else w for w in words]
    try:
        if not wanted and without:
            raise ArgumentError("say what must be there, too, not only what must not")
        return parse(" ".join(wanted), without) if wanted else None
    except ExpressionError as error:
        raise ArgumentError(str(error)) from error


def _is_phrase(word: str) -> bool:
    quoted = any(mark in word for mark in '"«“|*')
    parts = word.split()
    is_plain = not any(part.startswith("-") or part in {"OU", "OR"} for part in parts)
    return len(parts) > 1 and is_plain and not quoted


def facts(
    communes: Sequence[str],
    epcis: Sequence[str],
    institutions: Sequence[str],
    sirens: Sequence[str],
    topics: Sequence[str],
) -> list[tuple[str, Sequence[str]]]:
    """Return what is asked for of an article's facts; raise :exc:`ArgumentError`."""
    try:
        found: list[tuple[str, Sequence[str]]] = []
        if communes or epcis:
            codes = [values.check("commune", each).value for each in communes]
            sirens_of = [values.check("epci", each).value for each in epcis]
            of_epcis = [code for s in sirens_of for code in sorted(values.epci_communes()[s])]
            found.append(("commune", [*codes, *of_epcis]))
        if institutions:
            found.append(("name", [name for each in institutions for name in _names(each)]))
        if sirens:
            found.append(("siren", [values.check("siren", each).value for each in sirens]))
        if topics:
            found.append(("topic", [values.check("topic", each).value for each in topics]))
    except CellError as error:
        raise ArgumentError(str(error)) from error
    return found


def _names(written: str) -> list[str]:
    """Return all that the institution may be called that is *written* so."""
    known = lists.institutions().get(written)
    return sorted({key(written), *(key(n.entity.name) for n in known if n.entity.id)})


def row(found: Found) -> dict[str, Any]:
    """Return what was found as an object of JSON; times are UTC."""
    told = found.document.row
    is_open = not found.document.is_reserved
    published = told["published"]
    return {
        "article_id": found.document.article_id,
        "title": told["title"],
        "url": told["canonical_url"],
        "publisher": told["publisher"],
        "source": told["source"],
        "published": published.astimezone(UTC).isoformat() if published else None,
        "authors": told["authors"] if is_open else [],
        "access": told["access"],
        "tdm_reserved": told["tdm_reserved"],
        "sentences": [
            {"text": s.text, "marks": [list(mark) for mark in s.marks]} for s in found.sentences
        ],
        "copies": [
            {"publisher": c.row["publisher"], "url": c.row["canonical_url"]} for c in found.copies
        ],
    }


def as_csv(found: Sequence[Found]) -> str:
    """Return what was found as CSV; times are those of Paris."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in found:
        told = row(each)
        cells = (
            day(each, "%Y-%m-%d %H:%M"),
            told["publisher"] or told["source"],
            told["title"] or "",
            " … ".join(s.text for s in each.sentences),
            ", ".join(told["authors"]),
            told["url"],
            " ".join(copy["url"] for copy in told["copies"]),
        )
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue()


def day(found: Found, form: str) -> str:
    """Return when it was published, in Paris; empty where its page does not say."""
    published = found.document.row["published"]
    return published.astimezone(PARIS).strftime(form) if published else ""

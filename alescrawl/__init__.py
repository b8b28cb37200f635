"""News about the economy of the Gard, as a dataset: the Python interface."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alescrawl.dataset.errors import DatasetError
    from alescrawl.dataset.reading.events import load_articles, load_events
    from alescrawl.dataset.reading.load import load_mentions, load_runs
    from alescrawl.dataset.reading.registered import (
        load_companies,
        load_institutions,
        load_links,
    )
    from alescrawl.dataset.reading.statements import load_amounts, load_communes, load_jobs
    from alescrawl.entities.finder import find_mentions
    from alescrawl.extraction.article import extract_article
    from alescrawl.extraction.page.page import UnreadablePage
    from alescrawl.items import Article, Mention, Paragraph
    from alescrawl.relevance.assessing import Relevance, assess_relevance

__version__ = "0.1.0"

__all__ = [
    "Article",
    "DatasetError",
    "Mention",
    "Paragraph",
    "Relevance",
    "UnreadablePage",
    "assess_relevance",
    "extract_article",
    "find_mentions",
    "load_amounts",
    "load_articles",
    "load_communes",
    "load_companies",
    "load_events",
    "load_institutions",
    "load_jobs",
    "load_links",
    "load_mentions",
    "load_runs",
]

_HOMES = {
    "Article": "items",
    "DatasetError": "dataset.errors",
    "Mention": "items",
    "Paragraph": "items",
    "Relevance": "relevance.assessing",
    "UnreadablePage": "extraction.page.page",
    "assess_relevance": "relevance.assessing",
    "extract_article": "extraction.article",
    "find_mentions": "entities.finder",
    "load_amounts": "dataset.reading.statements",
    "load_articles": "dataset.reading.events",
    "load_communes": "dataset.reading.statements",
    "load_companies": "dataset.reading.registered",
    "load_events": "dataset.reading.events",
    "load_institutions": "dataset.reading.registered",
    "load_links": "dataset.reading.registered",
    "load_jobs": "dataset.reading.statements",
    "load_mentions": "dataset.reading.load",
    "load_runs": "dataset.reading.load",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import a public name when it is first used: extraction needs no pandas, reading no lxml."""
    if name not in _HOMES:
        raise AttributeError(f"module 'alescrawl' has no attribute {name!r}")
    return getattr(import_module(f"alescrawl.{_HOMES[name]}"), name)

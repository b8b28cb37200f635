"""An article as it is looked through: its row, its mentions, the words of its title and text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.ledger.articles import unpack
from alescrawl.dataset.ledger.mentions import known_mentions
from alescrawl.entities.finder import find_mentions
from alescrawl.entities.gazetteer.words import Words
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from alescrawl.dataset.ledger.connection import Ledger

_ARTICLE: Final = "SELECT row FROM articles WHERE article_id = ?"
_CLUSTER: Final = "SELECT cluster_id FROM shingled WHERE article_id = ?"


@dataclass
class Document:
    """A *row* of the articles, and its *mentions* as the ledger keeps them."""

    row: dict[str, Any]
    mentions: list[dict[str, Any]] = field(default_factory=list)
    cluster_id: str | None = None
    """Common to all copies of it."""

    @property
    def article_id(self) -> str:
        """The article's."""
        return str(self.row["article_id"])

    @property
    def is_reserved(self) -> bool:
        """Whether its publisher reserves it: no more is told than title and link."""
        return bool(self.row["tdm_reserved"])

    @property
    def published(self) -> datetime | None:
        """When it was published, else when it was first seen."""
        moment: datetime | None = self.row["published"] or self.row["first_seen"]
        return moment

    @cached_property
    def title(self) -> str:
        """The title, empty where it has none."""
        return self.row["title"] or ""

    @cached_property
    def text(self) -> str:
        """The text, empty where it has none or may not be read."""
        return "" if self.is_reserved else self.row["text"] or ""

    def words(self, *, in_title: bool) -> Words:
        """Return the words of the title or of the text."""
        return self._title_words if in_title else self._text_words

    @property
    def parts(self) -> Iterator[tuple[bool, Words]]:
        """Whether it is the title, and its words: title and text."""
        yield True, self._title_words
        yield False, self._text_words

    @cached_property
    def _title_words(self) -> Words:
        return Words(self.title)

    @cached_property
    def _text_words(self) -> Words:
        return Words(self.text)

    def starts(self, *, in_title: bool) -> dict[str, list[int]]:
        """Return where each word stands."""
        return self._title_starts if in_title else self._text_starts

    @cached_property
    def _title_starts(self) -> dict[str, list[int]]:
        return _starts(self._title_words)

    @cached_property
    def _text_starts(self) -> dict[str, list[int]]:
        return _starts(self._text_words)

    def openings(self, *, in_title: bool) -> frozenset[int]:
        """Return the words that begin a sentence."""
        return self._title_openings if in_title else self._text_openings

    @cached_property
    def _title_openings(self) -> frozenset[int]:
        return frozenset(self._title_words.sentences)

    @cached_property
    def _text_openings(self) -> frozenset[int]:
        return frozenset(self._text_words.sentences)

    @cached_property
    def named(self) -> list[tuple[bool, dict[str, Any]]]:
        """Whether it stands in the title, and the mention: those of the title, then of the text."""
        day = self.published.astimezone(PARIS).date() if self.published else None
        of_title = find_mentions(self.title, day) if self.title else []
        plain = [{name: getattr(m, name) for name in _NAMED} for m in of_title]
        return [*((True, m) for m in plain), *((False, m) for m in self._of_text())]

    def _of_text(self) -> Iterable[dict[str, Any]]:
        return self.mentions if self.text else []


_NAMED: Final = (
    *("kind", "surface", "start", "end", "name", "entity_id", "subtype", "number", "unit"),
    *("siren", "insee"),
)


def _starts(words: Words) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words.folded):
        found[word].append(index)
    return dict(found)


def read_document(ledger: Ledger, article_id: str) -> Document | None:
    """Return the article, ``None`` where the ledger has none such (any more)."""
    found = ledger.query(_ARTICLE, article_id).fetchone()
    if found is None:
        return None
    cluster = ledger.query(_CLUSTER, article_id).fetchone()
    return Document(
        unpack(found["row"]), known_mentions(ledger, article_id), cluster and cluster["cluster_id"]
    )

"""Soft errors: pages that say that there is nothing, or show the home page, with status 200."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from alescrawl.items import Article

PROBE_PATH: Final = "/alescrawl-page-inexistante-"
"""Begins the path of an address that no site has; a random word follows."""
_SHARED: Final = 0.5
"""Share of paragraphs in common from which two pages with one headline are the same."""


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page that a site answers where it has no article.

    ``url`` is the canonical URL it was redirected to, ``None`` where it was not.
    """

    title: str | None
    texts: frozenset[str]
    url: str | None = None

    @classmethod
    def from_article(cls, article: Article, asked: str) -> Self:
        """Return the page that was read as *article* when *asked* was asked for."""
        url = canonical_url(article.url)
        texts = frozenset(p.text for p in article.paragraphs)
        return cls(article.title, texts, url if url != canonical_url(asked) else None)

    def is_shown_by(self, article: Article) -> bool:
        """Return whether the page that was read as *article* is this one."""
        if self.url is not None and canonical_url(article.url) == self.url:
            return True
        texts = {p.text for p in article.paragraphs}
        most = max(len(texts), len(self.texts))
        return article.title == self.title and len(texts & self.texts) >= _SHARED * most

"""Whether the page of a known article still shows it, or an error, a home page or a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alescrawl.dataset.ledger.articles import unpack
from alescrawl.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article

Doubt = Literal["other_page", "behind_wall"]
"""Why a page is not taken for a new revision: it shows something else, or only the beginning."""

GRAM = 3
"""Words in a gram: two texts in French hardly share one by chance."""

SAME_ADDRESS_SHARE = 0.15
"""Below this share of common grams, and under another title, an article was not rewritten."""

OTHER_ADDRESS_SHARE = 0.5
"""The same where the page says that its address is another one: home pages quote articles."""

SAME_TITLE_SHARE = 0.5
WALLED_SHARE = 0.7


def known_row(ledger: Ledger, source: str, url: str) -> dict[str, Any] | None:
    """Return the row of the article that *url* has brought before, if any."""
    found = ledger.query(
        "SELECT row FROM urls JOIN articles USING (article_id) "
        "WHERE urls.source = ? AND urls.url = ?",
        source,
        url,
    ).fetchone()
    return None if found is None else unpack(found["row"])


def doubt_about(old: dict[str, Any] | None, article: Article) -> Doubt | None:
    """Return why *article* is no new state of the *old* row, ``None`` where it is one.

    A shorter text is a new state: publishers cut. One that stops at a wall that was not there
    before is none, nor is a page with another title whose text has nothing of the old one.
    """
    if old is None or not old["text"] or not article.text:
        return None
    if old["content_hash"] == article.content_hash:
        return None
    if _is_other(old, article):
        return "other_page"
    return "behind_wall" if _is_walled(old, article) else None


def _is_other(old: dict[str, Any], article: Article) -> bool:
    if _share(_words(old["title"]), _words(article.title)) >= SAME_TITLE_SHARE:
        return False
    moved = old["article_id"] != article.article_id
    least = OTHER_ADDRESS_SHARE if moved else SAME_ADDRESS_SHARE
    return _share(_grams(old["text"]), _grams(article.text)) < least


def _is_walled(old: dict[str, Any], article: Article) -> bool:
    if not article.access_seen_truncated or old["access_seen_truncated"]:
        return False
    return bool(article.word_count < WALLED_SHARE * old["word_count"])


def share_of_text(one: str, other: str) -> float:
    """Return how much of the shorter text is in the other, 0 to 1."""
    return _share(_grams(one), _grams(other))


def _words(text: str | None) -> list[str]:
    lower = (text or "").casefold()
    return [lower[start:end] for start, end in words(lower)]


def _grams(text: str | None) -> list[tuple[str, ...]]:
    found = _words(text)
    return list(zip(*(found[start:] for start in range(GRAM)), strict=False))


def _share(one: Iterable[object], other: Iterable[object]) -> float:
    """Return how much of the smaller is in the larger, 0 to 1."""
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0

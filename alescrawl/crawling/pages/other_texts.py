"""Walls and error pages in the place of articles: texts that are about nothing that was listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.items import Article

OTHER_TEXT: Final = "other_text"
"""Why a page is no article: what it shows is something else."""

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_STEM: Final = 5
"""Letters of a word that stay the same whatever its ending."""
_FEWEST: Final = 2
"""Words of a headline below which it says too little to judge by: « Agenda »."""
_SHARED: Final = 0.25
"""Share of the words of a headline that its article has somewhere at least."""
_LONGEST_READ: Final = 20_000


def shows_other_text(called: str, article: Article) -> bool:
    """Return whether *article* shares hardly a word with what its route *called* it."""
    wanted = set(_stems(called))
    if len(wanted) < _FEWEST:
        return False
    texts = (article.title, article.kicker, article.lead, article.text)
    shown = "\n".join(text[:_LONGEST_READ] for text in texts if text)
    found = wanted & set(_stems(shown))
    return len(found) < _SHARED * len(wanted)


class ShownTexts:
    """The texts that the articles of a run showed: one that stands for three is no article's."""

    FEWEST: Final = 3

    def __init__(self) -> None:
        self._articles: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, article: Article, url: str) -> dict[str, str]:
        """Note that *url* showed *article*; return all such, by id, once they are no articles.

        Texts that stop at a paywall are alike, and are articles all the same.
        """
        if not article.title or not article.text or article.access == "paid":
            return {}
        alike = self._articles.setdefault((article.title, article.content_hash or ""), {})
        alike[article.article_id] = url
        return alike if len(alike) >= self.FEWEST else {}


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        yield word[:_STEM]

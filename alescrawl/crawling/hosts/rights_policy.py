"""What the signals of rights mean for an article: the setting ALESCRAWL_RIGHTS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from alescrawl.crawling.arguments import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alescrawl.items import Article

Meaning = Literal["ignore", "reserve", "skip"]
"""Keep the article, keep it without its text, or leave it out; the stronger one counts."""

_MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

DEFAULTS: Mapping[str, Meaning] = {
    "tdm-reservation": "reserve",
    "noai": "reserve",
    "noimageai": "ignore",
    "noindex": "ignore",
    "noarchive": "ignore",
    "nosnippet": "ignore",
    "max-snippet:0": "ignore",
    "none": "ignore",
    "alescrawl: noindex": "skip",
    "alescrawl: none": "skip",
    "alescrawl: noarchive": "reserve",
    "alescrawl: nosnippet": "reserve",
    "alescrawl: max-snippet:0": "reserve",
}
"""What each signal means unless ``ALESCRAWL_RIGHTS`` says otherwise.

Article L122-5-3 of the French code of intellectual property excepts from mining what is reserved
by a machine-readable process: TDMRep and ``noai`` speak of this very use. The other words speak
of search engines, and concern a data set when they are addressed to this program by its name.
"""

_AGENT = "alescrawl"
_WRONG = "ALESCRAWL_RIGHTS: there is no {} {!r}; there are: {}"
_ROBOTS = ("meta robots=", "header x-robots-tag=")


class RightsPolicy:
    """Decides by :data:`DEFAULTS`, and by *changes* to them, what an article's signals mean.

    ``alescrawl: WORD`` is a word for robots that is addressed to this program by name: it means
    at least what the word alone does. Words for other programs mean nothing. Raises
    :exc:`ArgumentError` for a name or a meaning that is none.
    """

    def __init__(self, changes: Mapping[str, str]) -> None:
        self._meanings = dict(DEFAULTS)
        for name, meaning in changes.items():
            if name.removeprefix(f"{_AGENT}: ") not in DEFAULTS:
                raise ArgumentError(_WRONG.format("name", name, ", ".join(DEFAULTS)))
            if meaning not in _MEANINGS:
                raise ArgumentError(_WRONG.format("meaning", meaning, ", ".join(_MEANINGS)))
            self._meanings[name] = meaning

    def meaning(self, article: Article) -> Meaning:
        """Return what is to be done with *article*."""
        names = ["tdm-reservation"] if article.tdm_reserved else []
        for signal in article.rights_signals:
            names += _names(signal)
        found = (self._meanings[name] for name in names if name in self._meanings)
        return max(found, key=_MEANINGS.index, default="ignore")


def _names(signal: str) -> list[str]:
    """Return the names under which the meaning of *signal* may stand."""
    if signal.startswith(f"meta {_AGENT}="):
        signal = f"meta robots={_AGENT}: {signal.partition('=')[2]}"
    prefix = next((prefix for prefix in _ROBOTS if signal.startswith(prefix)), None)
    if prefix is None:
        return []
    word = signal.removeprefix(prefix)
    agent, _, own = word.rpartition(": ")
    if not agent:
        return [word]
    return [own, word] if agent == _AGENT else []

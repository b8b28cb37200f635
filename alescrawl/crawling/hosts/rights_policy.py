"""What the signals of rights mean for an article: the setting ALESCRAWL_RIGHTS."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.crawling.hosts.usage_signals import AI_TXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alescrawl.items import Article

Meaning = Literal["ignore", "reserve", "skip"]
"""Keep the article, keep it without its text, or leave it out; the stronger one counts."""

_MEANINGS: tuple[Meaning, ...] = get_args(Meaning)


class Signal(NamedTuple):
    """What a signal means by default, whose word it is, and why it means that."""

    means: Meaning
    source: str
    why: str


@cache
def signals() -> Mapping[str, Signal]:
    """Return the signals by name, as ``data/rights_signals.toml`` has them."""
    path = files("alescrawl") / "data" / "rights_signals.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Signal(**table) for name, table in tables.items()}


_AGENT = "alescrawl"
_WRONG = "ALESCRAWL_RIGHTS: there is no {} {!r}; there are: {}"
_ROBOTS = ("meta robots=", "header x-robots-tag=")
_USAGE = re.compile(r"(?:header|robots\.txt) content-(?:signal|usage)=(.*)")


class RightsPolicy:
    """Decides by :func:`signals`, and by *changes* to them, what an article's signals mean.

    ``alescrawl: WORD`` is a word for robots that is addressed to this program by name: it means
    at least what the word alone does. Words for other programs mean nothing. Raises
    :exc:`ArgumentError` for a name or a meaning that is none.
    """

    def __init__(self, changes: Mapping[str, str]) -> None:
        known = signals()
        self._meanings = {name: signal.means for name, signal in known.items()}
        for name, meaning in changes.items():
            if name.removeprefix(f"{_AGENT}: ") not in known:
                raise ArgumentError(_WRONG.format("name", name, ", ".join(known)))
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
    if signal == AI_TXT:
        return ["ai.txt"]
    if usage := _USAGE.fullmatch(signal):
        return [usage[1]]
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

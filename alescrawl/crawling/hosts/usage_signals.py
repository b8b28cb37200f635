"""What may be done with a page once it was fetched: Content-Signal, Content-Usage and ai.txt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.crawling.hosts.path_patterns import path_of, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

USAGE: Final = "alescrawl_usage"
"""Key of ``Request.meta``: the signals that files of the host give for the address."""

FIELDS: Final = ("content-signal", "content-usage")
AI_TXT: Final = "ai.txt disallow=1"
"""The signal of a path that the host's ai.txt forbids."""

MOST_WORDS: Final = 20
"""Words of a line; the vocabularies have less than ten."""

_PLACES = ("robots.txt ", "ai.txt ")
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_WORD = re.compile(r"([a-z][a-z-]*)\s*=\s*(yes|no|y|n)\b", re.IGNORECASE)
_SAYS_NO = ("=no", "=n")


def usage_words(value: str) -> Iterator[str]:
    """Yield the preferences of one line or header, in lower case: ``ai-train=no``."""
    for part in value.split(",", MOST_WORDS)[:MOST_WORDS]:
        if found := _WORD.match(part.strip()):
            yield f"{found[1]}={found[2]}".lower()


class _Preference(NamedTuple):
    field: str
    pattern: str
    words: list[str]


class UsageLines:
    """The Content-Signal and Content-Usage lines of a robots.txt, for the group of *agent*.

    *text* names each group for *agent*, for ``*`` or for another. A line outside of all groups
    is for everybody.
    """

    def __init__(self, text: str, agent: str) -> None:
        groups: dict[str, list[_Preference]] = {}
        for name, preference in _read(text):
            groups.setdefault(name, [])
            if preference is not None:
                groups[name].append(preference)
        own = groups.get(agent.lower(), groups.get("*", []))
        self._preferences = [*groups.get("", []), *own]

    def signals(self, url: str) -> list[str]:
        """Return what is said of *url*; of two lines, the one with the longer path counts."""
        path = path_of(url)
        said: dict[tuple[str, str], tuple[int, bool, str]] = {}
        for field, pattern, words in self._preferences:
            if not stands_for(pattern, path):
                continue
            for word in words:
                rank = (len(pattern), word.endswith(_SAYS_NO), word)
                key = field, word.partition("=")[0]
                said[key] = max(said.get(key, rank), rank)
        return [f"robots.txt {field}={word}" for (field, _), (*_, word) in said.items()]


def _read(text: str) -> Iterator[tuple[str, _Preference | None]]:
    """Yield each group's name, and again with each preference; ``""`` is outside of all."""
    agents, is_open = {""}, False
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        field, value = found[1].lower(), found[2].strip()
        if field in {"user-agent", "useragent"}:
            agents = {*agents, value.lower()} if is_open else {value.lower()}
            is_open = True
            yield value.lower(), None
            continue
        is_open = False
        if field in FIELDS:
            preference = _preference(field, value)
            yield from ((agent, preference) for agent in agents)


def _preference(field: str, value: str) -> _Preference:
    path, _, words = value.partition(" ") if value.startswith("/") else ("/", "", value)
    return _Preference(field, path, list(usage_words(words)))


def host_signals(signals: Iterable[str]) -> list[str]:
    """Return those of *signals* that files of the host gave."""
    return [signal for signal in signals if signal.startswith(_PLACES)]

"""What a news site calls itself, where its home page does not declare it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from lxml.etree import XPath

from alescrawl.crawling.address_kinds import title_kind
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.crawling.autodiscovery import HomePage

_TITLE = XPath("string(/html/head/title)")
_FEED_TITLES = XPath("//link[@rel='alternate']/@title")
_SEPARATOR = re.compile(r"\s+[-–—|•·»:]+\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_WORDS: Final = 6


def site_name(home: HomePage) -> str | None:
    """Return the name of the site of *home* by its title; ``None`` where that may be a slogan.

    Taken is the piece of the title that its feeds bear too, or that its host spells, or the
    whole of a short title.
    """
    pieces = list(_pieces(normalise(str(_TITLE(home.tree)))))
    in_feeds = {
        piece
        for title in cast("list[str]", _FEED_TITLES(home.tree))
        for piece in _pieces(normalise(title))
    }
    host = _spelled(".".join((urlsplit(home.url).hostname or "").split(".")[:-1]))
    for piece in pieces:
        if piece in in_feeds or (host and _spelled(piece) in {host, host.removeprefix("www")}):
            return piece
    return pieces[0] if len(pieces) == 1 else None


def _pieces(title: str) -> Iterator[str]:
    for piece in _SEPARATOR.split(title):
        if 0 < len(piece.split()) <= _MOST_WORDS and title_kind(piece) is None:
            yield piece


def _spelled(text: str) -> str:
    return "".join(_LETTERS.findall(text)).lower()

"""From the addresses of a site's articles to the pattern that they follow, if one is safe."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

FEWEST: Final = 5
"""Addresses that must follow a pattern before it is believed."""
FEWEST_IN_FOLDER: Final = 20
"""The same where only a folder tells articles from other pages: there may be other folders."""
MOST_PATTERNS: Final = 4


class _Shape(NamedTuple):
    """What addresses have in common: digits and endings; words are left open."""

    depth: int
    digits: tuple[str, ...]
    name: str
    query: str


def article_patterns(articles: Collection[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return regular expressions for addresses as the *articles* have them and no *others*.

    Empty where none is safe: too few articles, an address that follows no pattern, or a pattern
    that would also hold for a standing page.
    """
    hosts = {_host(url) for url in articles}
    if len(hosts) != 1 or len(articles) < FEWEST:
        return ()
    host = hosts.pop()
    groups: dict[_Shape, list[str]] = defaultdict(list)
    for url in articles:
        groups[_shape(url)].append(url)
    patterns = sorted(filter(None, (_pattern(host, *group) for group in groups.items())))
    told = [re.compile(pattern) for pattern in patterns]
    is_whole = len(patterns) == len(groups) <= MOST_PATTERNS
    is_safe = not any(each.search(url) for url in others for each in told)
    return tuple(patterns) if is_whole and is_safe else ()


def _host(url: str) -> str:
    return urlsplit(canonical_url(url)).netloc


def _shape(url: str) -> _Shape:
    parts = urlsplit(url)
    segments = parts.path.strip("/").split("/")
    digits = tuple(_digits(segment) for segment in segments[:-1])
    names = "&".join(_value(pair) for pair in parts.query.split("&")) if parts.query else ""
    name = _escaped(segments[-1]) if names else _name(segments[-1])
    return _Shape(len(segments), digits, name, names)


def _digits(segment: str) -> str:
    if not segment.isdecimal():
        return ""
    return r"\d{4}" if len(segment) == len("2026") else r"\d+"


def _value(pair: str) -> str:
    name, _, value = pair.partition("=")
    if value:
        told = r"\d+" if value.isdecimal() else "[^&]+"
        return f"{_escaped(name)}={told}"
    return re.sub(r"\d+", lambda _: r"\d+", _escaped(name))


def _name(segment: str) -> str:
    """Return the pattern of the last segment of a path: its number and ending, if any."""
    stem, dot, end = segment.rpartition(".")
    if not dot or not end.isalnum() or not stem:
        stem, dot, end = segment, "", ""
    end = _escaped(f"{dot}{end}")
    if stem.isdecimal():
        return rf"\d+{end}"
    if found := re.search(r"([-_,.])(\d{3,})$", stem):
        return rf"[^/]+{_escaped(found[1])}\d+{end}"
    if found := re.match(r"(\d{3,})([-_,])", stem):
        return rf"\d+{_escaped(found[2])}[^/]+{end}"
    return rf"[^/]+{end}"


def _pattern(host: str, shape: _Shape, urls: list[str]) -> str:
    """Return the pattern of *urls* of one shape, "" where it would not be safe."""
    folders = list(_folders(shape, urls))
    has_digits = any(shape.digits) or r"\d" in shape.name or r"\d" in shape.query
    has_folder = any(folder not in {"[^/]+", ""} for folder in folders)
    if len(urls) < (FEWEST if has_digits else FEWEST_IN_FOLDER) or not (has_digits or has_folder):
        return ""
    path = "/".join([*folders, shape.name])
    query = rf"\?{shape.query}" if shape.query else ""
    slash = "" if shape.query or r"\." in shape.name else "/?"
    www = "" if host.split(":", maxsplit=1)[0].replace(".", "").isdecimal() else r"(?:www\.)?"
    return rf"^https?://{www}{_escaped(host)}/{path}{slash}{query}$"


def _folders(shape: _Shape, urls: list[str]) -> Iterator[str]:
    columns = zip(*(urlsplit(url).path.strip("/").split("/")[:-1] for url in urls), strict=True)
    for digits, column in zip(shape.digits, columns, strict=True):
        words = set(column)
        is_one = len(words) == 1 and len(urls) >= FEWEST_IN_FOLDER
        yield digits or (_escaped(words.pop()) if is_one else "[^/]+")


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")

"""The names of a site, as its pages print them in and around titles."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from alescrawl.extraction.title.headings import heading_text
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.meta import Head

_NOT_WORD = re.compile(r"[\W_]+")
SEPARATOR = re.compile(r"\s+[-–—|•·›»/:_]+\s+|\s*[|：—]\s*")
_LAST_WORD = re.compile(r",\s+(?=\S+$)")
_ARTICLES = ("the", "les", "le", "la", "der", "die")
_DOMAIN = re.compile(r"\.\w{2,6}$")
LONGEST_SITE_NAME = 60
_MOST_LINKS = 40
_ROOTS = frozenset(("/", "./", "../", "../../", "/index.html", "/index.php"))
_MOST_LOGOS = 6
_PARTS = 2
_LOGO = re.compile(
    r"(?<![a-z])(?:logo|brand|site[_-]?(?:title|name|branding))(?![a-z])", re.IGNORECASE
)
_MOST_WORDS_OF_SITE = 4
FEWEST_WORDS_OF_TITLE = 6
_SHORTEST_NAME = 8
_LONGEST_HOME, _SLASHES_OF_HOST = 120, 2
"""What the address of a home page may be; others need not be taken apart."""


def strip_site(text: str, sites: set[str], shorter: Iterable[str] = ()) -> str:
    """Return *text* without the site's name and section at its end, or name at its beginning.

    A wording in *shorter* that *text* begins with, followed by a separator, is taken as it is.
    """
    # Runs of blanks would be tried from each of them.
    text = " ".join(text.split())
    for wording in shorter:
        if wording and len(text) > len(wording) and text.casefold().startswith(wording.casefold()):
            rest = text[len(wording) :]
            if SEPARATOR.match(rest) or rest[:1].isspace():
                return wording
    return _between_site_names(text, sites).strip()


def _between_site_names(text: str, sites: set[str]) -> str:
    """Return what of *text* stands between names of the site; each separator is met once."""
    parts = deque(match.span() for match in SEPARATOR.finditer(text))
    start, end = 0, len(text)
    while last := _last_separator(text, start, end, parts):
        first = parts[0] if parts else last
        if last[1] == end or _is_site(text, last[1], end, sites):
            end = last[0]
            while parts and parts[-1][1] > end:
                parts.pop()
        elif _is_site(text, start, first[0], sites):
            start = first[1]
            while parts and parts[0][0] < start:
                parts.popleft()
        else:
            break
    return text[start:end]


def _last_separator(
    text: str, start: int, end: int, parts: deque[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the last of *parts*, or the comma before a single word at the end."""
    after = parts[-1][1] if parts else start
    comma = _LAST_WORD.search(text, max(after, end - LONGEST_SITE_NAME), end)
    return comma.span() if comma else parts[-1] if parts else None


def names_site(text: str, sites: set[str]) -> bool:
    """Tell whether *text* is the name of the site or of an edition of it."""
    return fold(text) in sites or _is_site(text, 0, len(text), sites)


def _is_site(whole: str, start: int, end: int, sites: set[str]) -> bool:
    if end - start > LONGEST_SITE_NAME:
        return False
    text = whole[start:end]
    folded = fold(_DOMAIN.sub("", text))
    bare = next((folded.removeprefix(the) for the in _ARTICLES if folded.startswith(the)), folded)
    if not folded or not sites.isdisjoint((folded, bare, fold(text))):
        return bool(folded)
    return text.count(" ") < _MOST_WORDS_OF_SITE and _begins_with_site(text, sites)


def _begins_with_site(text: str, sites: set[str]) -> bool:
    """Tell « Gazette du Val Alès »: the site's name and the name of an edition, in capitals."""
    name, _, edition = text.rpartition(" ")
    mine = fold(name)
    is_known = len(mine) >= _SHORTEST_NAME and mine in sites
    return is_known and edition[:1].isupper()


def site_folds(url: str, names: Iterable[str]) -> set[str]:
    """Return the folded names a site may go by: stated names and the labels of its host."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    bare = host.rpartition(".")[0]
    names = [*(normalise(name) for name in names if name), host, bare, bare.rpartition(".")[2]]
    folds = {fold(name) for name in names} | {fold(_DOMAIN.sub("", name)) for name in names}
    folds |= {folded.removeprefix(the) for folded in folds for the in _ARTICLES}
    return {folded for folded in folds if folded}


def logos(tree: HtmlElement, head: Head, url: str, stated: str) -> Iterator[str]:
    """Yield what links to the home page, or is marked as the logo: the site's name.

    Of the headings one that says all that ``<title>`` does is the title, on a home page. What
    the page states for its title, *stated*, is no name.
    """
    for link in islice(tree.iter("a"), _MOST_LINKS):
        if _is_home(link.get("href") or "", url):
            yield "".join(link.itertext())[:LONGEST_SITE_NAME]
    whole = fold(head.title)
    yield from _last_part(head, stated)
    for heading in head.headings[:_MOST_LOGOS]:
        if _is_logo(heading, url) and fold(text := heading_text(heading)) != whole:
            yield text


def _last_part(head: Head, stated: str) -> Iterator[str]:
    """Yield the end of ``<title>`` that the only ``h1`` prints where the rest is a headline."""
    parts = [part for part in SEPARATOR.split(head.title) if part]
    if len(parts) < _PARTS or len(head.headings) != 1 or stated == parts[-1]:
        return
    is_name = parts[-1].count(" ") < _MOST_WORDS_OF_SITE
    is_title = parts[0].count(" ") + 1 >= FEWEST_WORDS_OF_TITLE
    if is_name and is_title and fold(heading_text(head.headings[0])) == fold(parts[-1]):
        yield parts[-1]


def _is_logo(heading: HtmlElement, url: str) -> bool:
    if any(_is_home(link.get("href") or "", url) for link in heading.iter("a")):
        return True
    around = (heading, *islice(heading.iterancestors(), 1))
    return any(_LOGO.search(f"{box.get('class') or ''} {box.get('id') or ''}") for box in around)


def _is_home(address: str, url: str) -> bool:
    if len(address) > _LONGEST_HOME or address.rstrip("/").count("/") > _SLASHES_OF_HOST:
        return False
    if not address.startswith(("http", "//")) and address.rstrip("#") not in _ROOTS:
        return False
    try:
        there, here = urlsplit(urljoin(url, address)), urlsplit(url)
    except ValueError:
        return False
    is_root = there.path in {"", "/"} and not there.query and here.path not in {"", "/"}
    return bool(address) and there.netloc == here.netloc and is_root


def fold(text: str) -> str:
    """Return *text* as one compares headlines: letters and digits alone, without case."""
    return _NOT_WORD.sub("", text.casefold())

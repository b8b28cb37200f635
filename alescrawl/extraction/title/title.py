"""The headline of an article, without the site's name, and the kicker above it."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from alescrawl.extraction.title.headings import SEPARATORS, heading_text, read_kicker
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.meta import Head
    from alescrawl.items import Origin

_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s+[-–—|•·›»/:]+\s+|\s*[|：]\s*")
_LAST_WORD = re.compile(r",\s+(?=\S+$)")
_DOMAIN = re.compile(r"\.\w{2,6}$")
_MOST_HEADINGS = 60
_SHORTEST_TITLE = 12  # letters; a shorter heading may stand in any title
_LONGEST_SITE_NAME = 60
_FEWEST_COMMON = 0.35  # of the words of the shorter of two wordings are in both


class Title(NamedTuple):
    """Headline, where it was read, kicker, and the element that surely prints the headline."""

    text: str | None
    origin: Origin | None
    kicker: str | None = None
    heading: HtmlElement | None = None


class _Wordings(NamedTuple):
    """The headline in the JSON-LD, a meta tag, the heading and ``<title>``; the kicker above."""

    structured: str
    declared: str
    printed: str
    title: str
    kicker: str


def read_title(
    tree: HtmlElement,
    head: Head,
    headline: str,
    url: str,
    *,
    chosen: str = "",
    site_names: Iterable[str] = (),
) -> Title:
    """Return the headline of the page.

    *headline* is what the JSON-LD says, *chosen* what the source's selector found, *site_names*
    what the publisher is called.
    """
    named = (head.first("og:site_name", "application-name"), *_home_links(head.headings, url))
    sites = _site_folds(url, (*named, *site_names))
    stated = [headline, _first(head), head.title]
    heading = _heading(head.headings, [text for text in stated if text], sites)
    if heading is None:
        heading = _lower_heading(tree, [fold(text) for text in stated])
    place = heading
    if heading is None:
        heading = _lone(head.headings, sites)
    printed = heading_text(heading) if heading is not None else ""
    kicker = read_kicker(heading) if heading is not None else ""
    declared = strip_site(_first(head), sites, [printed, headline])
    structured = strip_site(headline, sites, [printed])
    title = strip_site(head.title, sites, [printed, headline])
    wordings = _Wordings(structured, declared, printed, title, kicker)
    text, origin = _choose(wordings) or (title, "generic")
    if chosen:
        text, origin = chosen, "selector"
    else:
        text = _without_kicker(text, kicker)
    if not kicker and text and printed != text and printed.endswith(text):
        kicker = printed[: -len(text)].strip(SEPARATORS)
    kicker = "" if fold(kicker) == fold(text) else kicker
    if fold(printed) == fold(text):
        place = heading
    return Title(text or None, origin if text else None, kicker or None, place)


def _first(head: Head) -> str:
    return head.first(
        "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"
    ) or head.first("citation_title", "headline", "title")


def _choose(wordings: _Wordings) -> tuple[str, Origin] | None:
    """Return the headline that two wordings agree on, or the best of those that differ.

    Structured data is what the publisher calls the headline. A meta tag may be cut, or be
    written for search engines: then the page's title is the same.
    """
    structured, declared, printed, title, kicker = wordings
    if structured and fold(structured) in {fold(printed), fold(declared)}:
        return structured, "json-ld"
    if printed and (fold(declared) == fold(printed) or _is_cut(declared, printed)):
        return printed, "generic"
    if structured:
        return structured, "json-ld"
    if kicker and printed and declared.endswith(printed):
        return (declared, "meta") if declared.startswith(kicker) else (printed, "generic")
    is_for_search = bool(title) and fold(title) != fold(printed) and _are_akin(declared, printed)
    if declared and not is_for_search:
        return declared, "meta"
    return (printed, "generic") if printed else None


def _is_cut(text: str, whole: str) -> bool:
    """Tell whether *text* is *whole* up to a quotation mark or a limit of length."""
    bare = text.rstrip(" .…")
    return bool(bare) and len(whole) > len(bare) and whole.startswith(bare)


def _heading(headings: list[HtmlElement], stated: list[str], sites: set[str]) -> HtmlElement | None:
    """Return the heading that is a wording of what the page states."""
    texts = [(heading, heading_text(heading)) for heading in headings[:12]]
    texts = [(heading, text) for heading, text in texts if text and fold(text) not in sites]
    folded = [fold(text) for text in stated if fold(text) not in sites]
    if not folded and texts:
        return texts[0][0]
    for heading, text in texts:
        mine = fold(text)
        if any(mine in other or other in mine for other in folded):
            return heading
    for heading, text in texts:
        if any(_are_akin(text, other) for other in stated):
            return heading
    return None


def _lone(headings: list[HtmlElement], sites: set[str]) -> HtmlElement | None:
    """Return the only heading that is not the site's name."""
    found = [h for h in headings[:2] if (text := heading_text(h)) and fold(text) not in sites]
    return found[0] if len(found) == 1 else None


def _lower_heading(tree: HtmlElement, folded: list[str]) -> HtmlElement | None:
    """Return the heading of a lower rank that prints the title, on pages that have no other."""
    for heading in islice(tree.iter("h2", "h3", "h4"), _MOST_HEADINGS):
        mine = fold(heading_text(heading))
        if len(mine) >= _SHORTEST_TITLE and any(mine in other for other in folded):
            return heading
    return None


def strip_site(text: str, sites: set[str], shorter: Iterable[str] = ()) -> str:
    """Return *text* without the site's name and section at its end, or name at its beginning.

    A wording in *shorter* that *text* begins with, followed by a separator, is taken as it is.
    """
    # Runs of blanks would be tried from each of them.
    text = " ".join(text.split())
    for wording in shorter:
        if wording and len(text) > len(wording) and text.casefold().startswith(wording.casefold()):
            rest = text[len(wording) :]
            if _SEPARATOR.match(rest) or rest[:1].isspace():
                return wording
    return _between_site_names(text, sites).strip()


def _between_site_names(text: str, sites: set[str]) -> str:
    """Return what of *text* stands between names of the site; each separator is met once."""
    parts = deque(match.span() for match in _SEPARATOR.finditer(text))
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
    comma = _LAST_WORD.search(text, max(after, end - _LONGEST_SITE_NAME), end)
    return comma.span() if comma else parts[-1] if parts else None


def _is_site(whole: str, start: int, end: int, sites: set[str]) -> bool:
    if end - start > _LONGEST_SITE_NAME:
        return False
    text = whole[start:end]
    folded = fold(_DOMAIN.sub("", text))
    return bool(folded) and (folded in sites or fold(text) in sites)


def _site_folds(url: str, names: Iterable[str]) -> set[str]:
    """Return the folded names a site may go by: stated names and the labels of its host."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    bare = host.rpartition(".")[0]
    names = [*(normalise(name) for name in names if name), host, bare, bare.rpartition(".")[2]]
    folds = {fold(name) for name in names} | {fold(_DOMAIN.sub("", name)) for name in names}
    folds |= {folded.removeprefix(the) for folded in folds for the in ("the", "le", "la", "der")}
    return {folded for folded in folds if folded}


def _home_links(headings: list[HtmlElement], url: str) -> Iterator[str]:
    """Yield the headings that link to the home page: among others, they are the site's name."""
    for heading in headings if len(headings) > 1 else ():
        if any(_is_home(link.get("href") or "", url) for link in heading.iter("a")):
            yield heading_text(heading)


def _is_home(address: str, url: str) -> bool:
    try:
        there, here = urlsplit(urljoin(url, address)), urlsplit(url)
    except ValueError:
        return False
    is_root = there.path in {"", "/"} and not there.query and here.path not in {"", "/"}
    return bool(address) and there.netloc == here.netloc and is_root


def _without_kicker(title: str, kicker: str) -> str:
    """Return *title* without the kicker, unless a colon makes it a part of the sentence."""
    if not kicker or not title.startswith(kicker) or title == kicker:
        return title
    rest = title[len(kicker) :]
    return (
        title if rest.lstrip().startswith(":") and not kicker.isupper() else rest.lstrip(SEPARATORS)
    )


def _are_akin(text: str, other: str) -> bool:
    """Tell whether two texts may be wordings of one headline."""
    mine, theirs = set(text.casefold().split()), set(other.casefold().split())
    return len(mine & theirs) >= _FEWEST_COMMON * max(1, min(len(mine), len(theirs)))


def fold(text: str) -> str:
    """Return *text* as one compares headlines: letters and digits alone, without case."""
    return _NOT_WORD.sub("", text.casefold())

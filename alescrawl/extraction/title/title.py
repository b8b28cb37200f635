"""The headline of an article, without the site's name, and the kicker above it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from alescrawl.extraction.title.headings import SEPARATORS, heading_text, read_kicker
from alescrawl.extraction.title.site_names import (
    FEWEST_WORDS_OF_TITLE,
    LONGEST_SITE_NAME,
    SEPARATOR,
    fold,
    logos,
    names_site,
    site_folds,
    strip_site,
)
from alescrawl.text.folding import fold as without_accents
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.meta import Head
    from alescrawl.items import Origin

_MOST_HEADINGS = 60
_SHORTEST_TITLE = 12  # letters; a shorter heading may stand in any title
_LONGEST_TITLE = 220
_CUT_AT = range(95, 116)
"""Characters at which systems cut a headline in the JSON-LD: search engines read 110."""
_LONG_ENOUGH = 60
"""Characters of a headline that was cut between two words: a title may begin as a shorter one."""
_FEWEST_WORDS = 3
_HOME = ("accueil", "home", "startseite")
_MARKUP = re.compile(r"</?[a-z]\w{0,12}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_READERS = re.compile(
    r"^\W{0,3}(?:(?:article |contenu )?(?:réservé(?:e|s)? aux )?(?:abonné(?:e|s)?|premium)"
    r"\W{1,4})(?=\w)",
    re.IGNORECASE,
)
"""Who may read an article, printed before its title."""
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
    headline = _plain(headline)
    stated_names = [head.first("og:site_name", "application-name"), *site_names, *_HOME]
    stated_names = [name for name in stated_names if not _is_headline(name, head)]
    sites = site_folds(url, (*stated_names, *logos(tree, head, url, _first(head))))
    stated = [headline, _first(head), head.title]
    heading = _heading(head.headings, [text for text in stated if text], sites)
    if heading is None:
        heading = _lower_heading(tree, [fold(text) for text in stated])
    place = heading
    if heading is None:
        is_stated = bool(_first(head) or headline)
        heading = _lone(head.headings, sites, "" if is_stated else strip_site(head.title, sites))
    printed = heading_text(heading) if heading is not None else ""
    kicker = read_kicker(heading) if heading is not None else ""
    sections = _section_folds(head, url)

    def shorter(text: str) -> list[str]:
        return [printed, *([] if _is_cut_short(headline, text) else [headline])]

    declared = _without_section(
        strip_site(_first(head), sites, shorter(_first(head))), _first(head), sections
    )
    structured = strip_site(headline, sites, [printed])
    title = _without_section(
        strip_site(head.title, sites, shorter(head.title)), head.title, sections
    )
    wordings = _Wordings(structured, declared, printed, title, kicker)
    text, origin = _choose(wordings) or (title, "generic")
    if chosen:
        text, origin = chosen, "selector"
    else:
        text = _READERS.sub("", _without_kicker(text, kicker), count=1) if text else text
    if not kicker and text and printed != text and printed.endswith(text):
        kicker = printed[: -len(text)].strip(SEPARATORS)
    kicker = "" if fold(kicker) == fold(text) else kicker
    if fold(printed) == fold(text):
        place = heading
    return Title(text or None, origin if text else None, kicker or None, place)


def _is_headline(name: str, head: Head) -> bool:
    """Tell a headline that stands where the name of the site belongs."""
    return len(name) > LONGEST_SITE_NAME and head.title.startswith(name)


def _first(head: Head) -> str:
    return _plain(
        head.first(
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
            "sailthru.title",
        )
        or head.first("citation_title", "headline", "title")
    )


def _plain(text: str) -> str:
    """Return *text* without markup that a system left in it."""
    return normalise(_MARKUP.sub(" ", text)) if "<" in text else text


def _choose(wordings: _Wordings) -> tuple[str, Origin] | None:  # noqa: PLR0911 - one each
    """Return the headline that two wordings agree on, or the best of those that differ.

    Structured data is what the publisher calls the headline. A meta tag may be cut, or be
    written for search engines: then the page's title is the same.
    """
    structured, declared, printed, title, kicker = wordings
    if whole := _whole_of(wordings):
        return whole
    if structured and fold(structured) in {fold(printed), fold(declared)}:
        return structured, "json-ld"
    if printed and (fold(declared) == fold(printed) or _is_cut(declared, printed)):
        return printed, "generic"
    if structured or not (declared or printed):
        return (structured, "json-ld") if structured else None
    if kicker and printed and declared.endswith(printed):
        return (declared, "meta") if declared.startswith(kicker) else (printed, "generic")
    is_for_search = bool(title) and fold(title) != fold(printed) and _are_akin(declared, printed)
    if declared and not is_for_search:
        return declared, "meta"
    return (printed, "generic") if printed else None


def _whole_of(wordings: _Wordings) -> tuple[str, Origin] | None:
    """Return the whole of a headline that the JSON-LD cuts short, if the page has it."""
    wholes: tuple[tuple[str, Origin], ...] = (
        (wordings.printed, "generic"),
        (wordings.declared, "meta"),
        (wordings.title, "generic"),
    )
    return next((each for each in wholes if _is_cut_short(wordings.structured, each[0])), None)


def _is_cut(text: str, whole: str) -> bool:
    """Tell whether *text* is *whole* up to a quotation mark or a limit of length."""
    bare = text.rstrip(" .…")
    return bool(bare) and len(whole) > len(bare) and whole.startswith(bare)


def _is_cut_short(text: str, whole: str) -> bool:
    """Tell whether *text* surely is *whole* cut: in a word, at an ellipsis, at a usual limit."""
    bare = text.rstrip(" .…")
    if not _is_cut(text, whole) or len(bare) < _SHORTEST_TITLE:
        return False
    in_word = bare[-1].isalnum() and whole[len(bare)].isalnum()
    if in_word or text.endswith(("…", "...")) or len(text) in _CUT_AT:
        return True
    following = whole[len(bare) :].lstrip(" ,")
    return len(bare) >= _LONG_ENOUGH and following[:1].islower()


def _heading(headings: list[HtmlElement], stated: list[str], sites: set[str]) -> HtmlElement | None:
    """Return the heading that is a wording of what the page states."""
    texts = [(heading, heading_text(heading)) for heading in headings[:12]]
    texts = [(heading, text) for heading, text in texts if text and not names_site(text, sites)]
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


def _lone(headings: list[HtmlElement], sites: set[str], title: str) -> HtmlElement | None:
    """Return the only heading that is not the site's name, nor a section beside a whole *title*."""
    found = [h for h in headings[:2] if (text := heading_text(h)) and not names_site(text, sites)]
    is_title = len(found) == 1 and len(heading_text(found[0])) <= _LONGEST_TITLE
    if not is_title or _is_section(heading_text(found[0]), title):
        return None
    return found[0]


def _is_section(text: str, title: str) -> bool:
    is_short = text.count(" ") + 1 < _FEWEST_WORDS
    longest = max(part.count(" ") + 1 for part in SEPARATOR.split(title))
    return is_short and longest >= FEWEST_WORDS_OF_TITLE and not _are_akin(text, title)


def _lower_heading(tree: HtmlElement, folded: list[str]) -> HtmlElement | None:
    """Return the heading of a lower rank that prints the title, on pages that have no other."""
    for heading in islice(tree.iter("h2", "h3", "h4"), _MOST_HEADINGS):
        mine = fold(heading_text(heading))
        if len(mine) >= _SHORTEST_TITLE and any(mine in other for other in folded):
            return heading
    return None


def _without_section(text: str, whole: str, sections: set[str]) -> str:
    """Return *text*, of which the site's name was stripped, without the section before it."""
    if text == whole:
        return text
    last = max((match.span() for match in SEPARATOR.finditer(text)), default=None)
    if (
        last is None
        or not {fold(text[last[1] :]), fold(without_accents(text[last[1] :]))} & sections
    ):
        return text
    rest = text[: last[0]].strip()
    return rest if rest.count(" ") + 1 >= _FEWEST_WORDS else text


def _section_folds(head: Head, url: str) -> set[str]:
    """Return the folded names of the sections that the page states, and of its address."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    stated = [
        value for name in ("article:section", "section") for value in head.metas.get(name, ())
    ]
    folders = [without_accents(part) for part in path.split("/")[1:-1] if part]
    return {fold(name) for name in (*stated, *folders)}


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

"""Section, tags and picture as a page prints them, where nothing states them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from lxml.etree import XPath

from alescrawl.extraction.page.ownership import is_of_another
from alescrawl.extraction.page.surroundings import is_beside, is_site_head, line_of, next_outside
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Facts

_PATH: Final = re.compile(
    r"(?:^|[\s_-])(?:arbo|breadcrumbs?|crumbs?|ariane|filariane|fil-?d-?ariane|chemin)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PATH_LABEL: Final = re.compile(r"ariane|breadcrumb|vous [êe]tes ici", re.IGNORECASE)
_PRIMARY: Final = re.compile(
    r"(?:^|\s)(?:gh-article-tag|post-full-tags|primary-tag|article-tag)(?:$|\s)"
)
"""What Ghost prints above the title: the first tag of the article, which is its section."""
_KEYWORDS: Final = re.compile(
    r"(?:^|\s)(?:mots|mots-?cl[eé]s|mots_cles|keywords?|tags-?links?|post-?tags|entry-?tags|"
    r"article-?tags|taglist|tag-list|tags|[eé]tiquettes)(?:$|\s)",
    re.IGNORECASE,
)
_KEYWORDS_LABEL: Final = re.compile(
    r"\s*(?:mots[- ]cl[ée]s|tags|étiquettes|keywords)\s*:?\s*", re.IGNORECASE
)
_KEYWORD_PATH: Final = re.compile(
    r"/(?:\+?-?mots?-|mots?/|tags?/|mot\d|\+-)|[?&](?:mot|id_mot)", re.IGNORECASE
)
_TO_KEYWORDS: Final = XPath(
    "boolean(//a[contains(@rel, 'tag') or contains(@href, 'mot') or contains(@href, 'tag')])"
)
_WHOLE: Final = frozenset({"body", "html", "article", "main"})
_HOMES: Final = frozenset({"accueil", "home", "startseite", "sommaire", "inicio"})
_LABEL_TAGS: Final = ("p", "h2", "h3", "h4", "strong", "span", "dt", "div")
_LONGEST: Final = 60
_LONGEST_LABEL: Final = 30
_MOST: Final = 15
_LEVELS: Final = 3
_MOST_ELEMENTS: Final = 600
_START: Final = 20
_SMALLEST: Final = 120
"""Pixels; smaller pictures are signs and faces."""
_SIGN: Final = re.compile(
    r"(?:^|[\s_/-])(?:avatar|gravatar|icons?|emoji|sprite|pixel|spacer|logos?|auteur|author|"
    r"badge|pub|ads?|share|flag)(?:$|[\s_./-])",
    re.IGNORECASE,
)
_SOURCES: Final = ("src", "data-src", "data-lazy-src", "data-original")
_PICTURE_TYPES: Final = (".svg", ".gif")


def printed_section(facts: Facts) -> str:
    """Return the last place but the article itself of the path that the page prints, or ""."""
    for path in _paths(facts):
        names = [name for link in path.iter("a") if (name := _name(link, facts))]
        if names:
            return names[-1]
    marked = (*_primary(facts), *_categories(facts))
    return next((name for tag in marked if (name := _name(tag, facts))), "")


def printed_tags(facts: Facts) -> list[str]:
    """Return the words that the page prints as keywords of its article, in order, each once."""
    links = [link for box in _keyword_boxes(facts) for link in box.iter("a")]
    if not links:
        links = [link for link in _primary(facts) if link.tag == "a"]
    names = dict.fromkeys(name for link in links if (name := _name(link, facts)))
    return list(names) if len(names) <= _MOST else []


def printed_image(facts: Facts) -> str:
    """Return the address of the first picture of the article that is no sign and no face, or ""."""
    heading = facts.heading
    if heading is None:
        return ""
    for picture in _pictures(heading, facts.last_lines):
        address = next((value for key in _SOURCES if (value := _address(picture, key))), "")
        if address and not _is_sign(picture, address) and not _is_of_others(picture, facts):
            try:
                return urljoin(_base(facts), address)
            except ValueError:
                return ""
    return ""


def _base(facts: Facts) -> str:
    """Return the address that those of the page are relative to."""
    base = next((element.get("href") for element in facts.tree.iter("base")), None)
    return urljoin(facts.url, base) if base else facts.url


@lru_cache(maxsize=8192)
def _marks(classes: str) -> frozenset[str]:
    """Return what *classes* mark an element as: a path, the primary tag, keywords."""
    kinds = (("path", _PATH), ("primary", _PRIMARY), ("keywords", _KEYWORDS))
    return frozenset(name for name, pattern in kinds if pattern.search(classes))


def _marked(facts: Facts, kind: str) -> Iterator[HtmlElement]:
    for element, classes, _ in facts.named:
        if classes and kind in _marks(classes) and element.tag not in _WHOLE:
            yield element


def _paths(facts: Facts) -> Iterator[HtmlElement]:
    for element in facts.tree.iter("nav", "ol"):
        if _PATH_LABEL.search(element.get("aria-label") or ""):
            yield element
    yield from _marked(facts, "path")


def _primary(facts: Facts) -> Iterator[HtmlElement]:
    yield from (element for element in _marked(facts, "primary") if not is_beside(element))


def _categories(facts: Facts) -> Iterator[HtmlElement]:
    """Yield the links that say that they lead to a category of the article."""
    for element, _, rel in facts.named:
        if "category" in rel and not is_beside(element):
            yield element


def _keyword_boxes(facts: Facts) -> Iterator[HtmlElement]:
    """Yield the boxes of keywords, by their class or the label that stands in them."""
    for box in _marked(facts, "keywords"):
        if not is_beside(box) and not is_site_head(box, facts.heading):
            yield box
            return
    for label in facts.tree.iter(*_LABEL_TAGS) if _TO_KEYWORDS(facts.tree) else ():
        own = label.text
        if own and len(own) <= _LONGEST_LABEL and _KEYWORDS_LABEL.fullmatch(own):
            yield from islice(_with_keywords(label), 1)


def _with_keywords(label: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the smallest box around *label* whose links lead to keywords."""
    for box in islice((label, *label.iterancestors()), _LEVELS):
        links = list(islice(box.iter("a"), _MOST + 1))
        if links and len(links) <= _MOST and any(map(_leads_to_keyword, links)):
            yield box


def _leads_to_keyword(link: HtmlElement) -> bool:
    return "tag" in (link.get("rel") or "") or bool(_KEYWORD_PATH.search(link.get("href") or ""))


def _name(element: HtmlElement, facts: Facts) -> str:
    """Return the name that *element* prints, unless it is the home page's or the article's."""
    name = line_of(element).strip(" >›»/#,")
    is_house = name.casefold() in {house.casefold() for house in facts.houses}
    is_title = facts.heading is not None and name == line_of(facts.heading)
    if not name or len(name) > _LONGEST or name.casefold() in _HOMES or is_house or is_title:
        return ""
    return name


def _pictures(heading: HtmlElement, last_lines: list[str]) -> Iterator[HtmlElement]:
    """Yield the pictures in the box of *heading* before it, then those down to the text's end.

    What comes below the text is of other articles.
    """
    box = next(heading.iterancestors("article"), None)
    if box is not None:
        before = takewhile(lambda e: e is not heading, islice(box.iter(), _MOST_ELEMENTS))
        yield from (element for element in before if element.tag == "img")
    end = {line[:_START] for line in last_lines[-1:] if len(line) >= _START}
    place = next_outside(heading)
    for _ in range(_MOST_ELEMENTS):
        if place is None or not end:
            return
        if place.tag == "img":
            yield place
        elif place.text and normalise(place.text[: 2 * _START])[:_START] in end:
            return
        place = place[0] if len(place) else next_outside(place)


def _is_of_others(picture: HtmlElement, facts: Facts) -> bool:
    return is_beside(picture) or is_of_another(picture, facts, sure=True)


def _address(picture: HtmlElement, key: str) -> str:
    value = (picture.get(key) or "").strip()
    return "" if value.startswith("data:") or " " in value else value


def _is_sign(picture: HtmlElement, address: str) -> bool:
    """Tell a logo, an icon or a face by its size, its name or its class."""
    classes = picture.get("class") or ""
    if "spip_logo" in classes:
        return False  # what SPIP calls the logo of an article is its picture
    sizes = [picture.get(side) or "" for side in ("width", "height")]
    if any(size.isdigit() and int(size) < _SMALLEST for size in sizes):
        return True
    path = address.partition("?")[0].lower()
    if path.endswith(_PICTURE_TYPES):
        return True
    return _SIGN.search(f"{classes} {picture.get('id') or ''} {path}") is not None

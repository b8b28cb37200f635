"""Tells whether a piece of a page is about its article or about another one that it names."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from alescrawl.extraction.page.structured import folded_title
from alescrawl.extraction.page.surroundings import is_beside, is_other

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Facts

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_PAGE: Final = frozenset({"html", "body", "main"})
_LARGEST_CARD: Final = 600
"""Characters of the text of a card: a box with more is the article or a part of the page."""
_MOST_ELEMENTS: Final = 80
_FEWEST_WORDS: Final = 4
"""Words of a link that is a headline: names of sections and of persons have fewer."""
_FEWEST_LETTERS: Final = 6
_FEWEST_ALIKE: Final = 2
_MOST_SIBLINGS: Final = 30
_MARGIN: Final = 20
_OF_LISTS: Final = re.compile(
    r"/(?:@*search|recherche|categor|rubrique|section|theme|topic|tags?/|mots?-|auteur|author|autor|profil|redact"
    r"|journalist|people|staff|communes?/|villes?/|dossiers?/)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\s*(?:date|publi\w*|auteur\w*|autrice|author|infos?|informations?|details?|détails?)\b",
    re.IGNORECASE,
)
_DAY: Final = "date-outer"
_OWN: Final = re.compile(r"(?:^|\s)(?:hentry|h-entry)(?:\s|$)")
_TWO_DIGITS: Final = re.compile(r"\d\D{0,12}\d")
_LETTERS: Final = re.compile(r"[^\W\d_]")


def is_of_another(element: HtmlElement, facts: Facts, *, sure: bool = False) -> bool:
    """Tell whether *element* stands in a card, list or link that is about something else.

    So does what shares a small box with the headline of, or a link to, another page, and what is
    one of several alike. What is *sure*, because it has a label and stands at the title, is put
    off by a linked headline alone.
    """
    heading = facts.heading
    around = set() if heading is None else {heading, *heading.iterancestors()}
    for box in (element, *element.iterancestors()):
        if box in around or box.tag in _PAGE:
            return False
        if _size(box) > _LARGEST_CARD or _prints_own_title(box, facts):
            return False
        if _leads_away(box, element, facts, sure=sure):
            return True
        if not sure and (_is_headed(box, element, facts) or _is_one_of_many(box, element)):
            return True
        if box.tag == "article" and any(outer.tag == "article" for outer in around):
            return True
    return False


def is_within_article(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Tell whether *element* stands in the box that the page marks as its article.

    Where it marks none, anything that is not beside the article will do.
    """
    if heading is None:
        return not is_beside(element)
    own = own_box(heading)
    if own is not None and _is_of_day(element, heading):
        return True
    if own is None:
        around = set(heading.iterancestors())
        return not any(is_other(b) for b in (element, *element.iterancestors()) if b not in around)
    return any(box is own for box in element.iterancestors())


def _is_of_day(element: HtmlElement, heading: HtmlElement) -> bool:
    """Tell whether *element* is the date that Blogger prints above the posts of one day."""
    days = (box for box in element.iterancestors("div") if box.get("class") == _DAY)
    day = next(days, None)
    return day is not None and any(box is day for box in heading.iterancestors())


def own_box(heading: HtmlElement) -> HtmlElement | None:
    """Return the box around *heading* that is marked as an article, if any."""
    return next(filter(_is_article, heading.iterancestors()), None)


def _is_article(box: HtmlElement) -> bool:
    if box.tag == "article":
        return True
    kind, classes = box.get("itemtype"), box.get("class")
    is_typed = kind is not None and kind.endswith(("Article", "Posting"))
    return is_typed or (classes is not None and _OWN.search(classes) is not None)


def _prints_own_title(box: HtmlElement, facts: Facts) -> bool:
    return any(
        heading.tag == "h1" or _is_own_title(heading, facts) for heading in box.iter(*_HEADINGS)
    )


def _size(box: HtmlElement) -> int:
    """Return the characters of the text in *box*, or more than a card has."""
    if next(islice(box.iter(), _MOST_ELEMENTS, None), None) is not None:
        return _LARGEST_CARD + 1
    size = 0
    for text in box.itertext():
        size += len(text.strip())
        if size > _LARGEST_CARD:
            break
    return size


def _leads_away(box: HtmlElement, element: HtmlElement, facts: Facts, *, sure: bool) -> bool:
    """Tell whether *box* is, or holds, a link that names another page by its headline."""
    if box.tag == "a":
        own = "".join(element.itertext()) if element is not box else ""
        rest = len(_letters(box)) - len(_LETTERS.findall(own))
        return rest >= _FEWEST_LETTERS and _is_elsewhere(box, facts.url)
    named = {
        link.get("href")
        for link in box.iter("a")
        if (_is_in_heading(link) or not (sure or _is_short(link)))
        and _is_elsewhere(link, facts.url)
        and not _is_own_title(link, facts)
    }
    return len(named) == 1  # what stands beside a whole list is of none of its pages


def _is_own_title(element: HtmlElement, facts: Facts) -> bool:
    """Tell whether *element* prints what the page calls its article."""
    text = folded_title("".join(element.itertext()))
    return bool(text) and any(text in title for title in facts.titles)


def _is_in_heading(link: HtmlElement) -> bool:
    """Tell whether *link* and a heading are one within the other."""
    if any(outer.tag in _HEADINGS for outer in islice(link.iterancestors(), 2)):
        return True
    return next(link.iter(*_HEADINGS), None) is not None


def _is_short(link: HtmlElement) -> bool:
    return len("".join(link.itertext()).split()) < _FEWEST_WORDS


def _letters(box: HtmlElement) -> list[str]:
    return _LETTERS.findall("".join(box.itertext()))


def _is_elsewhere(link: HtmlElement, url: str) -> bool:
    """Tell whether *link* leads to another article of the site: not to a list or an author."""
    rel = link.get("rel") or ""
    if "author" in rel or "tag" in rel or "category" in rel:
        return False
    try:
        here, there = urlsplit(url), urlsplit(urljoin(url, link.get("href") or ""))
    except ValueError:
        return False
    if there.netloc.removeprefix("www.") != here.netloc.removeprefix("www."):
        return False
    path = there.path.rstrip("/")
    is_own = path == here.path.rstrip("/") or f"{here.path}/".startswith(f"{path}/")
    return not is_own and _OF_LISTS.search(f"{path}/") is None


def _is_headed(box: HtmlElement, element: HtmlElement, facts: Facts) -> bool:
    """Tell whether *box* has a heading of its own, which is no label and not the *element*."""
    own = {element, *element.iterancestors(), *element.iterdescendants()}
    return any(
        heading not in own
        and _LABEL.match("".join(heading.itertext())) is None
        and not _is_own_title(heading, facts)
        for heading in box.iter(*_HEADINGS)
    )


def _is_one_of_many(box: HtmlElement, element: HtmlElement) -> bool:
    """Tell whether several boxes beside *box* hold what *element* is: a list of dated things."""
    alike = (other for other in _beside(box) if other.tag == box.tag and _holds(other, element))
    return len(list(islice(alike, _FEWEST_ALIKE))) == _FEWEST_ALIKE


def _beside(box: HtmlElement) -> Iterator[HtmlElement]:
    yield from islice(box.itersiblings(), _MOST_SIBLINGS)
    yield from islice(box.itersiblings(preceding=True), _MOST_SIBLINGS)


def _holds(box: HtmlElement, element: HtmlElement) -> bool:
    """Tell whether *box* holds a date as *element* is one: no paragraph with figures in it."""
    classes, longest = element.get("class"), 2 * len("".join(element.itertext())) + _MARGIN
    return any(
        inner.get("class") == classes
        and _is_dated(inner)
        and len("".join(inner.itertext())) <= longest
        for inner in islice(box.iter(element.tag), 3)
    )


def _is_dated(element: HtmlElement) -> bool:
    if element.get("datetime"):
        return True
    return _TWO_DIGITS.search("".join(islice(element.itertext(), 3))) is not None

"""Find the bylines that a page prints: near the title, beside a label, or marked elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline.agencies import house_name
from alescrawl.extraction.byline.names import is_given_name, is_name_like
from alescrawl.extraction.byline.parts import SIGNS, bare, opening_of, parts_of
from alescrawl.extraction.byline.signature_lines import is_signature_line, may_sign
from alescrawl.extraction.byline.signatures import OPENING, PERSON, is_sentence
from alescrawl.extraction.byline.words import words
from alescrawl.extraction.page.surroundings import is_beside, line_of
from alescrawl.text.folding import fold
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Named
    from alescrawl.extraction.page.surroundings import Line

_LONGEST: Final = 160
_CLASS = re.compile(
    r"(?<![a-z])(?:authors?|auteurs?|autor(?:en|in|es)?|bylines?|byl|signature|signataire|writer|"
    r"redacteur|journaliste|reporter|contributors?)(?![a-z])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PATH = re.compile(
    r"/(?:authors?|auteurs?|autor(?:en|es)?|autori|redacteurs?|journalistes?|redaktion|"
    r"reporters?|contributors?|profil(?:e|es|s)?|people|staff|journalists?|team|by|forfatter|"
    r"penulis|correspondents?|signatures?)/[\w.%~-]{3,}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:auteur|autrice|autor|autorin|autor/in|autorin/autor|author|written by|texte)s?\s*:?\s*",
    re.IGNORECASE,
)
_LABELS = ("strong", "b", "dt", "th", "span", "div", "p")
_MOST_LOOKED_AT: Final = 60
_MOST_ANYWHERE: Final = 8
_LONGEST_LABEL: Final = 60
_LONGEST_DESK: Final = 4
_TOO_MANY_WORDS: Final = 22
_MOST_LINKS: Final = 20
_SEVERAL: Final = 2
_OF_OTHERS: Final = re.compile(
    r"edit|review|fact|check|photo|bild|relu|relect|traduit|translat|updat|vid[eé]o|officer",
    re.IGNORECASE,
)
"""What those did who are no authors, in a line that names them too."""
_FIRST: Final = 4
_OPENING_LETTER: Final = re.compile(r"\s*[pbrvdtwéea]", re.IGNORECASE)
"""What every opening of a byline begins with."""
_LONGEST_JOIN: Final = 12
"""Letters beside the names: « Par … et … »."""
_DATED: Final = re.compile(
    r"\d ?(?:mins?|minutes?|mn)\b|\d ?[h:]\d\d|"
    r"\d\d?(?:er)?[ /.-](?:\d\d?[/.-]|[^\W\d]{3,9}\.? )\d{2,4}"
)
_BESIDE_DATE: Final = re.compile(
    r"\s*(?:[·•|,/—–]|\s-\s|\s(?:le|on|am)\s(?=\d)|\s(?=\d))\s*", re.IGNORECASE
)


def bylines_near(lines: list[Line]) -> Iterator[str]:
    """Yield what looks like a byline near the title: marked as such, opened by « Par », bare."""
    yield from _marked([line.element for line in lines])
    texts = (SIGNS.sub("", text).strip() for line in lines for text in line.texts)
    texts_above = (text for line in lines if not line.after_text for text in line.texts)
    yield from (
        text
        for text in texts
        if OPENING.match(text) and _is_short(text) and not is_sentence(text) and may_sign(text)
    )
    yield from (text for text in texts_above if _introduces(text))
    yield from _dated_names(lines)
    yield from (line.text for line in lines if not line.in_text and _is_bare(line))


def _introduces(text: str) -> bool:
    """Tell « Par la rédaction avec … », « Texte et photos : … »: words of a byline, then names."""
    opening = opening_of(text) if _is_short(text) else None
    if opening is None and _names_person_and_house(text):
        return True
    rest = text[len(opening) :].strip(" :") if opening else ""
    if not rest or not (is_signature_line(rest) or is_signature_line(text)):
        return False
    return any(map(_is_signatory, parts_of(rest)))


def _names_person_and_house(text: str) -> bool:
    """Tell « Anna Blois avec AFP »."""
    parts = [bare(part) for part in parts_of(text)] if len(text) <= _LONGEST_LABEL else []
    if len(parts) < _SEVERAL or not _is_surely_person(parts[0]) or not is_signature_line(text):
        return False
    return any(house_name(part, "") for part in parts[1:])


def _is_signatory(text: str) -> bool:
    name = bare(text)
    return _is_surely_person(name) or house_name(name, "") is not None


def lines_of_several(lines: list[Line]) -> Iterator[str]:
    """Yield what surely signs with several names above the text: a « Par … », links to authors."""
    for line in lines:
        if line.in_text:
            continue
        if _opens(line.element) and OPENING.match(line.text) and _is_short(line.text):
            yield from () if _OF_OTHERS.search(line.text) else (line.text,)
        elif names := _names_alone(line.element):
            yield names


def _opens(element: HtmlElement) -> bool:
    """Tell whether the first words in *element* may be those of a byline: most lines end here."""
    first = next((text for text in islice(element.itertext(), _FIRST) if not text.isspace()), "")
    return _OPENING_LETTER.match(first) is not None


def _names_alone(element: HtmlElement) -> str:
    """Return the names of several authors whose links are all that *element* holds, or ""."""
    links = list(islice(element.iter("a"), _MOST_LINKS))
    if len(links) < _SEVERAL:
        return ""
    links = [link for link in links if _is_marked(link)]
    names = list(dict.fromkeys(name for link in links if (name := _line(link))))
    if len(names) < _SEVERAL or not all(map(PERSON.fullmatch, names)):
        return ""
    rest = line_of(element)
    for name in names:
        rest = rest.replace(name, " ")
    return ", ".join(names) if rest and sum(map(str.isalpha, rest)) <= _LONGEST_JOIN else ""


def _dated_names(lines: list[Line]) -> Iterator[str]:
    """Yield the names that stand in one line with a date: « Claire Roux · 12 mars 2026 »."""
    for line in lines:
        text = "" if line.in_text else line.text
        if len(text) <= _LONGEST and _DATED.search(text):
            parts = [part.strip() for part in _BESIDE_DATE.split(text)]
            yield from (part for part in parts if _is_surely_person(part))


def _is_surely_person(text: str) -> bool:
    return PERSON.fullmatch(text) is not None and is_given_name(
        text.split(maxsplit=1)[0].split("-", maxsplit=1)[0]
    )


def _is_bare(line: Line) -> bool:
    """Tell a name that stands alone; a menu makes one of the site's name and a section's."""
    text = SIGNS.sub("", line.text).strip()
    return (
        _is_bare_name(text) or (text != line.text and _is_surely_person(text))
    ) and line.element.find(".//nav") is None


def _is_bare_name(text: str) -> bool:
    """Tell whether *text* is a known given name with a surname, or a desk, and nothing else."""
    if PERSON.fullmatch(text):
        return is_name_like(text)
    parts = text.casefold().split()
    return len(parts) <= _LONGEST_DESK and not words("desks").isdisjoint(parts)


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and text.count(" ") < _TOO_MANY_WORDS


def bylines_anywhere(named: list[Named]) -> Iterator[str]:
    """Yield what is marked as a byline among the *named* elements of a page."""
    marks = (
        element
        for element, classes, rel in named
        if _is_author_class(classes) or (rel and _is_author_class(rel))
    )
    inside = (mark for mark in islice(marks, _MOST_LOOKED_AT) if not is_beside(mark))
    yield from _marked(list(islice(inside, _MOST_ANYWHERE)))


def labelled_bylines(tree: HtmlElement) -> Iterator[str]:
    """Yield what stands beside the label « Auteur » or its like, without the label."""
    for element in tree.iter(*_LABELS):
        label = element.text
        if label and len(label) < _LONGEST_LABEL and _LABEL.fullmatch(label):
            parent = element.getparent()
            text = _line(parent) if parent is not None else ""
            if len(name := text.removeprefix(normalise(label)).strip(" :")) > 1:
                yield name


def _marked(elements: list[HtmlElement]) -> Iterator[str]:
    """Yield the texts of elements that are marked as bylines, not those of their parts again."""
    within: set[HtmlElement] = set()
    for element in elements:
        parent = element.getparent()
        if parent is not None and parent in within:
            within.add(element)
        elif _is_marked(element):
            text = _line(element)
            if text:
                within.add(element)
                yield _linked_names(element, text) or text


def _linked_names(element: HtmlElement, text: str) -> str:
    """Return the names that link to authors' pages in a byline, where it names nobody else."""
    links = [link for link in element.iterdescendants("a") if _is_marked(link)]
    names = list(dict.fromkeys(name for link in links if (name := _line(link))))
    rest = text
    for name in names:
        rest = rest.replace(name, " ")
    return ", ".join(names) if names and not PERSON.search(rest) else ""


def _is_marked(element: HtmlElement) -> bool:
    if element.tag == "button":
        return False
    classes = element.get("class")
    if classes and _is_author_class(classes):
        return True
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    href = element.get("href") if element.tag == "a" else None
    return bool(href and _PATH.search(href))


def _line(element: HtmlElement) -> str:
    line = _once(line_of(element))
    return line if _is_short(line) else ""


def _once(line: str) -> str:
    """Return *line* with a name once at its beginning; what is said of the person is left out."""
    parts = line.split()
    half = len(parts) // 2
    for size in (half, *range(_SEVERAL, min(half, _LONGEST_DESK) + 1)):
        name, rest = parts[:size], parts[size:]
        while name and rest[:size] == name:
            rest = rest[size:]
        if len(rest) < len(parts) - size:
            joined = rest and (fold(rest[0]) in words("conjunctions") or not rest[0][0].isalnum())
            return " ".join([*name, *rest] if joined else name)
    return line


@lru_cache(maxsize=8192)
def _is_author_class(classes: str) -> bool:
    return _CLASS.search(_CAMEL.sub("-", classes)) is not None

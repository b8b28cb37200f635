"""What the articles of a dataset say of each institution that they name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset import tables
from alescrawl.dataset.reading.load import scan, table_keys
from alescrawl.entities.gazetteer.lists import institutions_by_id
from alescrawl.items import PARIS
from alescrawl.registry.linking.activities import divisions_in
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from alescrawl.dataset.storage.files import Storage

COMPANY_KINDS: Final = frozenset(
    ["company", "association", "media", "cluster", "school", "other_org"]
)
"""Kinds of institutions that may be a company of the register; the lists know the others."""
_NEAR: Final = 160
"""Characters between a name and a place, or a word, that are told together."""
_LEAD: Final = 40
_AT_HOME: Final = re.compile(
    r"\b(?:bas|install|implant|situ|etabl|sis|venu|originair|sieg)\w* (?:social (?:est )?)?"
    r"(?:a|au|en|de|du|d'|pres de) ?$"
)
_ARTICLE: Final = ("article_id", "published", "first_seen", "text", "duplicate_of")
_MENTION: Final = (
    *("article_id", "kind", "surface", "start", "end", "name", "entity_id", "subtype"),
    *("siren", "insee", "affiliation", "about", "number"),
)


@dataclass
class Named:
    """An institution, and what was read of it; counts are of articles."""

    institution: str
    """Its entity_id, or its name where no list has it."""
    name: str
    subtype: str
    siren: str | None = None
    """The one that the gazetteer has."""
    seat: str = ""
    """INSEE code of the commune that the gazetteer has."""
    writings: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    first: date | None = None
    last: date | None = None
    near: Counter[str] = field(default_factory=Counter)
    """INSEE codes of communes told with it."""
    around: Counter[str] = field(default_factory=Counter)
    """Of communes named elsewhere in these articles."""
    sites: Counter[str] = field(default_factory=Counter)
    """Of those told with it, where it is said to have its seat, to lie or to come from."""
    activities: Counter[str] = field(default_factory=Counter)
    headcounts: list[float] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    """Folded names of persons who hold an office of it."""

    def read(self, article: Article, mentions: list[dict[str, Any]]) -> None:
        """Count what one *article* says in its *mentions* of this institution."""
        self.articles += 1
        day = article.day
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)
        self.writings.update({mention["surface"] for mention in mentions})
        near = {code for mention in mentions for code in article.communes_near(mention)}
        self.near.update(near)
        self.sites.update({code for mention in mentions for code in article.sites(mention)})
        self.around.update(article.communes - near)
        self.activities.update({d for mention in mentions for d in article.activities(mention)})
        known = {self.institution, self.name}
        self.headcounts += [n for about, n in article.headcounts if about in known]
        self.persons |= {fold(person) for person, body in article.officers if body in known}


class Article:
    """An article with its mentions, asked for what stands near one of them."""

    def __init__(self, row: Mapping[str, Any], mentions: list[dict[str, Any]]) -> None:
        self._text: str = row["text"] or ""
        moment = row["published"] or row["first_seen"]
        self.day: date | None = moment.astimezone(PARIS).date() if moment else None
        self._places = [m for m in mentions if m["kind"] == "place" and m["insee"]]
        self.communes = {m["insee"] for m in self._places}
        self.headcounts = [
            (m["about"], m["number"])
            for m in mentions
            if m["kind"] == "jobs" and m["subtype"] == "counted" and m["number"]
        ]
        self.officers = [
            (m["name"], m["affiliation"])
            for m in mentions
            if m["kind"] == "person" and m["affiliation"] and m["name"]
        ]
        self._read: dict[int, frozenset[str]] = {}

    def communes_near(self, mention: Mapping[str, Any]) -> set[str]:
        """Return the communes that the same paragraph names close by."""
        return {place["insee"] for place in self._near(mention)}

    def sites(self, mention: Mapping[str, Any]) -> set[str]:
        """Return those where the words before the place say that somebody is at home."""
        return {
            place["insee"]
            for place in self._near(mention)
            if _AT_HOME.search(fold(self._text[max(place["start"] - _LEAD, 0) : place["start"]]))
        }

    def _near(self, mention: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            place
            for place in self._places
            if place["start"] - mention["end"] <= _NEAR
            and mention["start"] - place["end"] <= _NEAR
            and "\n" not in self._between(mention, place)
        ]

    def _between(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
        first, second = sorted((one, other), key=lambda m: m["start"])
        return self._text[first["end"] : second["start"]]

    def activities(self, mention: Mapping[str, Any]) -> frozenset[str]:
        """Return the activities that the words around a *mention* tell, its own left out."""
        start, end = mention["start"], mention["end"]
        block = start // _NEAR
        if block not in self._read:
            before = self._text[max(start - _NEAR, 0) : start]
            self._read[block] = divisions_in(f"{before} {self._text[end : end + _NEAR]}")
        return self._read[block]


def named_institutions(storage: Storage) -> dict[str, Named]:
    """Return the institutions that may be companies, by what they are called in links.

    Articles that repeat another one are left out. Read file by file: the texts of one year of a
    source are held at a time.
    """
    found: dict[str, Named] = {}
    there = set(table_keys(storage, tables.MENTIONS))
    for key in table_keys(storage, tables.ARTICLES):
        mentions_key = key.replace(f"{tables.ARTICLES}/", f"{tables.MENTIONS}/", 1)
        if mentions_key in there:
            _read_file(storage, key, mentions_key, found)
    return found


def _read_file(
    storage: Storage, articles_key: str, mentions_key: str, found: dict[str, Named]
) -> None:
    rows = scan(storage, tables.ARTICLES, [articles_key], columns=_ARTICLE).to_pylist()
    mentions = scan(storage, tables.MENTIONS, [mentions_key], columns=_MENTION).to_pylist()
    by_article: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions:
        by_article.setdefault(mention["article_id"], []).append(mention)
    for row in rows:
        if row["duplicate_of"] is None:
            read_article(row, by_article.get(row["article_id"], []), found)


def read_article(
    row: Mapping[str, Any], mentions: list[dict[str, Any]], found: dict[str, Named]
) -> None:
    """Add what one article says to what was *found*."""
    article = Article(row, mentions)
    for institution, of_it in _institutions(mentions).items():
        if institution not in found:
            found[institution] = _new(institution, of_it[0])
        found[institution].read(article, of_it)


def _institutions(mentions: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions:
        if mention["kind"] == "institution" and mention["subtype"] in COMPANY_KINDS:
            institution = mention["entity_id"] or mention["name"]
            if institution:
                found.setdefault(institution, []).append(mention)
    return found


def _new(institution: str, mention: Mapping[str, Any]) -> Named:
    entity = institutions_by_id().get(institution)
    return Named(
        institution,
        mention["name"] or institution,
        mention["subtype"],
        mention["siren"],
        entity.insee if entity is not None else "",
    )


def writings_of(named: Named) -> Iterator[str]:
    """Yield the ways in which it is written, its name first."""
    yield named.name
    for written in named.writings:
        if written != named.name:
            yield written

"""The names of a watch list, found in titles and texts as papers write them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of
from alescrawl.entities.gazetteer.words import LINKS, Words, key, look
from alescrawl.watch.expression import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.watch.document import Document

_SHORT: Final = 4
_OTHER_THINGS: Final = frozenset(["person", "place"])


class WatchedNames:
    """Finds which of the *names* a document has, each where it is first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._gazetteer = Gazetteer()
        self._by_entity: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            self._add(name)

    def _add(self, name: str) -> None:
        for written in _writings(name):
            # What is written in capitals says nothing about capitals in a text.
            shown = written.lower() if written.isupper() and " " in written else written
            entity = Entity(name, written, "institution", "")
            self._gazetteer.add(Name(entity, shown, ambiguous=False))
        for entity_id in _entities(name):
            self._by_entity.setdefault(entity_id, []).append(name)

    def find(self, document: Document) -> dict[str, Span]:
        """Return the names that *document* has, and where."""
        found: dict[str, Span] = {}
        for in_title, mention in document.named if self._by_entity else ():
            for name in self._by_entity.get(mention["entity_id"] or "", ()):
                found.setdefault(name, Span(in_title, mention["start"], mention["end"]))
        for in_title, words in document.parts:
            for match in self._gazetteer.matches(words):
                span = Span(in_title, words.starts[match.first], words.ends[match.last - 1])
                names = {n.entity.id for n in match.names if _has_capital(n, words, match.first)}
                for name in names - found.keys():
                    is_person = " " not in name and _is_of_a_person(match.first, words)
                    if not (is_person or _is_of_another(name, span, document)):
                        found[name] = span
        return found


def _has_capital(name: Name, words: Words, first: int) -> bool:
    """Whether a name that its list has in capitals begins with one in the text."""
    return not name.entity.name.isupper() or words.shapes[first] != "l"


def _writings(name: str) -> Iterator[str]:
    """Yield *name*, and without its legal form where what is left can be no common word."""
    yield name
    forms = set(table("watch_words")["legal"]["forms"].split())
    words = name.split()
    kept = [w for w in words if look_of(w) not in forms] if len(words) > 1 else words
    if kept and len(kept) < len(words) and (len(kept) > 1 or _is_rare(kept[0])):
        yield " ".join(kept)


def look_of(word: str) -> str:
    """Return *word* in plain form."""
    return look(word.strip(".,()").replace(".", "") or word)[0]


def _is_rare(word: str) -> bool:
    plain = look_of(word)
    known = (lists.common_words(), lists.given_names(), _places())
    return len(plain) >= _SHORT and not any(plain in words for words in known)


@cache
def _places() -> frozenset[str]:
    return frozenset(cells[0] for cells in lists.rows("communes.tsv.gz"))


def _entities(name: str) -> set[str]:
    """Return the known institutions (one, and those before it) that *name* is one way to write."""
    found = [n.entity for n in lists.institutions().get(name) if n.entity.id and not n.ambiguous]
    names = {key(entity.name) for entity in found}
    return {entity.id for entity in found} if len(names) == 1 else set()


def _is_of_a_person(index: int, words: Words) -> bool:
    """Whether the one word at *index* follows a title or a given name."""
    if index == 0 or not words.gaps[index - 1]:
        return False
    before = words.word(index - 1)
    is_given = words.shapes[index - 1] == "T" and words.folded[index - 1] in lists.given_names()
    return is_given or before in words_of("person_words", "titles")


def _is_of_another(name: str, span: Span, document: Document) -> bool:
    """Whether the words at *span* are within a longer name, of a person, a place or another body.

    « Durand » is neither « Paul Durand » nor « Durand Immobilier »; one word that is a person's
    surname there is no company either.
    """
    single = " " not in name
    for in_title, mention in document.named:
        if in_title != span.in_title or mention["start"] > span.start or mention["end"] < span.end:
            continue
        is_longer = mention["end"] - mention["start"] > span.end - span.start
        if mention["kind"] in _OTHER_THINGS:
            return is_longer or (single and mention["kind"] == "person")
        return is_longer and mention["kind"] == "institution" and _goes_on(mention, span)
    return False


def _goes_on(mention: dict[str, Any], span: Span) -> bool:
    """Whether a longer mention has words with a capital beside those at *span*."""
    start = mention["start"]
    before, after = mention["surface"][: span.start - start], mention["surface"][span.end - start :]
    return any(_names(part) for part in (before, after))


def _names(part: str) -> bool:
    words = Words(part)
    plain = words_of("institution_words", "generic", plain=True) | LINKS | _forms()
    return any(
        shape not in {"l", "d"} and word not in plain
        for word, shape in zip(words.folded, words.shapes, strict=True)
    )


@cache
def _forms() -> frozenset[str]:
    return frozenset(table("watch_words")["legal"]["forms"].split())

"""What the tagger finds, as candidates for the conventions of the product."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, COMMA, JOINED, LINKS
from alescrawl.entities.names.companies import acts, is_plural, is_rare
from alescrawl.entities.names.doubtful import is_common_noun, is_other_thing
from alescrawl.entities.names.institution_rules import kind_of_noun
from alescrawl.entities.names.institutions import usual_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.candidates import Span
    from alescrawl.entities.gazetteer.context import Context
    from alescrawl.entities.gazetteer.words import Words

_LEAST: Final = {"PER": 0.7, "ORG": 0.9, "LOC": 0.5}
_SEATED: Final = frozenset(["public_body", "chamber", "association", "union", "school"])
_OF: Final = frozenset(["de", "du", "d"])
_SURE_OF_PLACE: Final = 0.97
_LIKELY_PLACE: Final = 0.6
_BEFORE: Final = 3
_SURE: Final = 0.9
_WEIGHT: Final = 0.6
"""The tagger counts for less than the lists and rules where they say something else."""


def unexplained(words: Words, kept: Iterable[Candidate]) -> set[int]:
    """Return the words in capitals that no candidate in *kept* holds: what the tagger is asked.

    A capital that only begins a sentence asks for nothing.
    """
    asked = {i for i, shape in enumerate(words.shapes) if shape in "TAM"}
    for candidate in kept:
        asked.difference_update(range(candidate.first, candidate.last))
    starts = words.sentences
    return asked - {i for i in starts if not _opens_name(words, i)}


def _opens_name(words: Words, index: int) -> bool:
    """Whether a name may begin with the first word of a sentence, at *index*."""
    goes_on = index + 1 < len(words) and words.shapes[index + 1] in "TAM"
    is_given = words.folded[index] in lists.given_names()
    return goes_on or words.shapes[index] != "T" or is_given or is_rare(words, index)


def tagged(
    words: Words, spans: Iterable[Span], kept: Iterable[Candidate], day: str, context: Context
) -> Iterator[Candidate]:
    """Yield the persons, institutions and places among *spans* where nothing else is *kept*.

    An unknown name is a company where the tagger takes it for a body, or the text says that it acts
    like one; a place where a preposition or the tagger leaves hardly a doubt; otherwise nothing.
    """
    kept, spans = list(kept), list(spans)
    companies = Evidence(words, spans, kept)
    taken = {i for c in kept for i in range(c.first, c.last)}
    starts = set(words.sentences)
    towns = _towns(words, kept)
    for span in spans:
        inside = range(span.first, span.last)
        if span.score < _LEAST.get(span.type, 1) or not taken.isdisjoint(inside):
            continue
        if not _is_name(words, span) or (span.first in starts and not _may_begin(words, span)):
            continue
        is_place = words.folded[span.first] in towns
        found = _candidate(words, span, day, context, companies, is_place=is_place)
        if found is not None:
            yield found


def _candidate(
    words: Words, span: Span, day: str, context: Context, companies: Evidence, *, is_place: bool
) -> Candidate | None:
    """Return what *span* names, or nothing where only a guess would make it a company."""
    score = round(_WEIGHT * span.score, 3)
    if span.type == "PER" and not is_plural(words.folded[span.first]):
        return Candidate(span.first, span.last, "person", "model", score)
    if span.type == "ORG" and _is_word_here(words, span):
        return None
    surface = words.surface(span.first, span.last)
    meant = context.commune_at(span.first, span.last)
    place = meant.entity if meant and meant.entity.local else None
    is_body = companies.speaks_for(span) or _is_alias(words, span)
    if place or is_place or (span.type == "LOC" and not is_body):
        if not (place or is_place or _is_surely_place(words, span)):
            return None
        found = Candidate(span.first, span.last, "place", "model", score, surface)
        return found.named(place.name, place) if place else found
    return _institution(words, span, day, score)


def _is_word_here(words: Words, span: Span) -> bool:
    """Whether it is called like a body and the words around it say that it is none."""
    names = lists.institutions().get(words.surface(span.first, span.last))
    if any(n.doubtful and n.entity.subtype == "party" for n in names):
        return span.first in words.sentences
    return bool(names) and is_other_thing(Match(span.first, span.last, tuple(names)), words)


def _is_alias(words: Words, span: Span) -> bool:
    """Whether a body is called like it, and no place of the lists."""
    surface = words.surface(span.first, span.last)
    names = lists.institutions().get(surface)
    return any(n.entity.kind == "institution" for n in names) and not lists.places().get(surface)


def _is_surely_place(words: Words, span: Span) -> bool:
    """Whether the tagger has hardly a doubt, or a preposition of place says the same."""
    before = words.word(span.first - 1) if span.first else ""
    is_introduced = before in words_of("place_words", "prepositions")
    return span.score > _SURE_OF_PLACE or (is_introduced and span.score > _LIKELY_PLACE)


def _institution(words: Words, span: Span, day: str, score: float) -> Candidate:
    found = Candidate(span.first, span.last, "institution", "model", score, subtype="company")
    # Ambiguous names, of which the tagger is sure, where one body alone bears it on that day.
    surface = words.surface(span.first, span.last)
    names = [n for n in lists.institutions().get(surface) if n.entity.kind == "institution"]
    valid = [n for n in names if n.entity.valid(day)]
    if len({n.entity.id for n in valid}) == 1:
        return found.named(usual_name(valid[0]), valid[0].entity)
    if any(n.entity.subtype == "party" for n in valid):  # whom nobody must be linked to
        return replace(found, subtype="party")
    return replace(found, subtype=kind_of_noun(words.folded[span.first]) or "company")


class Evidence:
    """What a text says for unknown names being companies: they act like some, or stand by some."""

    def __init__(self, words: Words, spans: Iterable[Span], kept: Iterable[Candidate]) -> None:
        self._words = words
        known = [c for c in kept if c.kind == "institution" and c.subtype != "public_body"]
        # A site that is called like the company on it stands in a row of companies as one of them.
        sites = {c.last: c.first for c in kept if c.subtype == "site"}
        self._starts = {c.first for c in known}
        self._ends = {c.last for c in known}
        self._ends.update(last for last, first in sites.items() if self._follows(first))
        self._names: set[str] = set()
        for span in spans:
            if self._acts(span) or self._is_listed(span):
                self._names.add(words.surface(span.first, span.last))

    def speaks_for(self, span: Span) -> bool:
        """Whether the text has the name of *span* somewhere with what makes it a company's."""
        return self._words.surface(span.first, span.last) in self._names

    def _acts(self, span: Span) -> bool:
        words = self._words
        if acts(words, span.last) and words.gaps[span.last - 1] == JOINED:
            return True
        before = words.folded[max(0, span.first - _BEFORE) : span.first]
        return not words_of("institution_words", "leading", plain=True).isdisjoint(before)

    def _follows(self, index: int) -> bool:
        """Whether a comma joins what begins at *index* to a company before it."""
        return index in self._ends and self._words.gaps[index - 1] == COMMA

    def _is_listed(self, span: Span) -> bool:
        """Whether a comma or « et » joins it to a company."""
        words = self._words
        before = span.first - (words.folded[span.first - 1] == "et" if span.first else 0)
        after = span.last + (span.last < len(words) and words.folded[span.last] == "et")
        is_after = before in self._ends and words.gaps[before - 1] != BREAK
        return is_after or (after in self._starts and words.gaps[span.last - 1] != BREAK)


def _towns(words: Words, kept: Iterable[Candidate]) -> frozenset[str]:
    """Return the words that the text has after « à » somewhere, or where bodies have their town.

    So « Ravalou » of « à Ravalou » or « chambre de commerce de Ravalou ».
    """
    before = (i for i in range(len(words) - 1) if words.word(i) in {"à", "À"} and words.gaps[i])
    seats = (
        c.last - 1
        for c in kept
        if c.method == "rule" and c.subtype in _SEATED and words.folded[c.last - 2] in _OF
    )
    return frozenset(words.folded[i] for i in (*(i + 1 for i in before), *seats))


def _is_name(words: Words, span: Span) -> bool:
    """Whether *span* is written like a name of its type, and is none that is no entity."""
    inside = range(span.first, span.last)
    if words.shapes[span.first] not in "TAM" or words.shapes[span.last - 1] not in "TAM":
        return False
    if not all(words.tied(i) for i in inside[:-1]):
        return False
    never = words_of("institution_words", "never", plain=True)
    if any(words.folded[i] in never for i in inside):
        return False
    if span.type != "PER" and (_is_common_noun(words, inside) or _is_heading(words, inside)):
        return False
    if span.type == "PER":
        is_given = words.folded[span.first] in lists.given_names()
        is_full = (
            len(inside) > 1 and not _has_noun(words, inside) and len(words.word(inside[-1])) > 1
        )
        return is_full and (is_given or span.score > _SURE)
    return True


def _is_common_noun(words: Words, inside: range) -> bool:
    """Whether a noun of institutions, or a word of French that goes on, stands alone."""
    content = [i for i in inside if words.folded[i] not in LINKS]
    if len(content) > 1:
        return False
    if len(inside) == 1 and _has_noun(words, inside):
        return True
    is_word = all(lists.is_common_word(words.folded[i]) for i in content)
    return is_word and is_common_noun(words, inside[-1], inside[-1] + 1)


def _is_heading(words: Words, inside: range) -> bool:
    """Whether words of French in capitals are a heading (« LE POINT SUR … »)."""
    common = lists.common_words()
    return all(
        words.shapes[i] == "A" and (words.folded[i] in common or words.folded[i] in LINKS)
        for i in inside
    )


def _has_noun(words: Words, inside: range) -> bool:
    """Whether a word of roles or institutions stands among those *inside* a span."""
    return any(words.folded[i] in _nouns() for i in inside)


@cache
def _nouns() -> frozenset[str]:
    lists_of_nouns = (("institution_words", "generic"), ("institution_words", "endings"))
    fields = (*lists_of_nouns, ("role_words", "after"))
    return frozenset().union(*(words_of(name, field, plain=True) for name, field in fields))


def _may_begin(words: Words, span: Span) -> bool:
    """Whether a sentence may begin with the name: its first word's capital says nothing there."""
    is_given = words.folded[span.first] in lists.given_names()
    return is_given or words.shapes[span.first] != "T" or span.score > _SURE

"""What the tagger finds, as candidates for the conventions of the product."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.names.companies import is_plural, is_rare
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
_SURE_OF_PLACE: Final = 0.98
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

    The lists hold every commune and country: an unknown name is a place after « à », or where the
    tagger has hardly a doubt, and otherwise a company.
    """
    kept = list(kept)
    taken = {i for c in kept for i in range(c.first, c.last)}
    starts = set(words.sentences)
    towns = _towns(words, kept)
    for span in spans:
        inside = range(span.first, span.last)
        if span.score < _LEAST.get(span.type, 1) or not taken.isdisjoint(inside):
            continue
        if not _is_name(words, span) or (span.first in starts and not _may_begin(words, span)):
            continue
        yield _candidate(words, span, day, context, is_place=words.folded[span.first] in towns)


def _candidate(
    words: Words, span: Span, day: str, context: Context, *, is_place: bool
) -> Candidate:
    score = round(_WEIGHT * span.score, 3)
    if span.type == "PER" and not is_plural(words.folded[span.first]):
        return Candidate(span.first, span.last, "person", "model", score)
    surface = words.surface(span.first, span.last)
    meant = context.commune_at(span.first, span.last)
    place = meant.entity if meant and meant.entity.local else None
    is_far = span.type == "LOC" and span.score > _SURE_OF_PLACE
    if place or is_far or is_place:
        found = Candidate(span.first, span.last, "place", "model", score, surface)
        return found.named(place.name, place) if place else found
    found = Candidate(span.first, span.last, "institution", "model", score, subtype="company")
    # Ambiguous names, of which the tagger is sure, where one body alone bears it on that day.
    names = [n for n in lists.institutions().get(surface) if n.entity.kind == "institution"]
    valid = [n for n in names if n.entity.valid(day)]
    if len({n.entity.id for n in valid}) == 1:
        return found.named(usual_name(valid[0]), valid[0].entity)
    if any(n.entity.subtype == "party" for n in valid):  # whom nobody must be linked to
        return replace(found, subtype="party")
    return replace(found, subtype=kind_of_noun(words.folded[span.first]) or "company")


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
    if len(inside) == 1 and span.type != "PER" and _has_noun(words, inside):
        return False
    if span.type == "PER":
        is_given = words.folded[span.first] in lists.given_names()
        is_full = (
            len(inside) > 1 and not _has_noun(words, inside) and len(words.word(inside[-1])) > 1
        )
        return is_full and (is_given or span.score > _SURE)
    return True


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

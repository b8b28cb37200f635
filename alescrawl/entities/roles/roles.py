"""What the sentences say that persons are, and of which body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities.roles.assignment import Given, Sentence
from alescrawl.entities.roles.nouns import Said, gender_of_person, gendered
from alescrawl.entities.roles.phrases import Phrase, phrases_in
from alescrawl.entities.roles.signatures import of_paper, signature, trade_beside
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words


def with_roles(
    words: Words, kept: Sequence[Candidate], day: str = "", *, party_links: bool = False
) -> list[Candidate]:
    """Return *kept*, in order, its persons with the roles that the text states beside them.

    A person is linked to a party or a union of workers with *party_links* only.
    """
    persons = [c for c in kept if c.kind == "person"]
    if not persons:
        return list(kept)
    given: dict[int, Given] = {}
    for sentence in _sentences(words, persons, phrases_in(words, kept, day)):
        given |= sentence.roles()
    at = {c.first: c for c in kept}
    found = []
    for candidate in kept:
        said = _said(words, at, candidate, given) if candidate.kind == "person" else None
        found.append(_with_role(candidate, said, party_links=party_links) if said else candidate)
    return found


def _sentences(
    words: Words, persons: Sequence[Candidate], phrases: Sequence[Phrase]
) -> Iterator[Sentence]:
    """Yield the sentences that have both persons and role phrases."""
    starts = words.sentences
    items: dict[int, list[Candidate | Phrase]] = defaultdict(list)
    both: list[Candidate | Phrase] = [*persons, *phrases]
    for item in both:
        items[bisect_right(starts, item.first) - 1].append(item)
    for index, of_one in items.items():
        if len(of_one) > 1:
            yield Sentence(words, sorted(of_one, key=lambda i: i.first), starts[index])


def _said(
    words: Words, at: dict[int, Candidate], person: Candidate, given: dict[int, Given]
) -> Said | None:
    own = given.get(person.first)
    return (
        of_paper(words, at, person)
        or (_of_phrase(words, person, own) if own else None)
        or signature(words, person)
        or trade_beside(words, person)
    )


def _of_phrase(words: Words, person: Candidate, given: Given) -> Said:
    """Return a role as it is said of one person, also where the text has it in the plural."""
    phrase = given.phrase
    tenure = given.tenure or ("past" if _has_left(words, person) else "")
    body = phrase.affiliation if given.affiliation is None else given.affiliation
    if not phrase.number:
        return Said(phrase.role, body, phrase.is_private, phrase.plain_role, tenure)
    gender = gender_of_person(words, person.first, person.name)
    noun = gendered(phrase.noun, gender)
    return Said(noun, body, phrase.is_private, noun, tenure)


_LEFT: Final = re.compile(
    r"(?:,[^,;.]{1,60},)? (?:vient de |(?:a|avait) )(?:ensuite |alors |deja )?"
    r"(?:pass\w+ (?:la main|le relais|le flambeau)|demissionn\w+|tir\w+ sa reverence"
    r"|(?:ced|laiss)\w+ (?:sa|la|son) (?:place|fauteuil|siege)"
    r"|quitt\w+ (?:son poste|ses fonctions|la (?:mairie|presidence|direction))"
    r"|(?:pris|prendre) sa retraite|fait valoir ses droits a la retraite)"
)
"""What somebody does who is in office no more; before it perhaps an apposition."""
_REACH: Final = 140


def _has_left(words: Words, person: Candidate) -> bool:
    stop = words.ends[person.last - 1]
    return _LEFT.match(fold(words.text[stop : stop + _REACH])) is not None


def _with_role(person: Candidate, said: Said, *, party_links: bool) -> Candidate:
    if said.is_private and not party_links:
        return replace(person, role=said.plain_role, tenure=said.tenure)
    return replace(person, role=said.role, affiliation=said.affiliation, tenure=said.tenure)

"""What the sentences say that persons are, and of which body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alescrawl.entities.gazetteer.words import BREAK
from alescrawl.entities.roles.after import of_paper, role_after, signature
from alescrawl.entities.roles.before import roles_before, trade_before
from alescrawl.entities.roles.nouns import Said, singular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words


def with_roles(
    words: Words, kept: Sequence[Candidate], *, party_links: bool = False
) -> list[Candidate]:
    """Return *kept*, in order, its persons with the roles that the text states beside them.

    A person is linked to a party or a union of workers with *party_links* only.
    """
    at = {c.first: c for c in kept}
    before = roles_before(words, at, kept)
    found = []
    for candidate in kept:
        said = _said(words, at, candidate, before) if candidate.kind == "person" else None
        found.append(_with_role(candidate, said, party_links=party_links) if said else candidate)
    return _shared(words, found)


def _with_role(person: Candidate, said: Said, *, party_links: bool) -> Candidate:
    if said.is_private and not party_links:
        return replace(person, role=said.plain_role)
    return replace(person, role=said.role, affiliation=said.affiliation)


def _shared(words: Words, found: list[Candidate]) -> list[Candidate]:
    """Return *found* with roles in the plural given, in the singular, to all they are said of."""
    for i in range(len(found) - 1, -1, -1):
        one = singular(found[i].role)
        if not one:
            continue
        found[i] = replace(found[i], role=one)
        previous = found[i - 1] if i else None
        if previous and previous.kind == "person" and not previous.role:
            is_joined = words.folded[previous.last : found[i].first] in (["et"], [])
            if is_joined and words.gaps[previous.last - 1] != BREAK:
                found[i - 1] = replace(
                    previous, role=f"{found[i].role}s", affiliation=found[i].affiliation
                )
    return found


def _said(
    words: Words, at: dict[int, Candidate], person: Candidate, before: dict[int, Said]
) -> Said | None:
    return (
        of_paper(words, at, person)
        or before.get(person.first)
        or role_after(words, at, person)
        or signature(words, person)
        or trade_before(words, person.first)
    )

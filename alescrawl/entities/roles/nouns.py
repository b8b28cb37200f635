"""The nouns of roles, their gender and number, and what a sentence says with them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.words import Words
    from alescrawl.entities.roles.phrases import Phrase

_FEMININE: Final = (
    *(("teur", "trice"), ("eur", "euse"), ("eur", "eure"), ("ien", "ienne"), ("er", "ère")),
    *(("if", "ive"), ("", "e")),
)


class Said(NamedTuple):
    """A role, and the usual name of the body it belongs to."""

    role: str
    affiliation: str = ""
    is_private: bool = False
    plain_role: str = ""


def said_in(phrase: Phrase, singular: str = "") -> Said:
    """Return what *phrase* says; *singular* is its noun where the phrase has the plural."""
    plain = singular or phrase.plain_role
    return Said(singular or phrase.role, phrase.affiliation, phrase.is_private, plain)


@cache
def role_nouns() -> Gazetteer:
    """Return the nouns of roles, the plural of each leading to its singular."""
    gazetteer = Gazetteer()
    for noun in table("role_words")["nouns"].replace("\n", " ").split(";"):
        entity = Entity(noun.strip(), noun.strip(), "role", "")
        gazetteer.add(Name(entity, entity.name.lower(), ambiguous=False))
        plural = f"{entity.name.lower()}s"
        gazetteer.add(Name(Entity(plural, entity.name, "role", "plural"), plural, ambiguous=False))
    for written, noun in table("role_words")["said_by_verbs"].items():
        gazetteer.add(Name(Entity(written, noun, "role", "verb"), written, ambiguous=False))
    return gazetteer


def gendered(noun: str, given: str) -> str:
    """Return the role *noun* in the feminine where a woman bears the name *given*."""
    if given not in lists.feminine_given_names():
        return noun
    first, _, rest = noun.partition(" ")
    for ending, feminine in _FEMININE:
        form = first.removesuffix(ending) + feminine
        if first.endswith(ending) and role_nouns().get(form):
            return f"{form} {rest}".strip()
    return noun


def singular(role: str) -> str:
    """Return *role* in the singular where its noun is in the plural, else nothing."""
    first, _, rest = role.partition(" ")
    names = role_nouns().get(first)
    if not any(n.entity.subtype == "plural" for n in names):
        return ""
    return f"{names[0].entity.name} {rest}".strip()


def is_trade(words: Words, index: int) -> bool:
    """Whether the word at *index* ends like the name of a trade."""
    folded = words.folded[index]
    return (
        words.shapes[index] == "l"
        and folded.endswith(tuple(words_of("role_words", "trades", plain=True)))
        and folded not in words_of("role_words", "not_trades", plain=True)
    )

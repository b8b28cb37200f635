"""The nouns of roles, their gender and number, and what a sentence says with them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words

Gender = Literal["m", "f", ""]
Tenure = Literal["past", "future", ""]

_FEMININE: Final = (
    *(("teur", "trice"), ("eur", "euse"), ("eur", "eure"), ("ien", "ienne"), ("er", "ère")),
    *(("if", "ive"), ("", "e"), ("", "ne"), ("", "sse")),
)
_FEMININE_ENDINGS: Final = (
    "trice",
    "euse",
    "eure",
    "ienne",
    "ère",
    "ive",
    "ée",
    "ne",
    "te",
    "ue",
    "ffe",
)
_EPICENE_ENDINGS: Final = ("iste", "tecte", "aire", "graphe", "logue", "crate", "ble", "able")


class Said(NamedTuple):
    """A role, the usual name of the body it belongs to, and whether it is over or to come."""

    role: str
    affiliation: str = ""
    is_private: bool = False
    plain_role: str = ""
    tenure: Tenure = ""


@cache
def role_nouns() -> Gazetteer:
    """Return the nouns of roles, the plural of each leading to its singular."""
    gazetteer = Gazetteer()
    for noun in table("role_words")["nouns"].replace("\n", " ").split(";"):
        entity = Entity(noun.strip(), noun.strip(), "role", "")
        gazetteer.add(Name(entity, entity.name.lower(), ambiguous=False))
        plural = _plural(entity.name.lower())
        gazetteer.add(Name(Entity(plural, entity.name, "role", "plural"), plural, ambiguous=False))
    for kind in ("said_by_verbs", "said_by_active_verbs"):
        for written, noun in table("role_words")[kind].items():
            gazetteer.add(Name(Entity(written, noun, "role", kind), written, ambiguous=False))
    return gazetteer


def _plural(noun: str) -> str:
    """Return *noun* in the plural: of « directeur général » as « directeurs généraux »."""
    adjectives = words_of("role_words", "after")
    first, _, rest = noun.partition(" ")
    words = rest.split(" ") if rest else []
    while words and words[0] in adjectives:
        adjective = words.pop(0)
        first += f" {adjective[:-1]}ux" if adjective.endswith("al") else f" {adjective}s"
    head = first if " " in first else f"{first}s"
    if " " in first:
        lead, _, agreed = first.partition(" ")
        head = f"{lead}s {agreed}"
    return " ".join([head, *words])


def is_written(words: Words, match: Match) -> bool:
    """Whether the accents of the noun *match* are those of the role: « retraites » is none."""
    name = match.names[0]
    if words.shapes[match.first] == "A":
        return True
    written = words.word(match.first).lower()
    noun = re.split(r"[ -]", name.written)[0]
    return all(letter not in noun or letter in written for letter in "éè")


def gender_of_noun(words: Words, first: int, noun: str) -> Gender:
    """Return the gender of the role *noun*, whose first word is *first*, by its article or form."""
    article = words.folded[first - 1] if first else ""
    if article in {"la", "une", "sa", "ma", "cette"}:
        return "f"
    head = noun.partition(" ")[0]
    if article in {"le", "un", "du", "au", "ce"} and head not in words_of("role_words", "of_both"):
        return "m"
    return gender_of_form(head)


def gender_of_form(head: str) -> Gender:
    """Return the gender that the form of a role noun has, or nothing."""
    if head in words_of("role_words", "of_both") or head.endswith(_EPICENE_ENDINGS):
        return ""
    if _feminine(head):
        return "m"
    return "f" if head.endswith(_FEMININE_ENDINGS) else ""


def _feminine(noun: str) -> str:
    """Return the feminine of a role *noun* that the list has, or nothing."""
    first, _, rest = noun.partition(" ")
    for ending, feminine in _FEMININE:
        form = first.removesuffix(ending) + feminine
        if form != first and first.endswith(ending) and role_nouns().get(form):
            return f"{form} {_agreed(rest)}".strip()
    return ""


def _agreed(rest: str) -> str:
    word, _, more = rest.partition(" ")
    agreed = f"{word}e" if f"{word}e" in words_of("role_words", "after") else word
    return f"{agreed} {more}".strip()


def gendered(noun: str, gender: Gender) -> str:
    """Return the role *noun* in the feminine for a woman, where the list has it."""
    return (_feminine(noun) or noun) if gender == "f" else noun


def gender_of_person(words: Words, first: int, name: str) -> Gender:
    """Return the gender that a title before a person, or the given name, tells; or nothing."""
    title = words.word(first - 1) if first and words.gaps[first - 1] else ""
    if title in {"Mme", "Mmes", "Mlle", "Madame"}:
        return "f"
    if title in {"M", "MM", "Monsieur"}:
        return "m"
    return _gender_of_name(name)


@cache
def _gender_of_name(name: str) -> Gender:
    from alescrawl.entities.gazetteer.words import Words  # noqa: PLC0415 - once a name

    given = Words(name).folded[0]
    if given in words_of("role_words", "epicene") or given not in lists.given_names():
        return ""
    return "f" if given in lists.feminine_given_names() else "m"


def is_trade(words: Words, index: int) -> bool:
    """Whether the word at *index* ends like the name of a trade."""
    folded = words.folded[index]
    return (
        words.shapes[index] == "l"
        and folded.endswith(tuple(words_of("role_words", "trades", plain=True)))
        and folded not in words_of("role_words", "not_trades", plain=True)
    )

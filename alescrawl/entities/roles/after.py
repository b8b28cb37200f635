"""Roles said after a name (« …, présidente de la CCI »), and signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, JOINED
from alescrawl.entities.roles.nouns import Said, is_trade, role_nouns, said_in
from alescrawl.entities.roles.phrases import Phrase, phrase_at

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_CREDIT: Final = re.compile(r"(?:©|[Pp]hotos?|PHOTOS?|[Cc]rédits?|\bPh\.)[^.;\n]{0,45}$")
_BY: Final = re.compile(r"(?:^|\s)Par\s$|(?:^|\n)[Dd]e\s$")
_LOOK_BACK: Final = 60
_MOST_SKIPPED: Final = 4
_LEADS: Final = frozenset(
    ["le", "la", "l", "les", "un", "une", "et", "a", "ete", "aussi", "egalement", "qui"]
)


def of_paper(words: Words, at: dict[int, Candidate], person: Candidate) -> Said | None:
    """Return the role of a journalist, whose paper follows the name (« …, du Courrier »)."""
    link = person.last
    paper = at.get(link + 1)
    if not paper or paper.subtype != "media" or words.gaps[link - 1] == BREAK:
        return None
    is_of = words.folded[link] in {"de", "d", "du", "a", "au"}
    return Said("journaliste", paper.name) if is_of else None


def role_after(words: Words, at: dict[int, Candidate], person: Candidate) -> Said | None:
    """Return the role said after *person* (« …, présidente de la CCI »)."""
    index = _after_remarks(words, person.last)
    if index >= len(words):
        return None
    skipped = 0
    while index < len(words) and skipped < _MOST_SKIPPED and _leads_to_role(words, index):
        index, skipped = index + 1, skipped + 1
    phrase = _phrase_from(words, index, at)
    if phrase:
        return said_in(phrase)
    is_last = index < len(words) and is_trade(words, index) and words.gaps[index] == BREAK
    return Said(words.word(index)) if is_last else None


def _after_remarks(words: Words, index: int) -> int:
    """Return the index of the word that an apposition begins with, past an age or a bracket."""
    if index >= len(words):
        return index
    gap = words.gap(index - 1)
    if "(" in gap:
        last = min(index + _MOST_SKIPPED, len(words))
        closing = next((i for i in range(index, last) if ")" in words.gap(i)), None)
        if closing is None or "," not in words.gap(closing):
            return index
        return closing + 1
    if words.folded[index].isdigit() and words.folded[index + 1 : index + 2] == ["ans"]:
        return index + 2
    is_said_on = gap.strip() in {",", "-", "–", ":", ", «"}
    is_being = words.folded[index] in words_of("role_words", "being", plain=True) or (
        words.folded[index : index + 2] == ["a", "ete"]
    )
    return index if is_said_on or (is_being and gap == " ") else len(words)


def _leads_to_role(words: Words, index: int) -> bool:
    folded = words.folded[index]
    return words.gaps[index] == JOINED and (
        folded in _LEADS
        or folded in words_of("role_words", "being", plain=True)
        or folded in words_of("role_words", "possessives", plain=True)
    )


def _phrase_from(words: Words, index: int, at: dict[int, Candidate]) -> Phrase | None:
    """Return the role phrase whose first word, perhaps a modifier, is at *index*."""
    start = index
    modifiers = words_of("role_words", "before", plain=True)
    while index < len(words) and words.folded[index] in modifiers and words.gaps[index] == JOINED:
        if role_nouns().at(words, index):
            break
        index += 1
    match = role_nouns().at(words, index) if index < len(words) else None
    if not match or match.first - start > _MOST_SKIPPED:
        return None
    return phrase_at(words, match, at, [])


def signature(words: Words, person: Candidate) -> Said | None:
    """Return the role of who signs a text or a photograph."""
    start = words.starts[person.first]
    before = words.text[max(0, start - _LOOK_BACK) : start]
    if _CREDIT.search(before):
        return Said("photographe")
    if _BY.search(before):
        return Said("journaliste")
    return None

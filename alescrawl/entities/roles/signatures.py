"""Roles that no phrase says: who signs, whose paper follows the name, trades beside a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.words import BREAK, COMMA, JOINED
from alescrawl.entities.roles.nouns import Said, is_trade

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_CREDIT: Final = re.compile(
    r"(?:©|(?:^|[\n(/.|»…]\s?)"
    r"(?:[Pp]hotos?|PHOTOS?|[Cc]rédits?(?: photos?)?|Ph\.|Texte et photos?))"
    r"(?:\s?[:©/–-]|\s(?:d'archives|[Aa]rchives|par|de))*\s?"
    r"(?:[A-Z][\w.']*(?:\s[A-Z][\w.']*)?\s?[/,–-]\s?)?$"
)
_BY: Final = re.compile(r"(?:^|\s)Par\s$|(?:^|\n)[Dd]e\s$")
_LOOK_BACK: Final = 60


def of_paper(words: Words, at: dict[int, Candidate], person: Candidate) -> Said | None:
    """Return the role of a journalist, whose paper follows the name (« …, du Courrier »)."""
    link = person.last
    paper = at.get(link + 1)
    if not paper or paper.subtype != "media" or words.gaps[link - 1] == BREAK:
        return None
    is_of = words.folded[link] in {"de", "d", "du", "a", "au"}
    return Said("journaliste", paper.name) if is_of else None


def signature(words: Words, person: Candidate) -> Said | None:
    """Return the role of who signs a text or a photograph; not of whom a photograph shows."""
    start = words.starts[person.first]
    before = words.text[max(0, start - _LOOK_BACK) : start]
    if _CREDIT.search(before):
        return Said("photographe")
    if _BY.search(before):
        return Said("journaliste")
    return None


def trade_beside(words: Words, person: Candidate) -> Said | None:
    """Return the trade, of which there are more than listed, before a name or after it.

    « le soudeur Jean Ravalou »; « Jean Ravalou, soudeur ».
    """
    at = person.first - 1
    if at > 0 and words.gaps[at] == JOINED == words.gaps[at - 1]:
        has_article = words.folded[at - 1] in {"le", "la", "l"}
        return Said(words.word(at)) if has_article and is_trade(words, at) else None
    at = person.last
    if at >= len(words) or words.gaps[at - 1] != COMMA:
        return None
    at += words.folded[at] in {"le", "la", "l", "un", "une"} and words.gaps[at] == JOINED
    ends = at < len(words) and words.gaps[at] != JOINED
    return Said(words.word(at)) if ends and is_trade(words, at) else None

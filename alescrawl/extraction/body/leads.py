"""Finds on the page, in full, the lead that its metadata give, which is often cut short."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.extraction.body.block_text import function_words
from alescrawl.items import Paragraph
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LEAD_CUT: Final = "lead_cut"
"""The problem of an article whose lead ends with « … » because the page cut it off."""
LEAST_COMMON: Final = 20
"""So many letters and digits must agree before one text is taken for the start of another."""
LONGEST_LEAD: Final = 900
"""Characters above which a text is no lead."""


def index_of_lead(lead: str, shown: Sequence[str]) -> int | None:
    """Return the index of the first of the *shown* texts that begins as *lead* does.

    A lead cut in a word or at an ellipsis is found too; typography does not count.

    >>> index_of_lead("Le pont rouvre lundi, c", ["Pont", "Le pont rouvre lundi, cinq mois après."])
    1
    """
    start = letters(lead[:LONGEST_LEAD])
    if len(start) < LEAST_COMMON:
        return None
    return next((i for i, text in enumerate(shown) if letters(text).startswith(start)), None)


def letters(text: str) -> str:
    """Return the letters and digits of *text*, so that typography does not tell texts apart."""
    return "".join(filter(str.isalnum, text)).casefold()


SHORTEST_CUT: Final = 60
"""Characters of a first paragraph that may have been cut at a limit of length."""
LONGEST_CUT: Final = 400
_ELLIPSIS: Final = re.compile(r"\s*[\[(]?\s*(?:…|\.\.\.)\s*[\])]?$")
_LAST_WORD: Final = re.compile(r"[^\W_]+$")
_WORD: Final = re.compile(r"[^\W_]+")
_LAST: Final = frozenset(
    ("été", "être", "plus", "pas", "elle", "nous", "vous", "il", "est", "sont", "ont", "sur")
)
"""Function words that may end a sentence."""
_JOINTS: Final = " ,;:-–—«('’"


class Mended(NamedTuple):
    """Paragraphs and lead of which the first was made whole, and whether it stays cut."""

    paragraphs: list[Paragraph]
    lead: str | None
    is_cut: bool = False


def mend_lead(
    paragraphs: list[Paragraph],
    lead: str | None,
    others: Sequence[str],
    elsewhere: Callable[[str], Iterable[str]] = lambda _: (),
    *,
    is_french: bool = True,
) -> Mended:
    """Complete a *lead*, or first paragraph, that a system cut off in a word.

    *others* are further places in which the page may have it whole; *elsewhere* finds what
    else begins as the text that it is given, at a cost. Where none has it whole, the lead ends
    with its last whole word and « … ».
    """
    first = paragraphs[0].text if paragraphs else ""
    printed = lead or first
    if not SHORTEST_CUT <= len(printed) <= LONGEST_CUT or not _may_be_cut(printed):
        return Mended(paragraphs, lead)
    rest = [p for p in paragraphs if p.text != printed]
    whole = whole_of(printed, [*(p.text for p in rest), *others])
    whole = whole or whole_of(printed, list(elsewhere(printed)))
    if whole is not None:
        return _replaced(paragraphs, lead, printed, whole)
    text = " ".join(p.text for p in rest)
    if not is_cut_in_word(printed, text, is_french=is_french):
        return Mended(paragraphs, lead)
    shorter = f"{_without_last_word(printed)}…"
    return _replaced(paragraphs, lead, printed, shorter)._replace(is_cut=True)


def whole_of(cut: str, others: Sequence[str]) -> str | None:
    """Return the first of *others* that goes on in the word, or after the « … », where *cut* ends.

    >>> whole_of("Le pont rouvre lundi, c", ["Le pont rouvre lundi, cinq mois après."])
    'Le pont rouvre lundi, cinq mois après.'
    """
    start = letters(cut)
    if len(start) < LEAST_COMMON:
        return None
    may_be_between_words = _ELLIPSIS.search(cut) is not None or is_cut_in_word(cut, "")
    for other in others:
        size = len(other)
        if size > LONGEST_LEAD or not letters(other).startswith(start) or _may_be_cut(other):
            continue
        following = _after(other, len(start))
        if following[:1].isalnum() or (may_be_between_words and any(map(str.isalnum, following))):
            return other
    return None


def _after(text: str, count: int) -> str:
    """Return what follows the first *count* letters and digits of *text*."""
    for place, character in enumerate(text):
        if count == 0:
            return text[place:]
        count -= character.isalnum()
    return ""


def is_cut_in_word(lead: str, text: str, *, is_french: bool = True) -> bool:
    """Tell whether *lead* ends within a word, or with one that must be followed by another.

    The beginning of a word is told by the words of the *text* that follows, and by those of
    French where *is_french*.
    """
    bare = _ELLIPSIS.sub("", lead)
    last = _LAST_WORD.search(bare)
    if last is None:
        return False
    word = last[0]
    if len(word) == 1 and word not in "ày0123456789":
        return True
    if _ELLIPSIS.search(lead) is None and word in _unfinished():
        return True
    if _is_word(word, text):
        return False
    before = bare[: last.start()].split()
    return (
        _begins_a_word(word, text, is_french=is_french)
        if word.islower()
        else _begins_a_name(before, word, text)
    )


def _begins_a_name(before: list[str], word: str, text: str) -> bool:
    """Tell « Max Roust » by « M. Roustan » in the *text*; « Gard » is no part of « Gardois »."""
    named = "|".join((*map(re.escape, before[-1:]), r"M\.", "Mme"))
    return re.search(rf"(?<!\w)(?:{named}) {re.escape(word)}\w", text) is not None


def _is_word(word: str, text: str) -> bool:
    return word in set(_WORD.findall(text)) or fold(word) in _common_words()


def _begins_a_word(word: str, text: str, *, is_french: bool) -> bool:
    """Tell « chanti »: *text*, or the language, has a word that goes on from there."""
    if len(word) == 1 or word.isdigit():
        return False
    if any(known.startswith(word) for known in _WORD.findall(text)):
        return True
    return is_french and _is_beginning(fold(word))


def _is_beginning(plain: str) -> bool:
    """Tell whether a common word goes on from *plain*: the next one in order does, if any."""
    listed = _sorted_words()
    place = bisect_right(listed, plain)
    return place < len(listed) and listed[place].startswith(plain)


@cache
def _sorted_words() -> list[str]:
    return sorted(_common_words())


@cache
def _common_words() -> frozenset[str]:
    """Return the words of French that are often written, without accents."""
    path = files("alescrawl") / "data" / "common_words.tsv.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split()[1:])


@cache
def _unfinished() -> frozenset[str]:
    """Return the words after which a sentence goes on."""
    return frozenset(function_words("fr")) - _LAST


def _may_be_cut(text: str) -> bool:
    return bool(text) and (text[-1].isalnum() or _ELLIPSIS.search(text) is not None)


def _without_last_word(lead: str) -> str:
    bare = _ELLIPSIS.sub("", lead)
    last = _LAST_WORD.search(bare)
    if last is not None and last[0] not in function_words("fr") - set("cdjlns"):
        bare = bare[: last.start()]
    return bare.rstrip(_JOINTS)


def _replaced(paragraphs: list[Paragraph], lead: str | None, printed: str, better: str) -> Mended:
    """Return *paragraphs* with *better* once, in the place of *printed*."""
    rest = [p for p in paragraphs if p.text != better]
    kept = [Paragraph(p.kind, better) if p.text == printed else p for p in rest]
    if len(rest) == len(paragraphs) or any(p.text == printed for p in paragraphs):
        return Mended(kept, better if lead else None)
    return Mended(paragraphs, better if lead else None)

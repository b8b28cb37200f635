"""The persons that a byline names, each once: twins in spelling, initials and glued names apart."""

from __future__ import annotations

from typing import Final

from alescrawl.extraction.byline.names import is_given_name
from alescrawl.text.folding import fold

_WORDS_OF_TWO: Final = 4
"""Words of two persons glued together, each with a given name and a surname."""


def distinct_persons(names: list[str]) -> list[str]:
    """Return *names* with each person once, in the order in which they come first.

    >>> distinct_persons(["L. Andrieux", "Luc Andrieux", "Luc Andrieux Jeanne Taulelle"])
    ['Luc Andrieux', 'Jeanne Taulelle']
    """
    persons: list[str] = []
    for name in [person for each in names for person in _apart(each, names)]:
        twin = next((n for n, known in enumerate(persons) if _are_one(known, name)), None)
        if twin is None:
            persons.append(name)
        else:
            persons[twin] = _fuller(persons[twin], name)
    return persons


def _apart(name: str, names: list[str]) -> list[str]:
    """Return the persons in *name*: two where it is two others, or two full names, in one."""
    words = name.split()
    others = {other for other in names if other != name}
    for at in range(1, len(words)):
        if {" ".join(words[:at]), " ".join(words[at:])} <= others:
            return [" ".join(words[:at]), " ".join(words[at:])]
    given = [is_given_name(word) for word in words]
    if len(words) == _WORDS_OF_TWO and given == [True, False, True, False]:
        return [" ".join(words[:2]), " ".join(words[2:])]
    return [name]


def _are_one(name: str, other: str) -> bool:
    mine, theirs = _words(name), _words(other)
    if sorted(mine) == sorted(theirs):
        return True
    shorter, longer = sorted((mine, theirs), key=lambda words: (len(words), sum(map(len, words))))
    if len(shorter) == 1:
        return len(longer) > 1 and shorter[0] == longer[-1]
    return _begins_so(shorter, longer)


def _begins_so(shorter: list[str], longer: list[str]) -> bool:
    """Tell whether one is the other with initials: « L. Andrieux », « Luc Andrieux »."""
    if len(shorter) != len(longer) or shorter[-1] != longer[-1]:
        return False
    pairs = list(zip(shorter[:-1], longer[:-1], strict=True))
    return all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in pairs)


def _words(name: str) -> list[str]:
    return [word.strip(".") for word in fold(name).replace("-", " ").split()]


def _fuller(name: str, other: str) -> str:
    """Return the better spelling: the longer one, in natural order, with its accents."""
    if sorted(_words(name)) != sorted(_words(other)):
        return max(name, other, key=len)
    natural = next((each for each in (name, other) if is_given_name(each.split()[0])), name)
    accented = {fold(word): word for word in (*name.split(), *other.split()) if not word.isascii()}
    return " ".join(accented.get(fold(word), word) for word in natural.split())

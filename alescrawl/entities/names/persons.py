"""Persons: given name and surname, surname after a title, either alone once both were named."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import JOINED, look

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from alescrawl.entities.gazetteer.words import Words

MOST_WORDS: Final = 6
_PARTICLES: Final = frozenset(
    [
        "de",
        "d",
        "du",
        "la",
        "von",
        "van",
        "di",
        "da",
        "del",
        "della",
        "dos",
        "ben",
        "bin",
        "el",
        "al",
    ]
)
_CAPITAL: Final = frozenset("TAM")


def find_persons(words: Words, known: Container[int]) -> Iterator[Candidate]:
    """Yield the full names that *words* hold, and what follows a title.

    *known* are the indexes of words that begin the name of a place or an institution: no given name
    stands there, and no particle leads there (« le PDG France de Nestlé »).
    """
    index = 0
    while index < len(words):
        if words.shapes[index] not in _CAPITAL:
            index += 1
            continue
        end = run_end(words, index, known)
        yield from _persons_in(words, index, end, known)
        index = end


def run_end(words: Words, index: int, known: Container[int]) -> int:
    """Return where the run of capitalised words, with particles within, that starts here ends."""
    end = index + 1
    while end < len(words) and words.tied(end - 1):
        if words.shapes[end] in _CAPITAL:
            end += 1
        elif words.folded[end] in _PARTICLES and (after := _after_particles(words, end)):
            if after - 1 in known:
                break
            end = after
        else:
            break
    return end


def _after_particles(words: Words, index: int) -> int:
    """Return the index after the particles and the capitalised word they lead to, or 0."""
    for end in range(index, min(index + 2, len(words) - 1)):
        if not words.tied(end) or words.folded[end] not in _PARTICLES:
            return 0
        if words.folded[end] == "la" and words.folded[end - 1] != "de":  # « à Paris la Ligue »
            return 0
        if words.shapes[end + 1] in _CAPITAL:
            return end + 2
    return 0


def _persons_in(words: Words, first: int, end: int, known: Container[int]) -> Iterator[Candidate]:
    """Yield the persons in the run of capitalised words from *first* to before *end*."""
    initials = _initials_in(words, first, end)
    if initials:
        yield Candidate(first, initials, "person", "rule", _AMBIGUOUS)
    title = _title_in(words, first, end)
    if title is not None:
        yield from _titled(words, title + 1, end)
        end = title
    for index in range(first, end):
        sureness = _given_sureness(words, index)
        if not sureness or index in known or (index > first and words.folded[index - 1] == "saint"):
            continue
        last = min(end, index + MOST_WORDS)
        if _is_written_as_a_body(words, index, last):
            return
        if last - index > 1 and _is_surname(words, index, last):
            yield Candidate(index, last, "person", "rule", sureness)
            return
        if last - index == 1 and index == first and sureness > _AMBIGUOUS:
            yield from _alone(words, index)


def _is_written_as_a_body(words: Words, first: int, last: int) -> bool:
    """Whether hyphens join given name and surname, as in names of schools: « Rosa-Parks »."""
    if last - first < 2 or any(words.gap(i) != "-" for i in range(first, last - 1)):  # noqa: PLR2004
        return False
    given = lists.given_names()
    return not all(words.folded[i] in given for i in range(first, last))


def _initials_in(words: Words, first: int, end: int) -> int:
    """Return the word after « J.-P. Ravalou », initials and a surname that is no word, or 0."""
    at = first
    before = words.folded[first - 1] if first and words.gaps[first - 1] == JOINED else ""
    if words.word(first) in _titles() or (before and before not in _BEFORE_NAMES):
        return 0  # « M. Ravalou »; « la vitamine C. Puis »
    while at < end - 1 and len(words.word(at)) == 1 and words.gap(at).startswith("."):
        at += 1
    is_surname = at > first and words.shapes[at] == "T" and len(words.folded[at]) > 2  # noqa: PLR2004
    return at + 1 if is_surname and not lists.is_common_word(words.folded[at]) else 0


_BEFORE_NAMES: Final = frozenset(
    ["et", "ou", "de", "d", "par", "avec", "selon", "pour", "chez", "a", "que", "dont", "contre"]
)


def _title_in(words: Words, first: int, end: int) -> int | None:
    """Return where the title of a person stands, before or within a run of capitalised words."""
    for index in range(max(0, first - 1), end - 1):
        is_title = words.word(index) in _titles() and words.gaps[index]
        # « La Lettre M. Le président … » begins a sentence; « M. Le Goff » goes on.
        if is_title and (index + 2 < end or not _is_never_given(words, index + 1)):
            return index
    return None


def _is_never_given(words: Words, index: int) -> bool:
    return words.folded[index] in words_of("person_words", "never_given", plain=True)


def _titled(words: Words, first: int, end: int) -> Iterator[Candidate]:
    """Yield the person after a title, and after one of several those of its list."""
    last = min(end, first + MOST_WORDS)
    yield Candidate(first, last, "person", "rule", _TITLED)
    is_list = words.word(first - 1) in _PLURAL_TITLES
    while is_list and last < len(words) and words.gaps[last - 1]:
        is_end = words.folded[last] == "et"
        first = last + is_end
        if first >= len(words) or words.shapes[first] not in _CAPITAL:
            return
        last = min(run_end(words, first, frozenset()), first + MOST_WORDS)
        yield Candidate(first, last, "person", "rule", _TITLED)
        is_list = not is_end


_TITLED: Final = 0.95
_PLURAL_TITLES: Final = frozenset({"MM", "Mmes", "Mlles", "Mes", "Messieurs", "Mesdames"})
_AMBIGUOUS: Final = 0.6


def _given_sureness(words: Words, index: int) -> float:
    """Return how sure it is that a given name stands at *index*, 0 where none does."""
    folded = words.folded[index]
    ambiguous = lists.given_names().get(folded)
    if ambiguous is None or _is_never_given(words, index):
        return 0.0
    return _AMBIGUOUS if ambiguous else 0.85


def _is_surname(words: Words, index: int, last: int) -> bool:
    """Whether what follows the given name at *index* may be a surname."""
    following = words.folded[index + 1]
    if words.word(index + 1) in words_of("person_words", "never_surnames"):
        return False
    return len(following) > 1 or last - index > 2  # noqa: PLR2004 - « Jean B. »


def _alone(words: Words, index: int) -> Iterator[Candidate]:
    """Yield the given name at *index*, which stands alone, where a person is likely."""
    before = words.folded[index - 1] if index and words.gaps[index - 1] else ""
    if before in words_of("person_words", "not_before_given", plain=True):
        return
    if words.shapes[index] == "T" and words.folded[index] in lists.frequent_given_names():
        yield Candidate(index, index + 1, "person", "rule", 0.4)


@cache
def _titles() -> frozenset[str]:
    return words_of("person_words", "titles")


def surname_start(words: Words, first: int, last: int) -> int:
    """Return where the surname of a full name begins: after all its given names."""
    given = lists.given_names()
    start = first
    while start < last - 1 and (words.folded[start] in given or len(words.folded[start]) == 1):
        start += 1
    return max(start, first + 1)


def named_persons(words: Words, persons: Iterable[Candidate]) -> list[Candidate]:
    """Return *persons* with their names: in full where the text has the full name elsewhere."""
    full: dict[tuple[str, ...], set[str]] = {}
    for person in persons:
        surname = tuple(words.folded[surname_start(words, person.first, person.last) : person.last])
        if surname and person.last - person.first > len(surname):
            full.setdefault(surname, set()).add(normal_name(words, person.first, person.last))
    named = [replace(p, name=_full_name(words, p, full)) for p in persons]
    return [_with_shared_surname(words, *pair) for pair in zip_longest(named, named[1:])]


def _with_shared_surname(words: Words, person: Candidate, following: Candidate | None) -> Candidate:
    """Return *person* with the surname said once for two (« Jean et Anne Ravalou »)."""
    given = lists.given_names()
    if not following or words.folded[person.last : following.first] != ["et"]:
        return person
    inside = range(person.first, person.last)
    is_compound = all(words.gap(i) == "-" for i in inside[:-1])
    if not (is_compound and all(words.folded[i] in given for i in inside)):
        return person
    start = surname_start(words, following.first, following.last)
    if start >= following.last:
        return person
    return replace(person, name=f"{person.name} {normal_name(words, start, following.last)}")


def _full_name(words: Words, person: Candidate, full: dict[tuple[str, ...], set[str]]) -> str:
    """Return the name of *person* in full, where one person alone of the text may be meant."""
    alone = tuple(words.folded[person.first : person.last])
    is_initial = len(alone) > 1 and len(alone[0]) == 1
    known = full.get(alone[1:] if is_initial else alone, set())
    known = {name for name in known if _may_be_called(words, person.first, name)}
    return next(iter(known)) if len(known) == 1 else normal_name(words, person.first, person.last)


def _may_be_called(words: Words, first: int, name: str) -> bool:
    """Whether the title before a surname leaves it to who is called *name*: « Mme » to no man."""
    title = words.word(first - 1) if first and words.gaps[first - 1] else ""
    given = words_of("person_words", "women") | words_of("person_words", "men")
    if title not in given:
        return True
    is_woman = title in words_of("person_words", "women")
    known = lists.given_names()
    plain = look(re.split(r"[ -]", name)[0])[0]
    return plain not in known or (plain in lists.feminine_given_names()) == is_woman


def normal_name(words: Words, first: int, last: int) -> str:
    """Return a person's name in the case that names have: of « Éric GIRAUD », « Éric Giraud »."""
    pieces = []
    for index in range(first, last):
        word = words.word(index)
        is_shouted = words.shapes[index] == "A"
        pieces.append(word.capitalize() if is_shouted else word)
        if index < last - 1:
            pieces.append(_joint(words.gap(index)))
    return "".join(pieces)


def _joint(gap: str) -> str:
    plain = gap.strip().replace("’", "'")
    return plain if plain in {"-", "'", ".-"} else f"{plain} "


def surnames_alone(words: Words, persons: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield where the surname of one of *persons* stands alone."""
    known: dict[str, list[tuple[str, ...]]] = {}
    for person in persons:
        start = surname_start(words, person.first, person.last)
        surname = tuple(words.folded[start : person.last])
        if surname and len(surname[0]) > 2:  # noqa: PLR2004 - « Le », an initial
            known.setdefault(surname[0], []).append(surname)
    for index, folded in enumerate(words.folded):
        if words.shapes[index] in _CAPITAL:
            for surname in known.get(folded, ()):
                last = index + len(surname)
                if tuple(words.folded[index:last]) == surname:
                    yield Candidate(index, last, "person", "rule", 0.8)
                    break

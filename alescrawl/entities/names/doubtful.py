"""Whether a body is meant by a name that is also a word, a person's or a place's: « Orange »."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, COMMA, JOINED
from alescrawl.entities.names.companies import acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.gazetteer import Name
    from alescrawl.entities.gazetteer.words import Words

_BARE: Final = frozenset(["company", "party", "media"])
_NEAR: Final = 3
_APPOSITION: Final = 4
_LINKS: Final = frozenset(["de", "d", "du", "des", "l", "la", "le", "les"])
_AUXILIARIES: Final = frozenset(["a", "ont", "avait", "va", "vont", "vient", "doit", "compte"])
_PARTICIPLES: Final = ("e", "i", "u", "is", "it", "ert", "er", "ir", "re", "oir")
_NOT_DONE: Final = frozenset(["ete", "beaucoup", "de", "le", "toujours", "une"])


def is_meant(name: Name, match: Match, words: Words, *, is_other: bool) -> bool:
    """Whether *name*, which may mean something else, means its body at *match*.

    *is_other* says that it would not be its body's if it were not a body's own name.

    What speaks for the body counts before what speaks for another thing. Where neither does, a name
    within a sentence is believed, because French writes its common words without a capital there;
    one that begins a sentence is not, where it is one of French, a given name or a place.
    """
    if is_spoken_for(name, match, words) or (
        not _has_determiner(match, words)
        and words.folded[match.first] not in lists.frequent_given_names()
        and _acts(match, words)
    ):
        return True
    if is_other or is_other_thing(match, words) or _is_described(words, match):
        return False
    if words.folded[match.first] in words_of("doubtful_names", "named_beings", plain=True):
        return False
    if name.entity.subtype == "media" and _is_of_the_world(words, match):
        return False
    return not (_begins(words, match.first) and _is_also_other(words, match))


def is_spoken_for(name: Name, match: Match, words: Words) -> bool:
    """Whether the words around *name* say what body it is."""
    if _is_led(match, words) or _is_apposed(match, words):
        return True
    return name.entity.subtype == "media" and _is_quoted(match, words)


def without_namesakes(
    words: Words, found: Sequence[Candidate], surnames: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Yield what of *found* is no company called like a person of the text, where one is meant.

    *surnames* are the surnames that stand alone: « Bastide » after « Jeanne Bastide », unless the
    words around it say that it is the firm.
    """
    taken = {(c.first, c.last) for c in surnames}
    for c in found:
        is_firm = c.kind == "institution" and c.subtype == "company" and c.method == "gazetteer"
        match = Match(c.first, c.last, ())
        if not (is_firm and (c.first, c.last) in taken) or (
            _is_led(match, words) or _is_apposed(match, words)
        ):
            yield c


def _is_led(match: Match, words: Words) -> bool:
    """Whether a noun for a firm, a paper or a party leads to the name (« le PDG d'Orange »)."""
    at = match.first - 1
    for _ in range(_NEAR):
        if at < 0 or not words.gaps[at]:
            return False
        if words.folded[at] in _nouns():
            return words.gap(at) in {" ", "-", "'", "’"} or words.folded[at + 1] in _LINKS
        if words.folded[at] not in _LINKS:
            return False
        at -= 1
    return False


def _is_apposed(match: Match, words: Words) -> bool:
    """Whether it is said behind the name what it is (« Casino, le distributeur, … »)."""
    last = match.last
    if last >= len(words) or words.gaps[last - 1] != COMMA:
        return False
    for at in range(last, min(last + _APPOSITION, len(words))):
        if words.shapes[at] != "l":
            return False
        if words.folded[at] in _nouns():
            return True
        if not words.gaps[at] or words.gaps[at] == COMMA:
            return False
    return False


def _is_quoted(match: Match, words: Words) -> bool:
    first = match.first - (bool(match.first) and words.folded[match.first - 1] in _LINKS)
    before = words.folded[first - 1] if first and words.gaps[first - 1] else ""
    if before in words_of("doubtful_names", "quoting", plain=True):
        return not _goes_on(match, words) and not is_common_noun(words, first, match.last)
    last = match.last
    return last < len(words) and words.folded[last] in words_of(
        "doubtful_names", "telling", plain=True
    )


def _acts(match: Match, words: Words) -> bool:
    """Whether a verb of what companies do follows the name, or a perfect of any verb."""
    last = match.last
    if last >= len(words) or words.gaps[last - 1] == BREAK or words.shapes[last] != "l":
        return False
    if acts(words, last) or (
        words.gaps[last - 1] == JOINED and words.folded[last] in _weak_verbs()
    ):
        return True
    if last + 1 >= len(words) or words.gaps[last] != JOINED:
        return False
    if words.folded[last] not in _AUXILIARIES:
        return _does_something(match, words)
    done = words.folded[last + 1]
    return words.shapes[last + 1] == "l" and done.endswith(_PARTICIPLES) and done not in _NOT_DONE


def _does_something(match: Match, words: Words) -> bool:
    """Whether a word and a determiner follow, as a verb and its object do, and no being acts."""
    verb, following = words.folded[match.last], words.folded[match.last + 1]
    if words.folded[match.first] in words_of("doubtful_names", "named_beings", plain=True):
        return False
    if words.folded[match.first] in lists.given_names() or words.gaps[match.last - 1] != JOINED:
        return False
    is_verb = verb.endswith(("e", "t", "ent")) and verb not in words_of(
        "doubtful_names", "no_verbs", plain=True
    )
    return is_verb and following in {"le", "la", "les", "l", "un", "une", "des", "ses", "son", "sa"}


def is_other_thing(match: Match, words: Words) -> bool:
    """Whether the words around the name say that it is no body's."""
    if not match.first or not words.gaps[match.first - 1]:
        return _is_being(match, words)
    if _has_determiner(match, words) or _is_being(match, words):
        return True
    if words.word(match.first - 1) in words_of("doubtful_names", "to_places"):
        return True
    return _is_of(match.first, words, "sites") or is_of_town(match.first, words)


def _is_being(match: Match, words: Words) -> bool:
    """Whether it is said behind the name that a god, a star or a person bears it."""
    beings = words_of("doubtful_names", "beings", plain=True)
    after = words.folded[match.last : match.last + 2]
    return not beings.isdisjoint(after) and words.gaps[match.last - 1] == COMMA


def is_of_town(first: int, words: Words) -> bool:
    """Whether what only towns have leads to the word *first* (« le maire d'Orange »)."""
    before = words.folded[first - 1] if first and words.gaps[first - 1] else ""
    return before in _LINKS and _is_of(first, words, "of_towns")


def _is_of(first: int, words: Words, field: str) -> bool:
    at = first - 1
    while at > 0 and words.folded[at] in _LINKS and words.gaps[at - 1]:
        at -= 1
    return words.folded[at] in words_of("doubtful_names", field, plain=True)


def _has_determiner(match: Match, words: Words) -> bool:
    """Whether a determiner stands before a name that has none of its own."""
    at = match.first - 1
    if at < 0 or not words.gaps[at] or words.shapes[at] == "A":
        return False
    before = words.folded[at]
    if not any(_is_bare(name) for name in match.names):
        return False
    return before in words_of("doubtful_names", "determiners", plain=True)


def _is_bare(name: Name) -> bool:
    """Whether a body's name never has an article before it, as those of firms have none."""
    own, _, _ = name.written.replace("'", " ").lower().partition(" ")
    if name.written.isupper():  # « le PS », « la BNP »
        return False
    return name.entity.subtype in _BARE and own not in {"le", "la", "les", "l"}


def is_common_noun(words: Words, first: int, last: int) -> bool:
    """Whether a name that is a word of French is one here: « le Monde paysan »."""
    if first > 1 and words.folded[first - 2] in {"sous", "sur", "devant"}:
        return True
    if last >= len(words) or words.gaps[last - 1] != JOINED:
        return False
    following = words.folded[last]
    if words.shapes[first] == "A" and words.shapes[last] == "A":
        return True
    if following in {"de", "des", "d", "sur", "pour"}:
        return True
    return words.shapes[last] == "l" and following.endswith(_ADJECTIVES)


def _is_described(words: Words, match: Match) -> bool:
    """Whether a participle in the plural follows a name in the plural (« Horizons perdus »)."""
    last = match.last
    if last >= len(words) or words.gaps[last - 1] != JOINED or words.shapes[last] != "l":
        return False
    is_plural = words.folded[match.first].endswith("s")
    return is_plural and words.folded[last].endswith(("us", "ues", "es", "is", "ies", "ains"))


_ADJECTIVES: Final = (
    *("ole", "an", "anne", "ien", "ienne", "ique", "al", "ale", "el", "elle", "aire", "eux"),
    *("euse", "if", "ive", "ois", "oise", "ain", "aine", "ible", "able", "ee", "iere", "ier"),
)


def _goes_on(match: Match, words: Words) -> bool:
    last = match.last
    if last >= len(words) or words.gaps[last - 1] != JOINED:
        return False
    return words.folded[last] in {"de", "des", "d", "du"}


def _begins(words: Words, index: int) -> bool:
    return not index or words.gaps[index - 1] == BREAK


def _is_of_the_world(words: Words, match: Match) -> bool:
    """Whether what follows is said of the world, a country or a crowd (« Le Monde est petit »)."""
    states = words_of("doubtful_names", "states", plain=True)
    return match.last < len(words) and words.folded[match.last] in states


def _is_also_other(words: Words, match: Match) -> bool:
    """Whether a name is made of words of French, or its one word is a person's or a place's."""
    inside = words.folded[match.first : match.last]
    if len(inside) > 1:
        return all(lists.is_common_word(folded) or folded in _LINKS for folded in inside)
    folded = inside[0]
    return (
        folded in words_of("doubtful_names", "homographs", plain=True)
        or lists.is_common_word(folded)
        or folded in lists.given_names()
        or bool(lists.places().get(words.word(match.first)))
    )


@cache
def _weak_verbs() -> frozenset[str]:
    more = words_of("doubtful_names", "doing", plain=True)
    return more | words_of("institution_words", "weak_verbs", plain=True)


@cache
def _nouns() -> frozenset[str]:
    return words_of("doubtful_names", "nouns", plain=True)

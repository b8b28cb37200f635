"""A role with what belongs to it: « ancienne directrice du développement de la CCI »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import JOINED, key
from alescrawl.entities.names.institution_rules import NO_STOPS, official_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words

_LINKS: Final = frozenset(["de", "du", "des", "d", "la", "le", "les", "l"])
_PLACING: Final = frozenset(["a", "au", "aux", "chez", "en", "pour", "dans"])
_ADJECTIVES: Final = ("ique", "iques", "al", "ale", "aux", "elle", "el", "aire", "if", "ive", "ifs")
_MOST_NOUNS: Final = 3
_NONE: Final = -1


class Phrase(NamedTuple):
    """A role, the body it belongs to, and the word after both."""

    role: str
    affiliation: str
    end: int
    is_private: bool = False
    """Whether the body is a party or a union of workers: what a person believes."""
    plain_role: str = ""
    """The role without the name of a union in it (« délégué CGT »)."""


def phrase_at(
    words: Words, match: Match, at: dict[int, Candidate], bodies: Sequence[Candidate]
) -> Phrase:
    """Return the phrase whose noun is *match*.

    *at* are the names of the text by their first word; *bodies* the institutions among them, to
    which a common noun may refer (« le président du syndicat »).
    """
    first = _with_modifiers(words, match.first)
    reader = _Reader(words, at, match)
    reader.read()
    body = reader.body or (_last_body(bodies, match.first) if reader.refers else None)
    role, plain = (words.surface(first, e) for e in (reader.role_end, reader.plain_end))
    return Phrase(
        _in_lower_case(role),
        body.name if body else reader.affiliation,
        reader.end,
        bool(body and is_private(body)),
        _in_lower_case(plain),
    )


def is_private(body: Candidate) -> bool:
    """Whether belonging to *body* is personal data of a special kind (GDPR, article 9)."""
    if body.subtype == "party":
        return True
    workers = words_of("role_words", "workers_unions", plain=True)
    return body.subtype == "union" and not workers.isdisjoint(key(body.name).split(" "))


def _with_modifiers(words: Words, first: int) -> int:
    """Return the index of the first word of a role whose noun is at *first*."""
    modifiers = words_of("role_words", "before", plain=True)
    fleeting = words_of("role_words", "fleeting", plain=True)
    start = first
    while start and words.gaps[start - 1] == JOINED and words.folded[start - 1] in modifiers:
        start -= 1
    while start < first and words.folded[start] in fleeting:
        start += 1
    return start


def _in_lower_case(role: str) -> str:
    """Return *role* without the capital that begins a sentence."""
    return role if role[1:2].isupper() else role[:1].lower() + role[1:]


def _last_body(bodies: Sequence[Candidate], before: int) -> Candidate | None:
    low, high = 0, len(bodies)
    while low < high:
        middle = (low + high) // 2
        if bodies[middle].first < before:
            low = middle + 1
        else:
            high = middle
    return bodies[low - 1] if low else None


def _internal_bodies() -> frozenset[str]:
    """Return the acronyms of what is no institution of its own (« secrétaire du CSE »)."""
    return words_of("role_words", "internal", plain=True)


def _paired() -> frozenset[str]:
    """Return the roles that go with another of the same body (« PDG et fondatrice »)."""
    return words_of("role_words", "paired", plain=True)


class _Reader:
    """Reads on from a role's noun, word by word, to the end of what belongs to it."""

    def __init__(self, words: Words, at: dict[int, Candidate], match: Match) -> None:
        self.words = words
        self.at = at
        self.role_end = self.end = match.last
        self.noun = words.folded[match.first]
        self.written = words.surface(match.first, match.last).lower()
        self.body: Candidate | None = None
        self.affiliation = ""
        self.refers = False
        self.nouns = 0

    @property
    def plain_end(self) -> int:
        """Return where the role ends before the name of the body in it, if one is."""
        is_inside = self.body and self.body.first < self.role_end
        return self.body.first if self.body and is_inside else self.role_end

    def read(self) -> None:
        """Go on while something belongs to the role."""
        position = self.end
        while position != _NONE and position < len(self.words):
            if self.words.gaps[position - 1] != JOINED:
                position = self._past_bracket(position)
                if position == _NONE:
                    break
            position = self._step(position)

    def _past_bracket(self, position: int) -> int:
        """Return the word after a short bracket (« maire (PS) de »), or that there is none."""
        if "(" not in self.words.gap(position - 1):
            return _NONE
        for at in range(position, min(position + 3, len(self.words) - 1)):
            if self.words.gap(at).strip() == ")":
                return at + 1
        return _NONE

    def _step(self, position: int) -> int:
        """Take what stands at *position*; return where to go on, or that nothing does."""
        named = self.at.get(position)
        if named:
            return self._name(named, position)
        word = self.words.folded[position]
        if (
            word in words_of("role_words", "after", plain=True)
            or self._agrees(position)
            or self._specifies(position)
        ):
            self.role_end = self.end = position + 1
            return position + 1
        if self.refers and self._qualifies_body(position):
            self.end = position + 1
            return position + 1
        if word == "et" and self.words.folded[position + 1] in _paired():
            self.role_end = self.end = position + 2
            return position + 2
        if word in _LINKS or word in _PLACING:
            return self._linked(position)
        return _NONE

    def _specifies(self, position: int) -> bool:
        """Whether a noun without a link says of what (« responsable qualité »)."""
        words = self.words
        if position != self.role_end or words.shapes[position] != "l":
            return False
        if self.noun not in words_of("role_words", "specified", plain=True):
            return False
        if words.folded[position] in _LINKS | _PLACING:
            return False
        is_last = words.gaps[position] != JOINED and ":" not in words.gap(position)
        return is_last or words.folded[position + 1] in _LINKS | _PLACING or position + 1 in self.at

    def _qualifies_body(self, position: int) -> bool:
        """Whether the body meant goes on, or is qualified by the last word before a comma."""
        if self.words.folded[position] in words_of("role_words", "bodies", plain=True):
            return True
        is_last = self.words.gaps[position] != JOINED and position == self.end
        return is_last and self.words.shapes[position] == "l"

    def _agrees(self, position: int) -> bool:
        """Whether an adjective of the noun before it stands at *position*."""
        if not self.nouns or self.words.shapes[position] != "l":
            return False
        word, before = self.words.folded[position], self.words.folded[position - 1]
        return word.endswith(_ADJECTIVES) or (word[-1] == before[-1] == "s" and len(word) > 4)  # noqa: PLR2004

    def _name(self, named: Candidate, position: int) -> int:
        """Take a name that follows the role without a link."""
        is_colour = named.subtype == "party" and named.last < len(self.words)
        if is_colour and self.words.folded[named.last] in _LINKS:
            return named.last  # « maire PS de Ravalou »
        if named.kind == "institution":
            self._belongs(named)
            if named.subtype == "union" and self.noun in words_of(
                "role_words", "of_union", plain=True
            ):
                self.role_end = named.last
        elif named.kind == "place" and self.words.shapes[position] != "l" and not self.nouns:
            self.role_end = self.end = named.last
            return named.last
        return _NONE

    def _belongs(self, named: Candidate) -> None:
        self.body, self.end = named, named.last

    def _linked(self, position: int) -> int:
        """Take what a link at *position* leads to."""
        target = position
        while target < len(self.words) - 1 and self.words.gaps[target] == JOINED:
            if target in self.at or self.words.folded[target] not in _LINKS | _PLACING:
                break
            target += 1
        named = self.at.get(target)
        if self.words.folded[target] in {"un", "une"}:
            return _NONE
        if named:
            return self._linked_name(named, self.words.folded[position])
        return self._linked_noun(target, self.words.folded[position])

    def _linked_name(self, named: Candidate, link: str) -> int:
        if named.kind == "institution":
            self._belongs(named)
        elif named.kind == "place" and link not in {"en", "dans"}:
            self._linked_place(named)
        return _NONE

    def _linked_place(self, named: Candidate) -> None:
        self.end = named.last
        if self.noun in words_of("role_words", "mayors", plain=True) or "maire" in self.written:
            vowel = named.name[:1] in "AEIOUYÉÈÊÎÂH"
            self.affiliation = f"Ville d'{named.name}" if vowel else f"Ville de {named.name}"
        elif self.written in words_of("role_words", "of_place"):
            self.role_end = named.last
            if self.written in words_of("role_words", "state"):
                self.affiliation = "État"

    def _linked_noun(self, target: int, link: str) -> int:
        word = self.words.folded[target]
        if self.noun == "ministre" and not self.nouns:
            self.role_end = self.end = official_end(self.words, self.end, NO_STOPS) or self.end
            return _NONE
        is_noun = self.words.shapes[target] == "l" or word in _internal_bodies()
        if word == "meme":  # « du groupe du même nom »
            return _NONE
        if not is_noun or link in _PLACING or self.nouns >= _MOST_NOUNS:
            return _NONE
        if word in words_of("role_words", "bodies", plain=True):
            self.refers, self.end = True, target + 1
            return target + 1
        self.nouns += 1
        self.role_end = self.end = target + 1
        return target + 1

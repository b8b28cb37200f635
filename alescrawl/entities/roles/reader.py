"""What belongs to a role behind its noun: « directrice » … « du développement de la CCI »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import BREAK, JOINED
from alescrawl.entities.names.institution_rules import NO_STOPS, official_end
from alescrawl.entities.roles.nouns import gender_of_form

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.gazetteer import Match
    from alescrawl.entities.gazetteer.words import Words

_SINCE: Final = re.compile(
    r" (?:(?:depuis|en|le|fin|début)(?: |(?=\d)))+(?:\d{1,2} )?"
    r"(?:(?:janvier|février|mars|avril|mai|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre)(?: \d{4})?|\d{4})(?![\w-])"
)
_REACH: Final = 50
_LINKS: Final = frozenset(["de", "du", "des", "d", "la", "le", "les", "l"])
_PLACING: Final = frozenset(["a", "au", "aux", "chez", "en", "pour", "dans"])
_ADJECTIVES: Final = ("ique", "iques", "al", "ale", "aux", "elle", "el", "aire", "if", "ive", "ifs")
_MOST_NOUNS: Final = 3
_NONE: Final = -1


def _internal_bodies() -> frozenset[str]:
    """Return the acronyms of what is no institution of its own (« secrétaire du CSE »)."""
    return words_of("role_words", "internal", plain=True)


def _paired() -> frozenset[str]:
    """Return the roles that go with another of the same body (« PDG et fondatrice »)."""
    return words_of("role_words", "paired", plain=True)


class Reader:
    """Reads on from a role's noun, word by word, to the end of what belongs to it."""

    def __init__(self, words: Words, at: dict[int, Candidate], match: Match) -> None:
        self.words = words
        self.at = at
        self.role_start = match.first
        self.role_end = self.end = match.last
        self.noun = words.folded[match.first]
        self.written = words.surface(match.first, match.last).lower()
        self.body: Candidate | None = None
        self.affiliation = ""
        self.refers = ""
        """The common noun by which it names a body that the text has named."""
        self.is_plural = match.names[0].entity.subtype == "plural"
        self.bodies: list[str] = []
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
        if self.is_plural:
            self._read_more_bodies()
        self._read_date()

    def _read_date(self) -> None:
        """Take in since when somebody holds the office (« maire de Vauvert depuis 2014 »)."""
        if self.end >= len(self.words):
            return
        words = self.words
        stop = words.ends[self.end - 1]
        found = _SINCE.match(words.text[stop : stop + _REACH])
        while found and self.end < len(words) and words.ends[self.end] <= stop + found.end():
            self.end += 1

    def _read_more_bodies(self) -> None:
        """Take the further bodies of a role in the plural: « d'Alès et d'Uzès »."""
        first = self.body.name if self.body else self.affiliation
        while first:
            if not self.bodies:
                self.bodies.append(first)
            named = self._next_of_list()
            if named is None:
                break
            self.body, self.affiliation = None, ""
            self._linked_name(named, "de")
            self.bodies.append(self.body.name if self.body else self.affiliation)

    def _next_of_list(self) -> Candidate | None:
        """Return the name after « et de » or a comma and « de », where the list goes on."""
        words, at = self.words, self.end
        if at >= len(words) - 1 or words.gaps[at - 1] == BREAK:
            return None
        at += words.folded[at] == "et"
        if at == self.end and words.gaps[at - 1] == JOINED:
            return None
        link = at
        while at < len(words) - 1 and words.folded[at] in _LINKS and words.gaps[at] == JOINED:
            at += 1
        named = self.at.get(at) if at > link else None
        return named if named and named.kind in {"institution", "place"} else None

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
        if self._pairs(position):
            self.role_end = self.end = position + 2
            return position + 2
        if word in _LINKS or word in _PLACING:
            return self._linked(position)
        return _NONE

    def _pairs(self, position: int) -> bool:
        """Whether « et » at *position* leads to another role of the same person and body."""
        other = position + 1
        if self.words.folded[position] != "et" or other >= len(self.words):
            return False
        genders = {gender_of_form(self.words.word(i)) for i in (self.role_start, other)} - {""}
        return self.words.folded[other] in _paired() and len(genders) < 2  # noqa: PLR2004 - of one

    def _specifies(self, position: int) -> bool:
        """Whether a noun without a link says of what (« responsable qualité »)."""
        words = self.words
        if position != self.role_end or words.shapes[position] != "l":
            return False
        is_specified = self.noun in words_of("role_words", "specified", plain=True)
        return is_specified and words.folded[position] in words_of(
            "role_words", "specialities", plain=True
        )

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
            if target in self.at or not self._leads_on(target):
                break
            target += 1
        named = self.at.get(target)
        if self.words.folded[target] in {"un", "une"}:
            return _NONE
        if named:
            return self._linked_name(named, self.words.folded[position])
        return self._linked_noun(target, self.words.folded[position])

    def _leads_on(self, index: int) -> bool:
        """Whether a link, or a legal form before a firm's name, stands at *index*."""
        word = self.words.folded[index]
        forms = words_of("institution_words", "legal_forms", plain=True)
        return word in _LINKS | _PLACING or (word in forms and index + 1 in self.at)

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

    def _is_charge(self, target: int, link: str) -> bool:
        """Whether the noun at *target* says what somebody is there for (« adjoint aux sports »)."""
        is_charged = self.noun in words_of("role_words", "charged", plain=True)
        return is_charged and link in {"a", "aux", "au"} and self.words.shapes[target] == "l"

    def _past_unknown(self, target: int) -> None:
        """Go past a body that nothing knows: what follows it is said of its office all the same."""
        if self.words.folded[target] in _internal_bodies():
            return
        end = target + 1
        while end < len(self.words) and self.words.gap(end - 1) in {" ", "-", "'", "’"}:
            if self.words.shapes[end] not in "TAMd" or end in self.at:
                break
            end += 1
        self.end = end

    def _linked_noun(self, target: int, link: str) -> int:
        word = self.words.folded[target]
        if self.noun == "ministre" and not self.nouns:
            self.role_end = self.end = official_end(self.words, self.end, NO_STOPS) or self.end
            return _NONE
        if self._is_charge(target, link):
            self.role_end = self.end = target + 1
            return target + 1
        if self.words.shapes[target] in "TAM" and link not in _PLACING:
            self._past_unknown(target)
        is_noun = self.words.shapes[target] == "l" or word in _internal_bodies()
        if word in {"meme", "apres", "avant"}:  # « du groupe du même nom », « de l'après-guerre »
            return _NONE
        if not is_noun or link in _PLACING or self.nouns >= _MOST_NOUNS:
            return _NONE
        if word in words_of("role_words", "bodies", plain=True):
            self.refers, self.end = word, target + 1
            return target + 1
        self.nouns += 1
        self.refers = ""  # it says itself of which: « la chambre de métiers »
        self.role_end = self.end = target + 1
        return target + 1

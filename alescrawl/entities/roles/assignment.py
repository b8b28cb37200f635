"""Which role is whose: all roles and persons of a sentence decided together, each role once.

Of two persons beside a role an apposition to the right of a name wins over what stands before
the next, genders agree, and a list keeps its rhythm (name, role, name, role; or role, name, …).
A role that could as well be another's is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.roles.appositions import (
    NONE,
    Evidence,
    between,
    is_list,
    is_respective,
    joins_roles,
    role_after,
    role_before,
)
from alescrawl.entities.roles.nouns import gender_of_person
from alescrawl.entities.roles.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words
    from alescrawl.entities.roles.nouns import Gender, Tenure

_LEFT, _RIGHT, _NOBODY = range(3)
_RHYTHM: Final = 0.6
"""What it counts that a role stands on the same side of its name as the one before it."""
_LEADS: Final = 0.3
"""What it counts that a list begins with a name, or with a role."""
_NAMELESS: Final = 0.5
"""What it costs that a name is given two roles, and another none."""
_MISMATCH: Final = 1.5
"""What it costs that a woman would bear a role in the masculine."""
_LEAST: Final = 0.6
_MARGIN: Final = 0.4
"""By how much the best reading must beat the best one that gives a role to another person."""
_NEVER: Final = -9.0
_MOST_OF_A_LIST: Final = 8


class Given(NamedTuple):
    """A role that a person is given."""

    phrase: Phrase
    tenure: Tenure = ""
    affiliation: str | None = None
    """The body, where it is another than that of the phrase."""


@dataclass(slots=True)
class _Node:
    """A role phrase with the persons beside it."""

    phrase: Phrase
    left: list[Candidate] = field(default_factory=list)
    """Whom it would be said of as an apposition: one, or several of a role in the plural."""
    right: list[Candidate] = field(default_factory=list)
    after: Evidence = NONE
    before: Evidence = NONE
    joined: bool = False
    """Whether it goes with the role before it (« maire et président »)."""
    follows: bool = False
    """Whether it is in one list with the role before it."""
    scores: tuple[float, float, float] = (_NEVER, _NEVER, 0.0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The persons and the role phrases of a sentence in the order in which it has them."""

    words: Words
    items: Sequence[Candidate | Phrase]
    first: int

    def roles(self) -> dict[int, Given]:
        """Return the role of each person that has one, by the person's first word."""
        found = self._respective()
        nodes = list(self._nodes(found))
        for node, choice in zip(nodes, _best(nodes), strict=True):
            self._give(node, choice, found)
        return found

    def _respective(self) -> dict[int, Given]:
        """Return the roles of « Jean X et Anne Y, respectivement maire et adjointe »."""
        found: dict[int, Given] = {}
        for index, item in enumerate(self.items):
            if not isinstance(item, Phrase) and index + 1 < len(self.items):
                persons, phrases = self._persons_back(index), self._phrases_on(index + 1)
                if len(persons) == len(phrases) > 1 and self._is_respective(
                    index, persons, phrases
                ):
                    last = phrases[-1].affiliation
                    for person, phrase in zip(persons, phrases, strict=True):
                        shared = phrase.affiliation or last
                        found[person.first] = Given(phrase, phrase.tenure, shared)
        return found

    def _is_respective(
        self, index: int, persons: Sequence[Candidate], phrases: Sequence[Phrase]
    ) -> bool:
        text = self._between(index)
        if is_respective(text):
            return True
        shared = text == ", " and not any(p.affiliation for p in phrases[:-1])
        genders = [
            (_gender(self.words, person), phrase.gender)
            for person, phrase in zip(persons, phrases, strict=True)
        ]
        agree = all(not a or not b or a == b for a, b in genders)
        return shared and agree and not any(p.number for p in phrases)

    def _nodes(self, taken: dict[int, Given]) -> Iterator[_Node]:
        before: Phrase | None = None
        used = {id(given.phrase) for given in taken.values()}
        for index, item in enumerate(self.items):
            if isinstance(item, Phrase) and id(item) not in used:
                node = _Node(item)
                self._look_left(node, index)
                self._look_right(node, index)
                text = between(self.words, before.end, item.first) if before else ""
                node.joined = bool(before) and joins_roles(text) and not self._determiner(item)
                node.follows = self._goes_on(before, item)
                node.scores = self._scores(node)
                yield node
                before = item

    def _goes_on(self, before: Phrase | None, phrase: Phrase) -> bool:
        """Whether no more than names stand between two roles."""
        if before is None:
            return False
        inside = [
            i
            for i in self.items
            if not isinstance(i, Phrase) and before.end <= i.first < phrase.first
        ]
        lengths = sum(i.last - i.first for i in inside)
        return phrase.first - before.end - lengths <= 4  # noqa: PLR2004 - « et le », « ainsi que »

    def _look_left(self, node: _Node, index: int) -> None:
        if not index or isinstance(self.items[index - 1], Phrase):
            return
        node.after = role_after(self._between(index - 1), node.phrase)
        persons = self._persons_back(index - 1)
        if node.phrase.number == "plural":
            node.left = persons if len(persons) > 1 else []
        else:
            node.left = persons[-1:]

    def _look_right(self, node: _Node, index: int) -> None:
        if index + 1 == len(self.items) or isinstance(self.items[index + 1], Phrase):
            return
        text = self._between(index)
        opens = self._opens(node.phrase.first)
        if not self._is_of_another(node.phrase):
            node.before = role_before(text, node.phrase, self._determiner(node.phrase), opens=opens)
        persons = self._persons_on(index + 1)
        if node.phrase.number == "plural":
            node.right = persons if len(persons) > 1 else []
        else:
            node.right = persons[:1]

    def _opens(self, first: int) -> bool:
        """Whether the sentence begins with the role at *first* (« Élue maire de …, Jeanne X »)."""
        opening = words_of("role_words", "opening", plain=True)
        at = self.first + (self.words.folded[self.first] in opening)
        return at == first

    def _determiner(self, phrase: Phrase) -> str:
        at = phrase.first - 1
        return self.words.folded[at] if at >= self.first and self.words.gaps[at] else ""

    def _is_of_another(self, phrase: Phrase) -> bool:
        """Whether the role says whose brother, driver or rival is meant, and not who it is."""
        at = phrase.first - 1
        if at > self.first and self.words.folded[at] in {"la", "l"}:
            at -= 1
        if at <= self.first or self.words.folded[at] not in {"du", "de", "d", "des"}:
            return False
        others = words_of("role_words", "others", plain=True)
        noun = self.words.folded[at - 1]
        return noun in others or noun.removesuffix("s") in others

    def _between(self, index: int) -> str:
        """Return the text between the item at *index* and the next one."""
        return between(self.words, _end(self.items[index]), self.items[index + 1].first)

    def _persons_back(self, index: int) -> list[Candidate]:
        """Return the persons of the list that ends at *index*, in order."""
        found: list[Candidate] = []
        for at in range(index, max(-1, index - _MOST_OF_A_LIST), -1):
            item = self.items[at]
            if isinstance(item, Phrase) or (found and not is_list(self._between(at))):
                break
            found.insert(0, item)
        return found

    def _persons_on(self, index: int) -> list[Candidate]:
        found: list[Candidate] = []
        for at in range(index, min(len(self.items), index + _MOST_OF_A_LIST)):
            item = self.items[at]
            if isinstance(item, Phrase) or (found and not is_list(self._between(at - 1))):
                break
            found.append(item)
        return found

    def _phrases_on(self, index: int) -> list[Phrase]:
        found: list[Phrase] = []
        for at in range(index, min(len(self.items), index + _MOST_OF_A_LIST)):
            item = self.items[at]
            if not isinstance(item, Phrase) or (
                found and self._between(at - 1) not in {" et ", ", "}
            ):
                break
            found.append(item)
        return found

    def _scores(self, node: _Node) -> tuple[float, float, float]:
        left = node.after.weight + _LEADS * self._begins_with_name() if node.left else 0
        right = node.before.weight + _LEADS * (not self._begins_with_name()) if node.right else 0
        return (
            self._agreed(node, node.left, left if node.after.weight else 0),
            self._agreed(node, node.right, right if node.before.weight else 0),
            0.0,
        )

    def _begins_with_name(self) -> bool:
        return not isinstance(self.items[0], Phrase)

    def _agreed(self, node: _Node, persons: list[Candidate], weight: float) -> float:
        """Return *weight* less what a gender that does not agree takes away."""
        if not weight:
            return _NEVER
        for person in persons:
            genders = node.phrase.gender, _gender(self.words, person)
            if genders == ("f", "m"):
                return _NEVER
            if genders == ("m", "f"):
                weight -= _MISMATCH
        return weight

    def _give(self, node: _Node, choice: int, found: dict[int, Given]) -> None:
        if choice == _NOBODY:
            return
        persons = node.left if choice == _LEFT else node.right
        evidence = node.after if choice == _LEFT else node.before
        tenure = evidence.tenure or node.phrase.tenure
        several = len(persons) > 1
        bodies = node.phrase.bodies
        for index, person in enumerate(persons):
            body = None
            if several and len(bodies) > 1:
                body = bodies[index] if len(bodies) == len(persons) else ""
            found.setdefault(person.first, Given(node.phrase, tenure, body))


def _end(item: Candidate | Phrase) -> int:
    return item.end if isinstance(item, Phrase) else item.last


def _gender(words: Words, person: Candidate) -> Gender:
    return gender_of_person(words, person.first, person.name)


def _best(nodes: Sequence[_Node]) -> list[int]:
    """Return for each role the side of its person, or that it is nobody's, decided together."""
    if not nodes:
        return []
    forward = [list(nodes[0].scores)]
    for last, node in pairwise(nodes):
        forward.append(
            [
                own + max(forward[-1][side] + _step(last, side, node, choice) for side in range(3))
                for choice, own in enumerate(node.scores)
            ]
        )
    backward = [[0.0] * 3]
    for node, following in zip(reversed(nodes[:-1]), reversed(nodes[1:]), strict=True):
        backward.insert(
            0,
            [
                max(
                    following.scores[side]
                    + _step(node, choice, following, side)
                    + backward[0][side]
                    for side in range(3)
                )
                for choice in range(3)
            ],
        )
    totals = [
        [f + b for f, b in zip(*pair, strict=True)] for pair in zip(forward, backward, strict=True)
    ]
    return [_decided(node, total) for node, total in zip(nodes, totals, strict=True)]


def _decided(node: _Node, totals: Sequence[float]) -> int:
    """Return the best choice for a role, unless another person's claim is nearly as good."""
    best = max(range(3), key=lambda choice: totals[choice])
    if best == _NOBODY:
        return best
    rival = totals[_RIGHT if best == _LEFT else _LEFT]
    is_sure = node.scores[best] >= _LEAST and totals[best] - rival >= _MARGIN
    return best if is_sure else _NOBODY


def _step(last: _Node, side: int, node: _Node, choice: int) -> float:
    """Return what it counts that *node* is given to *choice* after *last* to *side*."""
    if _NOBODY in {side, choice}:
        return 0.0
    total = _RHYTHM if side == choice and node.follows else 0.0
    if (
        side == _RIGHT
        and choice == _LEFT
        and last.right
        and node.left
        and last.right[0].first == node.left[0].first
    ):
        total -= _NAMELESS
    return total

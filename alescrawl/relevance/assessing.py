"""How much an article is about the Gard, and about the economy, with reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.context import Context
from alescrawl.entities.gazetteer.words import Words
from alescrawl.relevance.places import evidence
from alescrawl.relevance.topics import NO_TOPIC, spoken_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from alescrawl.relevance.topics import Term

_READ: Final = 2_000
"""Characters of the text that are read: papers say first what an article is about."""
_IN_TITLE: Final = 2
_MOST_REASONS: Final = 6
_MOST_TOPICS: Final = 3
_IS_GARD: Final = 0.5
_DOUBT: Final = 0.6
_DOUBT_A_WORD: Final = 1 / 400
"""How much must be said for the Gard: more in a long text, where one name says less."""
_ELSEWHERE: Final = 0.8
_SOURCE: Final = 2.0
_ECONOMIC: Final = 1.6
_ECONOMIC_A_WORD: Final = 1 / 110
"""Points that make an article economic; a long text has more of any word."""
_OTHER: Final = "other"
_AGAINST: Final = 0.8
_A_TOPIC: Final = 2.0


@dataclass(slots=True)
class Relevance:
    """What :func:`assess_relevance` says of an article."""

    gard_score: float
    """How much it is about the Gard, 0 to 1."""
    is_gard: bool
    is_economic: bool
    topics: list[str] = field(default_factory=list)
    """Parts of the economy, strongest first, as in data/economic_words.toml; none of others."""
    reasons: list[str] = field(default_factory=list)
    """The names and words it rests on, strongest first: « gard +2.0 Alès »."""


def assess_relevance(
    title: str | None,
    text: str | None,
    *,
    section: str | None = None,
    scope: str | None = None,
) -> Relevance:
    """Return whether an article is about the Gard and about the economy.

    Read are the *title*, the publisher's *section*, and the first 2,000 characters of the
    *text*. The *scope* ``gard`` says that the source writes about the Gard unless it says where.
    A commune that has a namesake speaks for the department in which the text is.
    """
    head = Words("\n".join(part[:_READ] for part in (title, section) if part))
    body = Words((text or "")[:_READ])
    whole = Words("\n\n".join(words.text for words in (head, body)))
    context = Context(whole, lists.places().matches(whole), scope=scope)
    places = _place_weights(whole, len(head), context)
    if scope == "gard" and context.in_gard(0):
        places["source"] = _SOURCE
    gard_score = _gard_score(places, len(head) + len(body))
    points = _points(spoken_of(head), spoken_of(body))
    is_economic = _is_economic(points, len(head) + len(body))
    return Relevance(
        gard_score=gard_score,
        is_gard=gard_score >= _IS_GARD,
        is_economic=is_economic,
        topics=_topics(points) if is_economic else [],
        reasons=[*_reasons("gard", places), *_reasons("economy", _by_term(points))],
    )


def _place_weights(whole: Words, title: int, context: Context) -> dict[str, float]:
    """Return what each name says for the Gard; one that comes back says more, but not as often.

    The first *title* words of the *whole* are the title, which counts twice.
    """
    weights: dict[str, float] = {}
    counts: dict[str, int] = defaultdict(int)
    for name, weight, index in evidence(whole, context):
        weights[name] = weight
        counts[name] += _IN_TITLE if index < title else 1
    return {name: w * (1 + log2(counts[name])) for name, w in weights.items() if w}


def _gard_score(weights: dict[str, float], length: int) -> float:
    here = sum(w for w in weights.values() if w > 0)
    elsewhere = -sum(w for w in weights.values() if w < 0)
    return here / (here + _ELSEWHERE * elsewhere + _DOUBT + length * _DOUBT_A_WORD)


def _points(head: Counter[Term], body: Counter[Term]) -> dict[Term, float]:
    points = {}
    # In the order of the text: that of a set is another in each process.
    for term in dict.fromkeys([*head, *body]):
        count = _IN_TITLE * head[term] + body[term]
        points[term] = term.points * (1 + log2(count) / 2)
    return points


def _is_economic(points: dict[Term, float], length: int) -> bool:
    against = sum(p for term, p in points.items() if term.topic == _OTHER)
    speaks_for = sum(p for term, p in points.items() if term.topic != _OTHER)
    return speaks_for - _AGAINST * against >= _ECONOMIC + length * _ECONOMIC_A_WORD


def _topics(points: dict[Term, float]) -> list[str]:
    by_topic: dict[str, float] = defaultdict(float)
    for term, value in points.items():
        by_topic[term.topic] += value
    ranked = sorted(by_topic, key=lambda topic: -by_topic[topic])
    named = [t for t in ranked if t not in NO_TOPIC and by_topic[t] >= _A_TOPIC]
    return named[:_MOST_TOPICS]


def _by_term(points: dict[Term, float]) -> dict[str, float]:
    return {t.written: -p if t.topic == _OTHER else p for t, p in points.items()}


def _reasons(what: str, weights: dict[str, float]) -> Iterator[str]:
    for name in sorted(weights, key=lambda n: -abs(weights[n]))[:_MOST_REASONS]:
        yield f"{what} {weights[name]:+.1f} {name}"

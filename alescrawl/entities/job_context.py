"""What the words around a number say: whether it counts jobs, and what becomes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.folded import one_of
from alescrawl.entities.word_lists import table

if TYPE_CHECKING:
    from alescrawl.entities.folded import Folded
    from alescrawl.text.numbers import Number

WORDS: Final[dict[str, str]] = table("job_words")
_REACH: Final = 110
_CLAUSE: Final = 45
_CLOSE: Final = 32


def listed(name: str) -> str:
    """Return a pattern for any word of the list *name*."""
    return one_of(WORDS[name].split())


_PEOPLE, _MOVES = frozenset(WORDS["people"].split()), frozenset(WORDS["moves"].split())
_WORK: Final = re.compile(rf"(?<!\w)(?:{listed('work')})")
_CROWD: Final = re.compile(rf"(?<!\w)(?:{listed('crowd')})")
_BERTHS: Final = re.compile(rf"(?<!\w)(?:{listed('berths')})(?!\w)")
_OTHER: Final = re.compile(rf"[ ](?:{listed('other_things')})")
_EMPLOYS: Final = re.compile(
    rf"(?<!\w)(?:{listed('employs')})(?: (?:environ|quelque|pres de|plus de|moins de|les|ses|une?"
    r"|au total|encore|aujourd'hui|deja))*[ ]$"
)
_AT_WORK: Final = re.compile(rf"(?: [a-z]+)?[ ](?:{listed('at_work')})")
_RATIO: Final = re.compile(
    r" sur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|[2-9]|10|100)"
    r"(?!\w| [0-9]{3}| (?:ans|mois|semaines|jours|sites))"
)
_CLASS: Final = re.compile(
    rf"(?<!\w)(?<!\bla )(?<!\bune )(?<!\bcette )(?:{listed('firms')})(?: (?!plus |moins )[a-z-]+)?"
    r"(?: de| d'| a| ayant| comptant| employant)(?: (?:plus|moins) (?:de|d'))? $"
)
_LESS_THAN: Final = re.compile(r"(?:entreprise|societe|structure)(?: de)? moins de $")
_CREATED: Final = re.compile(rf"(?<!\w)(?:{listed('created')})")
_CUT: Final = re.compile(rf"(?<!\w)(?:{listed('cut')})")


def counts_jobs(noun: str, number: Number, end: int, folded: Folded) -> bool:
    """Whether *noun*, from a list of job words, means jobs after *number*; it ends at *end*."""
    text = folded.folded
    if _OTHER.match(text, end) or _RATIO.match(text, end) or is_class(number, folded):
        return False
    first, last = folded.sentence_around(number.start, end, _REACH)
    if noun in _PEOPLE:
        return _are_staff(number, end, folded)
    if noun in _MOVES:
        return _WORK.search(text, first, last) is not None
    return not (noun.startswith("poste") and _BERTHS.search(text, max(0, first - _REACH), last))


def is_class(number: Number, folded: Folded) -> bool:
    """Whether *number* only tells a size: « les entreprises de moins de cinq salariés »."""
    first = max(0, number.start - _CLAUSE)
    before = folded.folded[first : number.start]
    return bool(_CLASS.search(before) or _LESS_THAN.search(before))


def _are_staff(number: Number, end: int, folded: Folded) -> bool:
    text = folded.folded
    if _EMPLOYS.search(text, max(0, number.start - _CLAUSE), number.start):
        return True
    if _AT_WORK.match(text, end):
        return True
    first, last = folded.sentence_around(number.start, end, _REACH)
    return not _CROWD.search(text, first, last) and _WORK.search(text, first, last) is not None


def fate(start: int, end: int, folded: Folded) -> str:
    """Return what becomes of the jobs named from *start* to *end*: created, cut or counted."""
    first, last = folded.sentence_around(start, end, _CLAUSE)
    for reach in ((start, end), (max(first, start - _CLOSE), min(last, end + _CLOSE))):
        cut = _CUT.search(folded.folded, *reach)
        created = _CREATED.search(folded.folded, *reach)
        if cut or created:
            return "cut" if cut else "created"
    return "counted"

"""Jobs that a text counts: 120 salariés, une trentaine d'emplois, 45 suppressions de postes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.numbered import Folded, one_of
from alescrawl.text.numbers import TO, Number, lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.items import Mention


WORDS: Final[dict[str, str]] = table("job_words")


_REACH: Final = 110


_CLAUSE: Final = 45


_CLOSE: Final = 32


def listed(name: str) -> str:
    """Return a pattern for any word of the list *name*."""
    return one_of(WORDS[name].split())


_PEOPLE, _MOVES = frozenset(WORDS["people"].split()), frozenset(WORDS["moves"].split())


_WORK: Final = re.compile(rf"(?<!\w)(?:{listed('work')})")


_HIRING: Final = re.compile(r"(?<!\w)(?:l'emploi|emplois|recrut|embauch|candidats|job)")


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


_NEW: Final = r"nouve(?:aux|lles|au|lle|l)"


def _marks(name: str) -> str:
    """Return a pattern for the words of the list *name*; those with a star begin words."""
    marks = WORDS[name].split()
    begins = one_of(word.removesuffix("*") for word in marks if word.endswith("*"))
    whole = one_of(word for word in marks if not word.endswith("*"))
    return rf"(?:{begins})|(?:{whole})(?!\w)"


_CREATED: Final = re.compile(
    rf"(?<!\w)(?:{_marks('created')}|{_NEW} (?:emploi|poste|salarie|recru|embauche|agent|job)"
    rf"|(?<=[0-9] ){_NEW}|(?<=aine de ){_NEW})"
)
_CUT: Final = re.compile(
    rf"(?<!\w)(?:{_marks('cut')}|fermeture(?!s? (?:{listed('closures')}))"
    r"|depart (?:de|d')(?: (?:plus de|moins de|pres de|environ|quelque))? ?$)"
)


def counts_jobs(noun: str, number: Number, end: int, folded: Folded) -> bool:
    """Whether *noun*, from a list of job words, means jobs after *number*; it ends at *end*."""
    text = folded.folded
    if _OTHER.match(text, end) or _RATIO.match(text, end) or is_class(number, folded):
        return False
    first, last = folded.sentence_around(number.start, end, _REACH)
    if noun in _PEOPLE:
        return _are_staff(number, end, folded)
    if noun.startswith("offre"):  # of work where the sentence speaks of it; else a bid
        return _HIRING.search(text, first, last) is not None
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
    """Return what becomes of the jobs named from *start* to *end*: created, cut or counted, or "".

    The words themselves say it, or else their clause: what stands before them in it, then after.
    """
    text = folded.folded
    first, last = folded.sentence_around(start, end, _CLAUSE)
    if _COMPARED.search(text, first, start):
        return "counted"
    before, after = _clause_start(text, first, start), _clause_end(text, end, last)
    near = max(before, start - _CLOSE)
    for reach in ((start, end), (near, start), (end, min(after, end + _CLOSE))):
        cut, created = _CUT.search(text, *reach), _CREATED.search(text, *reach)
        if cut or created:
            # What is denied, avoided or feared happens to no job.
            if _DOUBTED.search(text, before, after):
                return ""
            return "cut" if cut else "created"
        if reach[0] == near and _HAS.search(text, *reach):
            return "counted"
    return ""


_DOUBTED: Final = re.compile(
    r"(?<!\w)(?:personne n(?:e |')"
    r"|n(?:e |')(?:[a-z]+ ){1,2}(?:pas|plus|aucun|guere|jamais)(?!\w)"
    r"|evit(?:e|er|ait|era|ee|es|ees)(?!\w)|dement(?!\w)|dementent|dementi|crai(?:nt|gne|gna)\w*|redout\w+"
    r"|refus(?:e|er|ent|ait|era)(?!\w)|renonc\w+|annul\w+"
    r"|(?<!a )(?<!de )sauv(?:e|er|es|ee|ees|ent|era)(?!\w)"
    r"|(?:voulai|esperai|souhaitai|comptai|promettai)(?:t|ent) "
    r"|preserv\w+|aurai(?:t|ent) (?:pu )?(?:supprim|cree|perdu|licenci|embauch|recrut)\w*)"
)
_COMPARED: Final = re.compile(
    r"(?:(?<!\w)(?:contre|au lieu de|passe\w{0,4} de|sur (?:les|ses|un total de)) |(?<!\w)des )$"
)
"""Before a figure that others are compared with, or taken from (« contre 60 l'an dernier »)."""
_HAS: Final = re.compile(
    r"(?<!\w)(?:a|compte|comptait|emploie|employait|occupe|avec|ses|les|des|sur les|sur ses"
    r"|fait vivre) (?:environ |quelque |pres de |plus de |aujourd'hui )?$"
)
_STOPS: Final = re.compile(
    r"[,;:()]| et (?!une? )| mais | dont | tandis | quand | alors que | pendant que "
)


def _clause_start(text: str, first: int, start: int) -> int:
    for stop in _STOPS.finditer(text, first, start):
        if text[stop.end() : start].strip():  # a colon leads to the figure after it
            first = stop.end()
    return first


def _clause_end(text: str, end: int, last: int) -> int:
    stop = _STOPS.search(text, end, last)
    return stop.start() if stop else last


_YEARS: Final = range(1900, 2101)


_YEAR_DIGITS, _CLAUSE_LENGTH, _LARGEST_GAP = 4, 60, 120


_NOUN: Final = re.compile(
    rf"""[ ](?:(?:{listed("adjectives")})[ ])?(?:(?:de|d')[ ]?(?:(?:{listed("adjectives")})[ ])?)?
    (?P<noun>(?P<contract>{listed("contracts")})(?!\w)
    |(?P<move>{listed("moves")})(?!\w)(?:[ ]nettes?)?
        (?P<of>[ ](?:de[ ]|d')(?:{listed("of")})(?!\w))?
    |(?P<staff>{listed("staff")}|{listed("people")})(?![\w-])(?:[(·.]e[)·.]?s?(?!\w))?)""",
    re.VERBOSE,
)


_INTRODUCED: Final = re.compile(
    r"(?:(?<!\w)(?:dont|sur|plus|contre|et|puis|ou)|,|;|\(| a)"
    r"(?: (?:en )?(?:plus|moins|pres) de| environ| quelque| au moins| une?| les)? $|\($"
    r"|(?<!\w)(?:n'|d')?en (?:a |ont |avait )?[a-z]{3,14}"
    r"(?: que| plus que| plus de| environ| pres de| au moins)?(?: une?)? $"
)


_ALONE: Final = re.compile(
    r"(?= (?:a|au|aux|dans|en|chez|pour|parmi|ont|sont|seront|etaient|d'entre|d'ici|et|ou|contre"
    r"|selon|que|depuis|vacants?|prevus?|prevues?|actuellement|aujourd'hui|directs?|indirects?|permanents?"
    r"|autres|auparavant|avant|apres|il|l'an|un an|partir\w+|quitter\w+|perdr\w+|devr\w+"
    r"|disparai\w+|aujourd'hui|de moins|de plus)(?!\w)(?! [0-9]{1,3}(?![0-9])))"
    r"|(?= ?(?:[.;:,)!?\n»]|$))"
)


_ANNOUNCED: Final = re.compile(
    rf"(?<!\w)(?:{listed('announced')})(?: ?: ?"
    r"|(?: [a-z']{1,12}){0,3} (?:passe|tombe|monte|grimpe)\w{0,4} (?:ainsi )?(?:de|a) )$"
    r"|(?<!\w)effectifs?(?: [a-z]{1,12})? (?:de|a) $"
)


_OF_THEM: Final = re.compile(r" (?:des|de ces|de ses|de leurs|sur les|sur ses) ")


class Count(NamedTuple):
    """A count of jobs."""

    start: int
    end: int
    value: float
    score: float


def find_jobs(text: str) -> list[Mention]:
    """Return the counts of jobs and staff in *text*, in order.

    ``number`` is the count, ``unit`` is jobs, ``subtype`` what becomes of them as far as the
    clause says: created, cut or counted. Bounds of a range are two mentions. Crowds, visitors,
    members, sizes of companies (« moins de 5 salariés ») and berths of a port are left out.
    """
    return jobs_in(Folded(text))


def jobs_in(folded: Folded) -> list[Mention]:
    """Return the counts of jobs in a folded text, as :func:`find_jobs` does."""
    named = {n: c for n in folded.numbers if (c := _named(n, folded)) is not None}
    counts = sorted(_with_understood(named, folded).values())
    return [
        folded.mention(
            "jobs",
            count.start,
            count.end,
            count.score,
            number=float(count.value),
            unit="jobs",
            subtype=becomes,
        )
        for count, becomes in zip(counts, _fates(counts, folded), strict=True)
    ]


def _fates(counts: list[Count], folded: Folded) -> Iterator[str]:
    """Yield the fate of each of *counts*: counted where nothing says another.

    Of « dix des 70 emplois » the ten are those of whom it is said; what goes on without a verb of
    its own (« 60 emplois et 20 indirects ») shares the fate of what it goes on from.
    """
    last = ""
    for place, count in enumerate(counts):
        whole = counts[place + 1] if place + 1 < len(counts) else None
        is_part = whole and _OF_THEM.fullmatch(folded.folded, count.end, whole.start)
        told = fate(count.start, whole.end if whole and is_part else count.end, folded)
        previous = counts[place - 1] if place else None
        if not told and previous and folded.folded[previous.end : count.start] in _AND:
            told = last
        last = told or "counted"
        yield last


_AND: Final = (" et ", " directs et ", " ou ", " puis ", " directs, ")


def _named(number: Number, folded: Folded) -> Count | None:
    """Return *number* with the staff noun after it."""
    found = _NOUN.match(folded.folded, number.end)
    if found is None:
        return None
    noun = found["contract"] or found["move"] or found["staff"]
    settled = found["contract"] or found["of"]
    if not settled and not counts_jobs(noun, number, found.end(), folded):
        return None
    return Count(number.start, found.end(), number.value, 0.9)


def _with_understood(named: dict[Number, Count], folded: Folded) -> dict[Number, Count]:
    """Return *named* with the numbers whose noun is understood from them."""
    for number, following in reversed(list(pairwise(folded.numbers))):
        upper = named.get(following)
        if upper is not None and number not in named:
            _add_before(number, following, named, folded)
    last: Count | None = None
    for number in folded.numbers:
        if number in named:
            last = named[number]
        elif _is_understood(number, last, folded):
            last = named[number] = Count(number.start, number.end, number.value, 0.75)
        elif not _is_year(number) and not folded.folded.startswith((" %", "%"), number.end):
            last = None  # something else is counted now
    return named


def _add_before(
    number: Number, following: Number, named: dict[Number, Count], folded: Folded
) -> None:
    """Add *number* where it is « 40 » of « 40 à 60 salariés », or « dix » of « dix des 70 »."""
    gap = TO.fullmatch(folded.folded, number.end, following.start)
    if gap is not None and not (gap[1] == "et" and _is_year(number)):
        if is_class(number, folded):
            del named[following]
            return
        value = lower_bound(number, following.value, following.scale)
        named[number] = Count(number.start, number.end, value, 0.85)
    elif _OF_THEM.fullmatch(folded.folded, number.end, following.start):
        named[number] = Count(number.start, number.end, number.value, 0.8)


def _is_understood(number: Number, last: Count | None, folded: Folded) -> bool:
    """Whether *number* stands alone and counts what is named before it.

    « 900 salariés, dont 500 en France », after *last*; « un effectif de 130 ».
    """
    text, start = folded.folded, number.start
    alone = _ALONE.match(text, number.end) is not None
    if _is_year(number) or not (alone or text.startswith(" a ", number.end)):
        return False
    if _ANNOUNCED.search(text, max(0, start - _CLAUSE_LENGTH), start):
        return True
    if not alone or last is None or start - last.end > _LARGEST_GAP:
        return False
    introduced = _INTRODUCED.search(text, max(last.end, start - _CLAUSE_LENGTH), start)
    return introduced is not None and folded.one_sentence(last.end, start)


def _is_year(number: Number) -> bool:
    return number.value in _YEARS and number.end - number.start == _YEAR_DIGITS

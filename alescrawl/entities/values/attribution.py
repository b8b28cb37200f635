"""Whose the jobs and sums of a text are, and where: as far as their own sentence says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.folding import fold
from alescrawl.text.numbered import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.items import Mention

_REACH: Final = 240
_CLAUSE: Final = 60
_END: Final = re.compile(r"[.!?…](?=\s|$)|\n|;")
_KINDS: Final = frozenset(["company", "public_body", "chamber", "school", "association", "cluster"])
_OF_ALL: Final = r"(?: (?:des|de ses|de leurs) [0-9 ]+ [a-z]+)?"
"""After « 44 », of which it is said: « 44 des 310 employés de X »."""
_BODY: Final = r"(?:(?:la|le|l'|les|cette|une|un) ?)?(?:[a-z-]+ )?"


def attributed(text: str, values: Sequence[Mention], names: Sequence[Mention]) -> list[Mention]:
    """Return *values* with the institution and the commune that their sentence names with them.

    *names* are the other mentions of the *text*, in order. Only jobs and sums have either; both
    are empty where the sentence does not say it, or may mean another.
    """
    return [
        _with_owner(text, value, values, names) if value.kind in {"jobs", "amount"} else value
        for value in values
    ]


def _with_owner(
    text: str, value: Mention, values: Sequence[Mention], names: Sequence[Mention]
) -> Mention:
    first, last = _sentence(text, value)
    low = bisect_left(names, first, key=lambda n: n.start)
    high = bisect_left(names, last, key=lambda n: n.start)
    near = names[low:high]
    bodies = [n for n in near if n.kind == "institution" and n.subtype in _KINDS]
    owner = _owner(text, value, bodies, near)
    towns = [n for n in near if n.kind == "place" and n.insee]
    town = _town(text, value, towns, values, first)
    about = (owner.entity_id or owner.name) if owner else None
    return replace(value, about=about, insee=town.insee if town else None)


def _sentence(text: str, value: Mention) -> tuple[int, int]:
    first = max(0, value.start - _REACH)
    for stop in _END.finditer(text, first, value.start):
        first = stop.end()
    end = _END.search(text, value.end, value.end + _REACH)
    return first, end.start() if end else min(len(text), value.end + _REACH)


def _owner(
    text: str, value: Mention, bodies: Sequence[Mention], names: Sequence[Mention]
) -> Mention | None:
    after = next((b for b in bodies if b.start >= value.end), None)
    if after and _belongs(fold(text[value.end : after.start]), value):
        return after
    for body in reversed([b for b in bodies if b.end <= value.start]):
        before = fold(text[max(0, body.start - _CLAUSE) : body.start])
        if _RELATED.search(before):
            continue  # said of another, whose sentence it is: « X, voisine de Melox, embauche »
        acts = not _is_joint(text, body, bodies) and _acts(text, body, value, names)
        return body if acts else None
    return None


_RELATED: Final = re.compile(
    r"(?<!\w)(?:(?:ex-)?(?:voisine?s?|sous-traitante?s?|filiales?|clients?|clientes?|fournisseurs?|rivale?s?"
    r"|concurrente?s?|partenaires?|prestataires?|branches?|marques?|proprietes?|actionnaires?"
    r"|repreneurs?|anciens?|issue?s?|proches?|cote|cotes|face|loin)"
    r" (?:de |du |d'|des |a |au )(?:la |le |l'|les |groupe )?"
    r"|(?:soutenu|aide|accompagne|epaule|finance|rachete|repris|detenu|fonde|cree|installe|loge|heberge)e?s?"
    r"(?: [a-z]+)? (?:par|chez|avec|a cote de) (?:la |le |l'|les )?)$"
)
"""What before a body says that another, named before it, is the subject of the sentence."""
_JOINT: Final = re.compile(r"(?:,| et)(?: la| le| l'| les)?[ ]?")


def _is_joint(text: str, body: Mention, bodies: Sequence[Mention]) -> bool:
    """Whether several bodies act together, so that nothing is one's own (« X et Y recrutent »)."""
    return any(
        b.end <= body.start and _JOINT.fullmatch(fold(text[b.end : body.start])) for b in bodies
    )


def _belongs(between: str, value: Mention) -> bool:
    """Whether what stands *between* a value and a body after it makes it the body's."""
    if len(between) > _CLAUSE or re.search(r"[,;:()]", between):
        return False
    if value.kind == "jobs" and re.fullmatch(rf"{_OF_ALL} (?:de |du |d'|des ){_BODY}", between):
        return True
    employed = r"(?:que |qu')(?:compte|comptait|emploie|employait)"
    done = rf"(?:{_DONE})(?:e|s|es)?(?: (?:a|au|aux|dans|en) [^,;]{{2,40}})? par"
    return re.search(rf"(?:^| )(?:chez|{done}|{employed}) {_BODY}$", between) is not None


_DONE: Final = (
    "cree|supprime|annonce|prevu|promis|perdu|employe|recrute|embauche|licencie|investi|verse"
    "|finance|apporte|genere|menace|conserve|sauve|debourse|depense|paye|alloue|leve|engage|mis"
    "|propose|offert|accorde|attribue|vote|debloque|consacre|mobilise|reuni|obtenu|touche|percu"
)
"""After « 50 emplois », before « par X »: what makes them X's."""


def _acts(text: str, body: Mention, value: Mention, names: Sequence[Mention]) -> bool:
    """Whether *body*, before the *value* in its sentence, is said to have it or to bring it."""
    if _names_another(text, body, value, names):
        return False
    between = fold(text[body.end : value.start])
    introduced = fold(text[max(0, body.start - _CLAUSE) : body.start])
    if _NOT_ACTING.search(introduced):
        return False
    if _AT.search(introduced) and "," in between and not _OTHERS.search(between):
        return True  # « Chez Nubicole, 14 postes sont supprimés »
    if re.fullmatch(r"(?: sas| sa| sarl)?(?:,| \()(?: [a-z]+){0,2} ?", between):
        return True  # « Nubicole, 14 salariés, »; « Alès Agglomération, six »
    if _HELPS.search(between):
        return False
    verbs = _verbs(value.kind)
    return verbs.search(between) is not None and not _OTHERS.search(between)


def _names_another(text: str, body: Mention, value: Mention, names: Sequence[Mention]) -> bool:
    """Whether a name that nothing knows stands between, which may be who acts."""
    inside = [n for n in names if body.end <= n.start and n.end <= value.start]
    at = body.end
    for start, end in [*((n.start, n.end) for n in inside), (value.start, value.start)]:
        if _UNKNOWN.search(text, at, start):
            return True
        at = end
    return False


_HELPS: Final = re.compile(
    r"(?<!\w)(?:a aide|aidera|aide|accompagne|a accompagne|soutient|a soutenu|permet|a permis"
    r"|conseille|a conseille|incite|encourage|forme|a forme|pousse) .*(?: a | d'| de )"
)
"""Between a body and a figure: it is others whom it helps to create or to find them."""
_UNKNOWN: Final = re.compile(r"(?<![\w'’.-])(?!SA\b|SAS\b|SARL\b|CDI\b|CDD\b)[A-ZÀ-Ý]\w+")
_AT: Final = re.compile(r"(?:^|[^\w])chez (?:la |le |l'|les )?$")
_NOT_ACTING: Final = re.compile(
    r"(?:(?<!\w)(?:selon|pour|avec|contre|d'apres|sans|apres|aupres de|face a|grace a|a|au|aux"
    r"|dans) (?:la |le |l'|les )?"
    r"|(?:presidente?|maire|directeurs?|directrice|pdg|patron|patronne|gerante?|elue?|prefet|delegue"
    r"|secretaire|porte-parole|candidate?|adjointe?|conseiller|conseillere|vice-presidente?)"
    r" (?:general |generale |delegue )?(?:de |du |d'|des )(?:la |le |l'|les )?)$"
)
"""What before a body says that it is another who acts."""
_OTHERS: Final = re.compile(
    r" (?:dont|ou|que|tandis|alors que|quand|mais|pour la premiere|pour le premier|pour la seconde"
    r"|pour le second) |(?:^|[ ,])(?:sa|son|ses|leurs?) (?:[a-z]+ )?"
    r"(?:voisine?s?|concurrente?s?|filiales?|rivale?s?|clients?|cliente?s?|partenaires?"
    r"|sous-traitante?s?|fournisseurs?|maison mere|consoeur|consœur)(?!\w)"
)


@cache
def _verbs(kind: str) -> re.Pattern[str]:
    words = table("job_words")["owning"] if kind == "jobs" else table("amount_words")["owning"]
    return re.compile(rf"(?<!\w)(?:{one_of(words.split())})")


def _town(
    text: str,
    value: Mention,
    towns: Sequence[Mention],
    values: Sequence[Mention],
    first: int,
) -> Mention | None:
    """Return the commune that is named with *value*: right after it, else the only one before."""
    placed = [t for t in towns if _is_at(text, t)]
    after = next((t for t in placed if t.start >= value.end), None)
    if after and _is_near(text, value, after, values):
        return after
    before = [t for t in placed if t.end <= value.start]
    if len({t.insee for t in before}) != 1:
        return None
    other = any(
        before[-1].end < v.end < value.start or _is_near(text, v, before[-1], values)
        for v in _counts(values)
        if v.start >= first and v.end <= value.start
    )
    opens = not text[first : before[0].start].strip(" \nÀàAauxd'").strip()
    return before[-1] if opens or not other else None


def _counts(values: Sequence[Mention]) -> Iterator[Mention]:
    return (v for v in values if v.kind in {"jobs", "amount"})


def _is_at(text: str, town: Mention) -> bool:
    """Whether a preposition says that something is in *town*."""
    before = fold(text[max(0, town.start - 24) : town.start])
    return re.search(r"(?:^|[^\w])(?:a|au|aux|site de|usine de|usine d')[ ]?$", before) is not None


def _is_near(text: str, value: Mention, town: Mention, values: Sequence[Mention]) -> bool:
    if value.end > town.start:
        return False
    between = text[value.end : town.start]
    if re.search(r",(?! ?(?:à|au|aux) $)", between):
        return False  # another clause
    other = any(value.end <= v.start < town.start for v in _counts(values))
    return len(between) <= _CLAUSE and not other and ";" not in between

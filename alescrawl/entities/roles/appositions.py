"""What stands between a person and a role phrase beside it, and how much it says for the two."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer.words import Words
    from alescrawl.entities.roles.nouns import Tenure
    from alescrawl.entities.roles.phrases import Phrase

_LONGEST: Final = 60

_ASIDE: Final = r"(?: \((?:[^()\n]{1,24})\))?(?:,? [0-9]{1,3} ans)?"
_SINCE: Final = (
    r"(?:(?:alors|aussi|egalement|aujourd'hui|desormais|par ailleurs|lui-meme|elle-meme|notamment"
    r"|ici|jeune|en tant que|comme|ne|qui est|qui etait|qui fut|qui sera|elue?|reelue?|nommee?"
    r"|devenue?|promue?|notre|son|sa|leur|leurs|mon|ma|nos|ses|le|la|les|l'|un|une|des|tous|toutes"
    r"|tous les|toutes les|deux|trois|quatre|est|et) ?)"
)
_AFTER: Final = re.compile(rf"{_ASIDE}(?P<sign>,| \(| [-–—]|,? ?:) ?(?P<lead>{_SINCE}{{0,4}})")
_COPULA: Final = re.compile(
    r",?(?: qui)? (?P<verb>est|etait|fut|sera|a ete|avait ete|devient|deviendra|reste|restera"
    r"|est devenue?|est nommee?|est elue?|est reelue?|a ete nommee?|a ete (?:re)?elue?"
    r"|vient d'etre nommee?|vient d'etre elue?|sont|etaient|seront|devenue?|nommee?|elue?|reelue?"
    r"|sera nommee?|comme|en tant que)"
    r"(?: (?:aussi|egalement|alors|toujours|deja|par ailleurs|aujourd'hui|desormais))?"
    r"(?P<lead> (?:le|la|les|l'|un|une|son|sa|leur|leurs|notre|deux|trois|des))? ?"
)
_TITLE: Final = (
    r"(?:(?:m|mm|me|mes|dr|pr)\.? |(?:mme|mlle|mmes) |monsieur |madame |maitre |docteur )?"
)
_DIRECT: Final = re.compile(
    r"(?: \([^()\n]{1,12}\))?(?: (?:[a-z]{3,}(?:iste|ocrate|icaine?|oise?|aise?|ien|ienne|aine?"
    rf"|enole?|ane?|al|ale|iques?)s?)){{0,2}} {_TITLE}"
)
_CALLED: Final = re.compile(
    rf" (?P<verb>est|s'appelle|se nomme|n'est autre que|sera|etait|fut) {_TITLE}"
)
_CHARGE: Final = r"(?: (?:chargee?|deleguee?|responsable|en charge) [^,;.:()\n]{2,50})?"
_COMMA: Final = re.compile(rf"(?: \([^()\n]{{1,12}}\))?{_CHARGE}(?:,| :| [-–—]|, «) {_TITLE}")
_LIST: Final = re.compile(
    rf"(?:,? (?:et|puis|ainsi que|ou|mais aussi) |, )(?:aussi |egalement |de |d'|ex-)?{_TITLE}"
)
_RESPECTIVELY: Final = re.compile(r",? respectivement (?:les? |la |l')?")
_PAST_VERBS: Final = ("etait", "fut", "avait ete", "etaient")
_FUTURE_VERBS: Final = ("sera", "deviendra", "seront", "sera nomme", "sera nommee")


class Evidence(NamedTuple):
    """How much speaks for a role being a person's, and what the verb between says of when."""

    weight: float
    tenure: Tenure = ""


NONE: Final = Evidence(0.0)


def between(words: Words, first: int, last: int) -> str:
    """Return in plain form what stands after the word before *first*, up to the word *last*."""
    if last < first:
        return "?"
    text = words.text[words.ends[first - 1] : words.starts[last]]
    return fold(text) if len(text) <= _LONGEST else "?"


def role_after(text: str, phrase: Phrase) -> Evidence:
    """Return what speaks for *phrase* being said of the person that it follows, *text* between."""
    if phrase.number == "said_by_active_verbs":
        is_said = text in {" ", ", qui ", " qui "} and phrase.affiliation
        return Evidence(1.5) if is_said else NONE
    if phrase.number == "said_by_verbs":
        return NONE
    copula = _COPULA.fullmatch(text)
    if copula:
        return Evidence(2.2, _tenure_of(copula["verb"], text))
    found = _AFTER.fullmatch(text)
    if not found:
        return NONE
    return Evidence(_apposition(found), "past" if " alors" in text else "")


def _apposition(found: re.Match[str]) -> float:
    sign, lead = found["sign"].strip(), found["lead"].split()
    if sign == "(":
        return 3.0
    if sign == ":":
        return 0.9 if not lead else 0.6
    if "et" in lead:
        return 0.0
    last = lead[-1] if lead else ""
    if last in {"le", "la", "les", "l'"}:
        return 1.2
    if last in {"son", "sa", "leur", "notre", "mon", "ma"}:
        return 0.7
    return 2.0


def _tenure_of(verb: str, text: str) -> Tenure:
    if verb.startswith(_FUTURE_VERBS):
        return "future"
    is_past = verb.startswith(_PAST_VERBS) or verb == "a ete" or " alors" in text
    return "past" if is_past else ""


def role_before(text: str, phrase: Phrase, determiner: str, *, opens: bool) -> Evidence:
    """Return what speaks for *phrase* introducing the person after it, *text* between.

    *determiner* is the word before the phrase; *opens* whether a sentence begins with it.
    """
    if phrase.number.startswith("said_by"):
        return Evidence(3.0 * _says_by_verb(text, phrase, opens=opens))
    if _DIRECT.fullmatch(text):
        return Evidence(3.0)
    if called := _CALLED.fullmatch(text):
        return Evidence(1.5, _tenure_of(called["verb"], ""))
    return Evidence(_introduction(determiner, opens=opens)) if _COMMA.fullmatch(text) else NONE


def _says_by_verb(text: str, phrase: Phrase, *, opens: bool) -> bool:
    is_head = opens and text == ", " and phrase.role.startswith("à la tête")
    return phrase.number == "said_by_verbs" and (text == " " or is_head)


def _introduction(determiner: str, *, opens: bool) -> float:
    if determiner in {"un", "une"}:
        return 0.5
    if determiner in _definite():
        return 1.6
    return 1.4 if opens else 0.3


@cache
def _definite() -> frozenset[str]:
    return words_of("role_words", "definite", plain=True)


def is_list(text: str) -> bool:
    """Whether *text* joins two persons, or two roles, of a list."""
    return _LIST.fullmatch(text) is not None


def joins_roles(text: str) -> bool:
    """Whether *text* between two roles lets them be one person's (« maire et président »)."""
    return text in {" et ", ", ", " puis ", " ou "}


def is_respective(text: str) -> bool:
    """Whether *text* says that the roles after it are of the persons before it, one each."""
    return bool(_RESPECTIVELY.fullmatch(text))

"""Splits what stands below a picture into its caption and its credit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_CREDIT: Final = 120
"""A longer text is a sentence that names a photograph, not a credit."""
MAX_CAPTION: Final = 1_000
"""A longer text below a picture is not read for a credit."""

_LABEL = (
    r"cr[ée]dits?(?:[ -]?(?:photos?|images?|visuels?|illustrations?))?"
    r"|photo\s+d[’']archives?|photos?(?:graphies?)?|illustrations?|image|visuel|copyright"
    r"|photograph(?:er|e|ies?)?|bild|foto|picture|quelle"
)
_MARKED = rf"(?:(?:{_LABEL})\s*:?\s*(?:©|\(c\))|(?:©|\(c\)))\s*"
_LABELLED = rf"(?:{_LABEL})\s*:\s*"
_BARE = r"DR|D\.R\.|AFP|MAXPPP|LP"

_NAMES: Final = rf"(?:[^.:]|\b\w\.){{2,{MAX_CREDIT}}}?"
_BRACKETED: Final = re.compile(
    rf"[(\[]\s*((?i:{_MARKED}|(?:{_LABEL})\s*:?\s+)[^()\[\]]{{2,{MAX_CREDIT}}}|{_BARE})\s*[)\]]\.?\s*$"
)
_TRAILING: Final = re.compile(
    rf"(?:(?:^|[\s.,;–—|/-])((?i:{_MARKED}){_NAMES}\.?)"
    rf"|(?:^|[.,;–—|/-]\s*|\s(?=[A-Z]))((?i:{_LABELLED}){_NAMES}\.?))\s*$"
)
_LONE: Final = re.compile(rf"(?:^|[.!?…]\s+|\s[-–—|/]\s)({_BARE})\s*$")
_PREFIX: Final = re.compile(rf"^(?:{_MARKED}|(?:{_LABEL})(?:\s*:\s*|\s+))", re.IGNORECASE)
_HEAD: Final = re.compile(r"^(?:l[ée]gende|caption)\s*:\s*", re.IGNORECASE)
_EDGES: Final = " -–—|/,;:\t"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture shows, and who is to be credited for it."""

    text: str | None = None
    credit: str | None = None
    """As printed, without brackets, ©, « Photo : » and the like."""


def split_caption(printed: str) -> Caption:
    """Return caption and credit of *printed*, one line of text without line breaks.

    >>> split_caption("Le pont vu de la rive (Photo : Jeanne Roux / Le Courrier)")
    Caption(text='Le pont vu de la rive', credit='Jeanne Roux / Le Courrier')
    """
    printed = _HEAD.sub("", printed.strip())
    if len(printed) > MAX_CAPTION:
        return Caption(printed)
    for pattern in (_BRACKETED, _TRAILING, _LONE):
        if found := pattern.search(printed):
            text = printed[: found.start()].rstrip(_EDGES)
            return Caption(_once(text) or None, bare_credit(found[found.lastindex or 0]) or None)
    return Caption(_once(printed) or None)


def bare_credit(printed: str) -> str:
    """Return a credit without the words and signs that announce it.

    >>> bare_credit("Crédit photo : © Ville de Sarvan")
    'Ville de Sarvan'
    """
    before = ""
    while before != printed:
        before, printed = printed, _PREFIX.sub("", printed).strip(_EDGES + "()[]")
    return printed if printed == "D.R." else printed.rstrip(".")


def is_credit(printed: str) -> bool:
    """Return whether *printed* is a credit and nothing else."""
    if len(printed) > MAX_CREDIT:
        return False
    return split_caption(printed) == Caption(None, bare_credit(printed))


def _once(text: str) -> str:
    """Return *text*, or its first half where the page prints it twice."""
    half = len(text) // 2
    first, second = text[:half].strip(_EDGES + "."), text[half:].strip(_EDGES + ".")
    return first if half > 0 and first == second else text

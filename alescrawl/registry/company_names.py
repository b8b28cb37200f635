"""The form in which names of companies are compared: without legal forms, articles and accents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from alescrawl.entities.gazetteer.words import key
from alescrawl.registry.terms import name_words

_STOPS: Final = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@lru_cache(maxsize=1 << 16)
def company_key(name: str) -> str:
    """Return the words of *name* that tell whose it is.

    « S.A.R.L. Établissements Mécalzen », « MECALZEN SAS » and « Mécalzen » have one.
    """
    plain = key(_STOPS.sub(lambda found: found[0].replace(".", ""), name))
    words = plain.split()
    return " ".join([word for word in words if word not in name_words("forms")] or words)


@lru_cache(maxsize=1 << 16)
def loose_key(name: str) -> str:
    """Return :func:`company_key` without words that papers leave out or add (groupe, France)."""
    words = company_key(name).split()
    return " ".join([word for word in words if word not in name_words("loose")] or words)


@lru_cache(maxsize=1 << 16)
def squeezed(name: str) -> str:
    """Return the letters of :func:`company_key`: « SD Tech » and « SDTech » have the same."""
    return company_key(name).replace(" ", "")

"""Names of persons: whether a text is one, in natural order and usual case."""

from __future__ import annotations

import re
from typing import Final

from alescrawl.extraction.byline.words import usual_given_names, words
from alescrawl.text.folding import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.&][^\W\d_]+)*\.?|[^\W\d_]\.")
_SLUG = re.compile(r"[^\W\d_]{2,}(?:[-_.][^\W\d_]{2,}){1,3}")
_BOUNDARY = re.compile(r"([-'’])")
_MOST_WORDS: Final = 6
_LONGEST: Final = 60
_LONGEST_INITIALS: Final = 3
_COMPOUND: Final = frozenset({"jean", "marie", "anne", "pierre", "paul"})
_CIVILITIES: Final = frozenset(("m", "mr", "mrs", "ms", "mme", "mlle", "me", "monsieur", "madame"))


def person_name(text: str) -> str | None:
    """Return the person named by *text*, as given name and surname; ``None`` if it names none.

    ``GIRAUDIER Éric`` and ``Éric GIRAUDIER`` become ``Éric Giraudier``, ``thierry-allard``
    becomes ``Thierry Allard``. Initials and pseudonyms come back as printed.
    """
    if len(text) > _LONGEST:
        return None
    if _SLUG.fullmatch(text) and text.islower():
        return _from_slug(text)
    parts = _without_civility(text.split())
    if not 1 <= len(parts) <= _MOST_WORDS or not all(map(_TOKEN.fullmatch, parts)):
        return None
    if len(parts) == 1:
        return _single(parts[0])
    if not _capitalised(parts):
        return None
    return " ".join(_cased(_ordered(parts)))


def with_given_name_first(name: str) -> str:
    """Return *name*, two words of which the first is the surname, in natural order."""
    surname, _, given = name.partition(" ")
    return name if not given or " " in given else f"{given} {surname}"


def _without_civility(parts: list[str]) -> list[str]:
    if len(parts) > 1 and parts[0].rstrip(".").casefold() in _CIVILITIES:
        return parts[1:]
    return parts


def _single(part: str) -> str | None:
    """Accept a lone word as a pseudonym or as initials, nothing in capitals that is longer."""
    bare = part.rstrip(".")
    if bare.casefold() in words("nobody") or len(bare) < 2:  # noqa: PLR2004 - one letter
        return None
    if bare.isupper() and len(bare) > _LONGEST_INITIALS:
        return _with_capital(bare)
    return bare


def _from_slug(text: str) -> str:
    parts = re.split(r"[-_.]", text)
    if len(parts) > 2 and parts[0] in _COMPOUND:  # noqa: PLR2004 - two given names and a surname
        parts[:2] = [f"{parts[0]}-{parts[1]}"]
    return " ".join(_with_capital(part) for part in _ordered(parts))


def _capitalised(parts: list[str]) -> bool:
    """Tell whether the words are written as names are: capitals, but for particles.

    A script without capitals, and two words all in small letters, pass as well.
    """
    text = "".join(parts)
    if text.islower():
        return len(parts) <= 2 and not words("particles") & set(parts)  # noqa: PLR2004
    cased = [part for part in parts if part[0].lower() != part[0].upper()]
    small = [part for part in cased if part[0].islower()]
    return all(
        part in words("particles") or part[:2] in {"d'", "l'"} or part[1:] == "." for part in small
    ) and len(small) < max(len(cased), 1)


def _ordered(parts: list[str]) -> list[str]:
    """Put the given name first where the surname is known to stand there."""
    capitals = [len(part) > 1 and part.isupper() and "." not in part for part in parts]
    if capitals[0] and not capitals[-1]:
        first = capitals.index(False)
        given = parts[first:]
        is_surname = len("".join(parts[:first])) > 3 or _may_be_given(given[0])  # noqa: PLR2004
        if (
            not any(capitals[first:])
            and is_surname
            and given[0].casefold() not in words("particles")
        ):
            return parts[first:] + parts[:first]
    if len(parts) == 2 and _tells_order(parts[1]) and not _may_be_given(parts[0]):  # noqa: PLR2004
        return parts[::-1]
    return parts


def is_given_name(word: str) -> bool:
    """Tell whether *word* is known as a given name, be it a surname as well."""
    return _is_listed(word) or fold(word) in usual_given_names()


def _is_listed(word: str) -> bool:
    """Tell whether *word* is among the given names of those who sign in newsrooms."""
    return word.casefold() in words("given_names") or word.casefold() in words("common_names")


def is_name_like(text: str) -> bool:
    """Tell a person whose name begins like a date or like a house: « Le Goff Anne »."""
    parts = text.split()
    return all(part[0].isupper() for part in parts) and any(map(_is_listed, parts))


def has_case(text: str) -> bool:
    """Tell whether *text* is in a script that has capitals."""
    return text.lower() != text.upper()


def _tells_order(word: str) -> bool:
    return word.casefold() in words("given_names")


def _may_be_given(word: str) -> bool:
    folded = word.casefold()
    return (
        is_given_name(word)
        or folded.split("-")[0] in words("common_names")
        or len(word.rstrip(".")) == 1
    )


def _cased(parts: list[str]) -> list[str]:
    """Give words in capitals the case of names; initials and printed particles keep theirs."""
    all_loud = "".join(parts).isupper()
    small = words("particles")
    cased: list[str] = []
    for part in parts:
        is_particle = part.lower() in small and bool(cased)
        if is_particle and (all_loud or part.islower()):
            cased.append(part.lower())
        elif part[1:] != "." and (part.islower() or _shouts(part)):
            cased.append(_with_capital(part))
        else:
            cased.append(part)
    return cased


def _shouts(part: str) -> bool:
    is_long = len(part) > 2 or part.lower() in words("particles")  # noqa: PLR2004 - initials
    return part.isupper() and is_long and "." not in part


def _with_capital(word: str) -> str:
    pieces = _BOUNDARY.split(word.lower())
    text = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if text.startswith("Mc") and len(text) > 4:  # noqa: PLR2004 - McRae, not Mcy
        text = "Mc" + text[2].upper() + text[3:]
    return text

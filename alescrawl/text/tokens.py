"""Words and sentences of French text, as offsets into it."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

Offsets = tuple[int, int]

_LISTS: Final[dict[str, str]] = tomllib.loads(
    (files("alescrawl") / "data" / "abbreviations.toml").read_text(encoding="utf-8")
)


def _plain(text: str) -> str:
    """Return *text* in lower case, without accents and typographic apostrophes."""
    text = normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'"))
    return "".join(character for character in text if character < "\u0300")


_OPEN = frozenset(_LISTS["open"].split())
_CLOSING = frozenset(_LISTS["closing"].split())
_STARTERS = frozenset(_LISTS["starters"].split())


def _accented(word: str) -> str:
    """Return a pattern for *word* with any accents on its vowels."""
    pattern = word.replace("oe", "(?:œ|o[eé])").replace("'", "['’]").replace("a-dire", "[aà]-dire")
    return pattern.replace("ile", "[iî]le")


_WHOLE = "|".join(_accented(word) for word in _LISTS["whole"].split())
_ELIDED = "|".join(sorted(_LISTS["elided"].split(), key=len, reverse=True))
_ABBREVIATED = "|".join(sorted((re.escape(w) for w in _OPEN | _CLOSING), key=len, reverse=True))
_TOKEN: Final = re.compile(
    rf"""(?=\S)(?:(?P<word>  # at a blank, do not try all that follows: four times as fast
      [^\W\d_]++(?![\w'’.@&·:/-])  # nothing special follows: most words, found first
    | (?:https?://|www\.)[^\s<>"»)]*[^\s<>"»).,;:!?…]
    | [\w.+-]{{1,64}}@\w[\w-]{{0,63}}(?:\.[\w-]{{1,63}}){{1,4}}
    | \d{{1,3}}(?:[ \xa0\u202f.]\d{{3}})+(?!\d)(?:,\d+)?
    | \d+(?:[.,]\d+)?(?:(?:[eè]re?|er|[eè]me|h\d\d|[eh])(?!\w))?
    | (?i:{_WHOLE})(?!\w)
    | (?i:{_ELIDED})['’](?=\w)
    | (?:[A-ZÀ-Ü]\.-?){{2,}}
    | (?i:{_ABBREVIATED})\.(?=[\s,)])
    | [A-ZÀ-Ü]\.(?=\s?[A-ZÀ-Ü])
    | [^\W\d_][\w·]*(?:[-'’&]\w[\w·]*)*
    )|\.\.\.|\S)""",
    re.VERBOSE,
)
_END: Final = re.compile(r"[.!?…]+(?:[\"'’”)\]]|[ \xa0\u202f]?»)*(?=\s|$)|\n+")
_NEXT = re.compile(r"\s*(?:[«“\"(\[‘'—–-]\s*)*([^\W_]+)?")
_LAST_WORD = re.compile(r"[^\s'’(«\"]*$")
_LONGEST_WORD = 40


def tokens(text: str) -> Iterator[Offsets]:
    """Yield start and end of each word, number and punctuation mark of *text*.

    An elided article or pronoun is a word of its own, with its apostrophe (« l' » « usine »);
    compounds (« Saint-Jean-du-Gard »), « aujourd'hui », initials, abbreviations with their
    stop, addresses, and numbers with blanks in them are one.
    """
    for found in _TOKEN.finditer(text):
        yield found.span()


def words(text: str) -> Iterator[Offsets]:
    """Yield start and end of each word and number of *text*: its tokens less punctuation."""
    for found in _TOKEN.finditer(text):
        if found["word"]:
            yield found.span()


def sentences(text: str) -> Iterator[Offsets]:
    """Yield start and end of each sentence of *text*, without the white space around it.

    A line end always ends a sentence. A stop after an abbreviation, an initial or a list
    number does not, nor does a mark that a word in lower case follows.
    """
    start = 0
    for found in _END.finditer(text):
        if found[0][0] == "\n" or _ends(text, start, found):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, len(text))


def sentence_around(text: str, start: int, end: int) -> Offsets:
    """Return start and end of the sentence of *text* that holds the characters *start* to *end*."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    for begin, stop in sentences(line):
        if first + begin <= start and end <= first + stop:
            return first + begin, first + stop
    return first, first + len(line)


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    line = text[start:end]
    if not line.isspace() and line:
        yield start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the marks *found* end the sentence that began at *start*."""
    following = _NEXT.match(text, found.end(), found.end() + _LONGEST_WORD)
    word = (following[1] if following else None) or ""
    if word and not (word[0].isupper() or word[0].isdigit()):
        return False
    if found[0] != ".":
        return True
    before = _LAST_WORD.search(text, max(start, found.start() - _LONGEST_WORD), found.start())
    if text[start : min(found.start(), start + _LONGEST_WORD)].strip().isdigit():
        return False  # 1. 2. of a list
    return _stop_ends(before[0] if before else "", word)


def _stop_ends(before: str, word: str) -> bool:
    known = _plain(before)
    if known in _OPEN:
        return not word
    if known in _CLOSING:
        return not word or word[0].isupper()
    if _is_initial(before) and word:
        return _plain(word) in _STARTERS
    return True


def _is_initial(before: str) -> bool:
    """Whether it is J, J.-P or S.A.R.L: capitals between stops."""
    return all(len(part) == 1 and part.isupper() for part in re.split(r"\.-?|-", before))

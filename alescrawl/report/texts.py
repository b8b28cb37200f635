"""The words of the texts, so small that the page can be searched in them without having them."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unicodedata import normalize

import numpy as np

from alescrawl.extraction.body.block_text import function_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

MOST_PAIR_BITS, LEAST_PAIR_BITS = 7, 3
"""Of texts that have two words apart from each other, one in 2 to the power of this passes for one
that has them side by side."""
_WORD: Final = re.compile(r"[^\W_]+|[.!?…](?=\s)|\n")
_MARKS: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f]+")
_BREAKS: Final = frozenset(".!?…\n")
_LONGEST: Final = 40
STEP: Final = 64
_PACKED: Final = 0.6
"""What a character of the word list takes in the page: deflated, then in base 64."""
_RICE_BITS: Final = 1.55
"""What a Rice code takes beyond the bits that say how far apart two numbers are on average."""


class Coded(NamedTuple):
    """Numbers in base 64, and where every 64th group begins: bits from the one named before."""

    text: str
    starts: list[int]


class _Tokens(NamedTuple):
    """The words of all texts in a row: position in ``words``, article, and sentence of each."""

    words: list[str]
    word: npt.NDArray[np.int64]
    article: npt.NDArray[np.int64]
    sentence: npt.NDArray[np.int64]


def folded(text: str) -> str:
    """Return *text* without capitals and accents, as the page's script folds what is sought."""
    plain = text.lower().replace("œ", "oe").replace("æ", "ae")
    return plain if plain.isascii() else _MARKS.sub("", normalize("NFKD", plain))


def indexed(texts: Sequence[str], room: int) -> dict[str, Any]:
    """Return an index of *texts*, which the page's script reads, of about *room* characters.

    ``words`` in order, each with how many characters it shares with the one before; ``counts`` of
    texts with each; ``postings``, in base 64: for each word the distances between its texts as Rice
    codes. ``pairs``: for each text the hashes of its words that stand side by side, as Rice codes,
    of which ``pair_counts`` says the number. Words that say nothing alone (« de », « la ») are
    left out of both. Where the room is too small, pairs are hashed to fewer bits or left out
    (``pair_bits`` 0), then the last texts (``size`` says how many are there).
    """
    tokens = _tokens(texts)
    counts, postings = _postings(tokens, len(texts))
    words = "\n".join(_front_coded(tokens.words))
    taken = len(postings.text) + _PACKED * (len(words) + 2 * len(counts))
    if taken > room and len(texts) > 1:
        return indexed(texts[: int(len(texts) * min(0.95, room / taken))], room)
    pairs = _pairs(tokens)
    bits = _affordable(len(pairs), room - taken)
    pair_counts, coded = _coded_pairs(pairs, len(texts), bits) if bits else ([], Coded("", []))
    return {
        "size": len(texts),
        "stop": sorted(_stop_words()),
        "words": words,
        "counts": counts.tolist(),
        "postings": postings.text,
        "posting_starts": postings.starts,
        "pair_bits": bits,
        "pair_counts": pair_counts,
        "pairs": coded.text,
        "pair_starts": coded.starts,
    }


def _affordable(pairs: int, room: float) -> int:
    bits = int(room * 6 / max(1, pairs) - _RICE_BITS)
    return min(bits, MOST_PAIR_BITS) if bits >= LEAST_PAIR_BITS else 0


def rice_width(size: int, count: int) -> int:
    """Return how many bits of the distances of *count* among *size* are written as they are."""
    return max(0, (69 * size // (100 * count)).bit_length() - 1)


def _stop_words() -> frozenset[str]:
    letters = frozenset("abcdefghijklmnopqrstuvwxyz")
    return letters | {folded(word) for word in function_words("fr")}


def _tokens(texts: Sequence[str]) -> _Tokens:
    known: dict[str, int] = dict.fromkeys(_BREAKS, -1) | dict.fromkeys(_stop_words(), -2)
    parts, sizes = [], []
    for text in texts:
        found = _WORD.findall(folded(text))
        part = [known.setdefault(word[:_LONGEST], len(known)) for word in found]
        parts.append(np.array(part, dtype=np.int64))
        sizes.append(len(part))
    word = np.concatenate([*parts, np.array([], dtype=np.int64)])
    article = np.repeat(np.arange(len(texts)), sizes)
    sentence = np.cumsum(word == -1)
    kept = word >= 0
    words = sorted(w for w, number in known.items() if number >= 0)
    places = np.zeros(len(known), dtype=np.int64)
    places[[known[w] for w in words]] = np.arange(len(words))
    return _Tokens(words, places[word[kept]], article[kept], sentence[kept])


def _front_coded(words: Sequence[str]) -> Iterator[str]:
    before = ""
    for word in words:
        shared = 0
        for one, other in zip(before, word, strict=False):
            if one != other:
                break
            shared += 1
        yield f"{chr(shared + 64)}{word[shared:]}"
        before = word


def _postings(tokens: _Tokens, size: int) -> tuple[npt.NDArray[np.int64], Coded]:
    word, article = np.divmod(_distinct(tokens.word * size + tokens.article), max(size, 1))
    counts = np.bincount(word, minlength=len(tokens.words))
    widths = np.array([rice_width(size, count) for count in counts.tolist()], dtype=np.int64)
    return counts, rice(_distances(word, article), widths[word], counts)


def _pairs(tokens: _Tokens) -> npt.NDArray[np.int64]:
    """Return article and hash (the lower 32 bits) of the words that stand side by side."""
    beside = (tokens.article[1:] == tokens.article[:-1]) & (
        tokens.sentence[1:] == tokens.sentence[:-1]
    )
    hashes = pair_hash(tokens.word[:-1][beside], tokens.word[1:][beside])
    return _distinct((tokens.article[:-1][beside] << 32) | hashes)


def _coded_pairs(pairs: npt.NDArray[np.int64], size: int, bits: int) -> tuple[list[int], Coded]:
    article, hashes = np.divmod(pairs, 1 << 32)
    counts = np.bincount(article, minlength=size)
    hashes %= (counts << bits)[article]
    article, hashes = np.divmod(np.sort((article << 32) | hashes), 1 << 32)
    widths = np.full(len(article), bits - 1)
    return counts.tolist(), rice(_distances(article, hashes), widths, counts)


def _distinct(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ordered = np.sort(values)
    kept: npt.NDArray[np.int64] = ordered[np.diff(ordered, prepend=-1) != 0]
    return kept


def pair_hash(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return 32 bits for the positions of two words; the page's script mixes them alike."""
    mixed = first.astype(np.uint32) * np.uint32(0x9E3779B1)
    mixed ^= second.astype(np.uint32) * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(13)
    return mixed.astype(np.int64)


def _distances(
    groups: npt.NDArray[np.int64], values: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the distance of each value from the one before it in its group, from 0 at first."""
    distances = np.diff(values, prepend=0)
    starts = np.diff(groups, prepend=-1) != 0
    distances[starts] = values[starts]
    return distances


def rice(
    values: npt.NDArray[np.int64], widths: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> Coded:
    """Code *values* one after another: as many ones as their high part, 0, and the low part.

    *counts* are the sizes of the groups that they are.
    """
    high = values >> widths
    ends = np.cumsum(high + 1 + widths)
    starts = ends - (high + 1 + widths)
    length = int(ends[-1]) if len(ends) else 0
    steps = np.zeros(length + 1, dtype=np.int8)
    np.add.at(steps, starts, 1)
    np.add.at(steps, starts + high, -1)
    bits = np.cumsum(steps, dtype=np.int8)
    for bit in range(int(widths.max(initial=0))):
        those = np.flatnonzero(widths > bit)
        bits[ends[those] - 1 - bit] = (values[those] >> bit) & 1
    text = base64.b64encode(np.packbits(bits.astype(bool)).tobytes()).decode()
    firsts = (np.cumsum(counts) - counts)[::STEP]
    return Coded(text, np.diff(np.append(starts, length)[firsts], prepend=0).tolist())

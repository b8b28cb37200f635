"""What is said of items, in French or English: when, who, why, as plain text and as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.watch.items import Item, Told
    from alescrawl.watch.matching import Sentence

LANGUAGES: Final = ("fr", "en")


class Wording:
    """The words of a *language*, fr or en."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words: dict[str, str] = table("watch_words")[language]

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its *values* put in."""
        return self._words[name].format(**values)

    def moment(self, item: Item) -> str:
        """Return when *item* was published, in Paris."""
        if item.published is None:
            return self("no_date")
        return item.published.strftime(self._words["time" if item.has_time else "date"])

    def source(self, item: Item) -> str:
        """Return where, when and by whom *item* was published, and what hinders reading it."""
        notes = [name for name in ("paid", "reserved", "gone") if getattr(item, f"is_{name}")]
        signed = [f"{self('by')} {', '.join(item.authors)}"] if item.authors else []
        told = [item.publisher, self.moment(item), *signed, *(self(name) for name in notes)]
        return " · ".join(told)

    def counts(self, told: Sequence[Told]) -> str:
        """Return how many items are new, and how many changed."""
        numbers = {n: sum(t.change == n for t in told) for n in ("new", "changed")}
        return ", ".join(
            self(f"{name}_one" if count == 1 else f"{name}_many", count=count)
            for name, count in numbers.items()
            if count
        )


def marked_text(sentence: Sentence) -> str:
    """Return *sentence* with what is meant between asterisks."""
    return "".join(f"**{text}**" if meant else text for text, meant in sentence.pieces)


def marked_html(sentence: Sentence) -> str:
    """Return *sentence* as HTML with what is meant in bold, which feed readers leave as it is."""
    pieces = sentence.pieces
    return "".join(f"<b>{escape(t)}</b>" if meant else escape(t) for t, meant in pieces)


def item_text(told: Told, wording: Wording) -> Iterator[str]:
    """Yield the lines that tell of an item."""
    item, change = told
    note = f" [{wording('changed')}]" if change == "changed" else ""
    yield f"{item.title}{note}"
    yield f"  {wording.source(item)}"
    yield f"  {item.url}"
    for reason in item.reasons:
        yield f"  - {reason.entry.label}"
        yield from (f"      {marked_text(sentence)}" for sentence in reason.sentences)
    for place in item.places:
        yield f"  {wording('also')} {place.publisher} : {place.url}"


def item_html(item: Item, wording: Wording) -> str:
    """Return what is said of *item* below its title, as HTML."""
    reasons = "".join(
        f"<li><em>{escape(reason.entry.label)}</em>"
        + "".join(f"<br>{marked_html(sentence)}" for sentence in reason.sentences)
        + "</li>"
        for reason in item.reasons
    )
    places = ", ".join(
        f'<a href="{escape(place.url)}">{escape(place.publisher)}</a>' for place in item.places
    )
    also = f"<p>{escape(wording('also'))} {places}</p>" if places else ""
    return f"<p>{escape(wording.source(item))}</p><ul>{reasons}</ul>{also}"

"""What there is: the indexes of archives, each of which lists captures of a source in parts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from alescrawl.backfill.warc_files import captures_in, state_of, warcs_at
from alescrawl.crawling.source import domains_of, host_and_port
from alescrawl.dataset.ledger.captures import add_captures, note_read, was_read
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.captures import Capture
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.window import Window

_BATCH: Final = 2_000
"""Captures of an index that are noted in one transaction."""


class Part(NamedTuple):
    """A part of an index: its *name* where it will not change any more, and what it lists."""

    name: str | None
    captures: Callable[[], Iterable[Capture]]


class Index(Protocol):
    """Lists captures; ``counts`` says what was passed over, by name."""

    counts: Counter[str]

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield what it has of *source*, captured within *window*."""


def is_own(source: type[Source], url: str) -> bool:
    """Return whether *url* lies on a host of *source* and may be an article's."""
    try:
        host, _ = host_and_port(url)
    except ValueError:
        return False
    own = tuple(f".{domain}" for domain in domains_of(source))
    is_there = bool(own) and f".{host}".endswith(own)
    return is_there and urlsplit(url).scheme in {"http", "https"} and source.may_be_article(url)


class WarcIndex:
    """The WARCs at *path*: a file or a folder, WACZ packages too; raises :exc:`DatasetError`."""

    def __init__(self, path: str) -> None:
        self._names = warcs_at(path)
        self.counts: Counter[str] = Counter()

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield each WARC."""
        del window  # a WARC is read whole
        for name in self._names:
            yield Part(state_of(name), lambda name=name: self._captures(source, name))  # type: ignore[misc]

    def _captures(self, source: type[Source], name: str) -> Iterator[Capture]:
        archive = Path(name).name
        yield from captures_in(name, archive, lambda url: is_own(source, url), self.counts)


class Planned(NamedTuple):
    """How many captures an index listed, and how many of them were not known."""

    listed: int
    added: int


def plan(ledger: Ledger, source: type[Source], index: Index, window: Window) -> Planned:
    """Note all that *index* lists of *source* as captures to be read.

    A part that will not change is listed once, whatever happens in between.
    """
    listed = added = 0
    # Other patterns: captures may be wanted that were not before.
    facts = f"{source.hosts} {source.former_hosts} {source.article_urls} {source.ignored_urls}"
    facts = fingerprint(f"{facts} {source.former_article_urls}")
    for part in index.parts(source, window):
        name = part.name and f"{part.name} {facts}"
        if name and was_read(ledger, source_name(source), name):
            continue
        batch: list[Capture] = []
        for capture in part.captures():
            if is_own(source, capture.url):
                batch.append(capture)
                listed += 1
            if len(batch) >= _BATCH:
                added += _note(ledger, source, batch)
                batch = []
        added += _note(ledger, source, batch, name)
    return Planned(listed, added)


def _note(
    ledger: Ledger, source: type[Source], batch: list[Capture], part: str | None = None
) -> int:
    with ledger.transaction() as db:
        added = add_captures(db, source_name(source), batch)
        if part:
            note_read(db, source_name(source), part)
    return added


def source_name(source: type[Source]) -> str:
    """Return what *source* is called."""
    return str(getattr(source, "name", ""))

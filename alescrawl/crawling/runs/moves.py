"""Whether the source of a run has moved: what permanent redirects and shared titles tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alescrawl.crawling.runs.followed import Followed, at_host, bare_host
from alescrawl.crawling.runs.open_ledger import LedgerPart, uses_ledger
from alescrawl.crawling.source import Source
from alescrawl.dataset.ledger.moves import (
    Move,
    ask_again,
    known_articles,
    moves_of,
    note_moves,
    probe,
)
from alescrawl.dataset.ledger.pairs import form_of, slug_key, title_key
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrapy.http import Response

    from alescrawl.crawling.runs.open_ledger import Count, LedgerAccess
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.dataset.ledger.moves import Kind, Known
    from alescrawl.items import Article

_PERMANENT: Final = frozenset({301, 308})
_LEAST_SHARED: Final = 2
_LEAST_SHARE: Final = 0.2
"""Of what a list at another place names, that must be known, in articles and as a share."""
_LEAST_ARTICLES: Final = 2
"""Known articles that must lead to themselves before a place is followed."""


def permanent_redirect(response: Response) -> str | None:
    """Return the address that was asked for, where only permanent redirects led to *response*."""
    asked = response.meta.get("redirect_urls") if response.request is not None else None
    if not asked or not set(response.meta.get("redirect_reasons", ())) <= _PERMANENT:
        return None
    return str(asked[0])


@dataclass(slots=True)
class _Suspect:
    """A place that the source may have moved to; *old* is its host of before.

    *same* and *other* are how many known articles led there to themselves, and to something else.
    *waiting* are the addresses that led there; *offers* take up what lists there name.
    """

    old: str
    same: int = 0
    other: int = 0
    waiting: list[str] = field(default_factory=list)
    offers: list[Callable[[], None]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


class RunMoves(LedgerPart):
    """Where the articles of the source lie besides its own hosts.

    A place is *followed* once the source itself leads there and what is known of it is there:
    lists that name known titles, or known articles that lead to themselves. All else there is
    foreign.
    """

    def __init__(self, access: LedgerAccess, count: Count) -> None:
        super().__init__(access, count)
        self.followed = Followed()
        self.has_further = False
        self._source: Source | None = None
        self._name = ""
        self._noted: set[Move] = set()
        self._suspects: dict[str, _Suspect] = {}
        self._left: dict[str, str] = {}
        self._pairs: Counter[tuple[str, bool]] = Counter()

    def begin(self, source: Source, name: str, followed: Followed) -> None:
        """Follow where earlier runs found *source* to have moved, unless its facts say so."""
        self._source, self._name, self.followed = source, name, followed
        for move in moves_of(self._ledger.ledger, name):
            if not self._is_stated(move):
                self._noted.add(move._replace(since=None))
                followed.add(move.new, other_form=move.kind == "path")

    def _is_stated(self, move: Move) -> bool:
        """Whether the facts of the source name where it moved to."""
        return move.new != move.old and move.new in (self._source.domains if self._source else ())

    @uses_ledger
    def weigh_list(
        self, response: Response, entries: Sequence[Listed], offer: Callable[[], None]
    ) -> None:
        """Follow the place of *entries*, of which none is known as an article's, if it is one.

        They are what the list names that *response* is. Known articles are asked for where
        that alone does not tell; *offer* is called once the place is followed.
        """
        if self._source is None or not self._source.domains or not entries:
            return
        place, count = Counter(bare_host(each.url) for each in entries).most_common(1)[0]
        if self.followed.holds(f"https://{place}/") or count * 2 < len(entries):
            return
        known = list(known_articles(self._ledger.ledger, self._name))
        there = [each for each in entries if bare_host(each.url) == place]
        shared = list(_shared(there, known))
        is_known = len(shared) >= max(_LEAST_SHARED, _LEAST_SHARE * len(there))
        asked = permanent_redirect(response)
        is_led = asked is not None and self._is_own(asked) and not self._is_own(response.url)
        if not (is_known or is_led):
            return
        suspect = self._suspect(place)
        suspect.offers.append(offer)
        suspect.pairs += shared
        if is_known and is_led and bare_host(response.url) == place:
            self._follow(place)

    @uses_ledger
    def weigh_article(self, response: Response, url: str, article: Article) -> bool:
        """Return whether the page that the address *url* of the source led to is to be kept.

        *article* is what it shows; the place is followed once enough known ones are themselves.
        """
        asked = permanent_redirect(response)
        if asked is None or self._source is None or not self._is_own(asked):
            return False
        place = bare_host(response.url)
        suspect = self._suspect(place)
        suspect.waiting.append(url)
        known = self._known_at(url)
        if known is not None:
            if title_key(known.title) == title_key(article.title) is not None:
                suspect.same += 1
                suspect.pairs.append((known.url, response.url))
            else:
                suspect.other += 1
        if suspect.same > suspect.other and suspect.same >= _LEAST_ARTICLES:
            self._follow(place)
        return self.followed.holds(response.url)

    def note_answer(self, url: str, response: Response) -> None:
        """Note where the route at *url* answered from, if that is no host of the source."""
        asked = permanent_redirect(response)
        if asked is not None and self._is_own(asked) and not self._is_own(response.url):
            self._left[url] = bare_host(response.url)

    def note_pair(self, old: str, new: str) -> None:
        """Note that the article at *old* lies at *new* now, or still at *old*."""
        if bare_host(old) == bare_host(new):
            self._pairs[bare_host(old), form_of(old) != form_of(new)] += 1

    def earlier_addresses(self, url: str) -> Iterator[str]:
        """Yield the canonical addresses that an article at *url* may have had before a move."""
        if self._source is not None and self.followed.holds(url):
            for host in self._source.domains:
                yield canonical_url(at_host(url, host))

    def left(self) -> dict[str, str]:
        """Return the routes that answered from a foreign host, with that host."""
        return {u: h for u, h in self._left.items() if not self.followed.holds(f"https://{h}/")}

    @uses_ledger
    def conclude(self) -> list[Move]:
        """Record where the source has moved to; return that, as far as its facts do not say it."""
        for (host, has_changed), count in self._pairs.items():
            if has_changed and count >= _LEAST_ARTICLES and count > self._pairs[host, False]:
                self._noted.add(Move(host, host, "path"))
        with self._ledger.ledger.transaction() as db:
            note_moves(db, self._name, self._noted)
        return sorted(self._noted)

    def _suspect(self, place: str) -> _Suspect:
        if place not in self._suspects:
            self._suspects[place] = _Suspect(self._old_host())
            probe(self._ledger.ledger, self._name)
            self.has_further = True
        return self._suspects[place]

    def _follow(self, place: str) -> None:
        if self.followed.holds(f"https://{place}/"):
            return
        suspect, source = self._suspects[place], self._source
        pairs = suspect.pairs[:100]
        has_form = any(form_of(old) != form_of(new) for old, new in pairs)
        is_refused = source is not None and not any(self._fits(new) for _, new in pairs)
        old = bare_host(pairs[0][0]) if pairs else suspect.old
        kind: Kind = "path" if has_form or is_refused else "host"
        self._noted.add(Move(old, place, kind))
        self.followed.add(place, other_form=kind == "path")
        self.count("move/noticed")
        ask_again(self._ledger.ledger, self._name, suspect.waiting)
        for offer in suspect.offers:
            offer()
        self.has_further = True

    def _fits(self, url: str) -> bool:
        """Whether an address has the form that the facts of the source tell of, on its own host."""
        source = self._source
        if source is None:
            return False
        hosts = [f"{www}{host}" for host in source.domains for www in ("", "www.")]
        return any(Source.is_article_url(source, at_host(url, host)) for host in hosts)

    def _known_at(self, url: str) -> Known | None:
        return next(known_articles(self._ledger.ledger, self._name, url), None)

    def _old_host(self) -> str:
        return self._source.domains[0] if self._source and self._source.domains else ""

    def _is_own(self, url: str) -> bool:
        """Whether *url* lies on a host that the facts of the source name."""
        return self._source is None or Source.is_own_host(self._source, url)


def _shared(entries: Sequence[Listed], known: Sequence[Known]) -> Iterator[tuple[str, str]]:
    """Yield the address of before, and that of now, of each of *entries* that is known."""
    titles = {title_key(each.title): each.url for each in known}
    slugs = {slug_key(each.url): each.url for each in known}
    for entry in entries:
        title, slug = title_key(entry.title), slug_key(entry.url)
        old = (titles.get(title) if title else None) or (slugs.get(slug) if slug else None)
        if old is not None:
            yield old, entry.url

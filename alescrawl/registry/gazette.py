"""`scrapy registry events`: the notices of linked companies and of the department, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.registry.notices import Notice, UnreadableNoticeError, read_notice
from alescrawl.registry.terms import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.registry.polite import Interface
    from alescrawl.registry.store import Span, Store

_TOGETHER: Final = 20
"""Companies that one query asks for: an address has its limits."""
_PER_PAGE: Final = 100
_DEEPEST: Final = 10_000
"""The interface gives no row beyond that one."""
_AGAIN: Final = timedelta(days=30)
"""What was published so lately is asked for again: notices come late, and are revised."""
_DEPARTMENT: Final = "department {}"
_COMPANY: Final = "siren {}"
_MOST_UNREAD: Final = 0.5
_ORDER: Final = "dateparution, id"


class Fetched(NamedTuple):
    """How asking went."""

    companies: int
    notices: int
    """Of those that came, those that are kept."""
    unread: int
    """Records of an unknown form, which are left out."""
    requests: int
    stopped: str
    """Why it stopped before the end, empty where it did not."""


@dataclass
class Gazette:
    """The notices of *sirens* and of *department*, asked for since they were last."""

    interface: Interface
    store: Store
    sirens: Sequence[str]
    department: str
    today: date
    kept: int = 0
    unread: int = 0

    def fetch(self, since: date | None = None) -> Fetched:
        """Fetch what is new, or was published from *since* on.

        The first time all since 2008 of companies, of the department since last year began.
        Each page is kept at once. Where no answer is to be had any more it is told, and the next
        time goes on.
        """
        stopped = ""
        try:
            self._fetch_companies(since)
            self._fetch_department(since)
        except DatasetError as error:
            stopped = str(error)
        return Fetched(len(self.sirens), self.kept, self.unread, self.interface.requests, stopped)

    def _fetch_companies(self, since: date | None) -> None:
        first = since or facts()["bodacc"]["first"]
        spans = self.store.spans(map(_COMPANY.format, self.sirens))
        by_day: dict[date, list[str]] = {}
        for siren in self.sirens:
            day = _from(spans.get(_COMPANY.format(siren)), first, since)
            by_day.setdefault(day, []).append(siren)
        for day, sirens in sorted(by_day.items()):
            for begin in range(0, len(sirens), _TOGETHER):
                together = sirens[begin : begin + _TOGETHER]
                self._walk(" or ".join(map(_register, together)), day)
                self.store.put_spans(map(_COMPANY.format, together), day, self.today)

    def _fetch_department(self, since: date | None) -> None:
        query = _DEPARTMENT.format(self.department)
        first = since or date(self.today.year - 1, 1, 1)
        day = _from(self.store.spans([query]).get(query), first, since)
        self._walk(f'numerodepartement = "{self.department}"', day)
        self.store.put_spans([query], day, self.today)

    def _walk(self, chosen: str, since: date) -> None:
        """Read all notices that are *chosen*, the oldest first, page by page."""
        offset = 0
        while True:
            where = f"({chosen}) and dateparution >= date'{since.isoformat()}'"
            found = self._page(where, offset)
            results, total = found["results"], int(found["total_count"])
            notices = list(self._read(results))
            self._keep(notices)
            offset += len(results)
            if offset >= total:
                return
            if not results:
                raise DatasetError(
                    f"{self.interface.address} told of {total} notices and gave {offset}: run it "
                    "again later; what came until now is kept"
                )
            if offset + _PER_PAGE > _DEEPEST:
                since, offset = _later(notices, since), 0

    def _page(self, where: str, offset: int) -> dict[str, Any]:
        query: dict[str, str | int] = {
            "where": where,
            "order_by": _ORDER,
            "limit": _PER_PAGE,
            "offset": offset,
        }
        found = self.interface.get("/records", query)
        if not isinstance(found.get("results"), list) or "total_count" not in found:
            raise DatasetError(
                f"{self.interface.address} answers in another form (no results): upgrade alescrawl"
            )
        return found

    def _read(self, records: list[Any]) -> Iterator[Notice]:
        unread = 0
        for record in records:
            try:
                yield read_notice(record if isinstance(record, dict) else {})
            except UnreadableNoticeError:
                unread += 1
        self.unread += unread
        if unread > _MOST_UNREAD * max(len(records), 1):
            raise DatasetError(
                f"{self.interface.address}: {unread} of {len(records)} notices have another form "
                "than they had: upgrade alescrawl"
            )

    def _keep(self, notices: Iterable[Notice]) -> None:
        """Keep those of companies, and of persons' businesses only what is linked."""
        wanted = set(self.sirens)
        chosen = [n for n in notices if n.replaces or _is_kept(n, wanted)]
        kept = [(n.id, n.published, _without_persons(n, wanted).packed()) for n in chosen]
        self.store.put_notices(kept)
        self.kept += len(kept)


def _from(known: Span | None, first: date, since: date | None) -> date:
    """Return from which day to ask: all since *first*, then what is new, and no gap between."""
    if known is None or first < known.since:
        return first
    again = max(known.until - _AGAIN, known.since)
    return min(again, since) if since else again


def _register(siren: str) -> str:
    """Return the condition that a notice is of *siren*, which the gazette writes in two ways."""
    spaced = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    return f'registre = "{siren}" or registre = "{spaced}"'


def _is_kept(notice: Notice, wanted: set[str]) -> bool:
    return any(not party.is_person or party.siren in wanted for party in notice.parties)


def _without_persons(notice: Notice, wanted: set[str]) -> Notice:
    kept = [party for party in notice.parties if not party.is_person or party.siren in wanted]
    return Notice.unpacked(notice.packed() | {"parties": [vars(party) for party in kept]})


def _later(notices: Sequence[Notice], since: date) -> date:
    """Return the day to go on from where the interface gives no deeper page."""
    last = date.fromisoformat(notices[-1].published) if notices else since
    if last <= since:
        raise DatasetError(f"more than {_DEEPEST} notices of one day: use --since with a later day")
    return last

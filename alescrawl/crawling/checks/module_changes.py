"""The lines to change in the module of a source that has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.routes.address_patterns import article_patterns
from alescrawl.crawling.runs.followed import at_host, bare_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.moves import Move


def module_changes(
    source: Source | type[Source], moves: Sequence[Move], addresses: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield what to change in the module of *source*, as *moves* and its *addresses* there say.

    Nothing where its facts say already where it moved to.
    """
    own = [host.removeprefix("www.") for host in (*source.hosts, *source.former_hosts)]
    moves = [each for each in moves if each.new not in own or each.old == each.new]
    new = list(dict.fromkeys(each.new for each in moves if each.new != each.old))
    forms = list(_forms(moves, addresses))
    if not new and not forms:
        return
    yield f"{_name(source)} has moved: {'; '.join(map(str, moves))}. In its module:"
    if new:
        former = dict.fromkeys((*own, *source.former_hosts))
        yield f"    hosts = {_tuple(new)}"
        yield f"    former_hosts = {_tuple(list(former))}"
        yield from (f"    # {line}" for line in _routes(source, own, new[0]))
        # Of one that split into several, no address says by itself where it lies now.
        for host in own if len(new) == 1 else ():
            yield f'    # in data/addresses.toml, [present_hosts]: "{host}" = "{new[0]}"'
    for pattern in forms:
        yield f'    article_urls = (..., r"{pattern}")'


def _forms(moves: Sequence[Move], addresses: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for move in moves:
        if move.kind == "path":
            yield from article_patterns(addresses.get(move.new, ()), ())


def _routes(source: Source | type[Source], own: Sequence[str], new: str) -> Iterator[str]:
    for route in source.routes:
        if bare_host(route.url) in own:
            yield f"{route.url} may be {at_host(route.url, new)}: try it"


def _name(source: Source | type[Source]) -> str:
    return str(getattr(source, "name", "the source"))


def _tuple(hosts: Sequence[str]) -> str:
    return f"({', '.join(f'{host!r}' for host in hosts)},)".replace("'", '"')

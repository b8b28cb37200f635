"""What a back-fill came to, and what one would be, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.crawling.runs.summary import in_words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterator, Sequence

    from alescrawl.dataset.ledger.captures import YearCount

_BYTES: Final = 12_000
"""Of a page as WARCs hold it, where an index does not say."""
_SECONDS: Final = 0.05
"""To read one, on one processor."""
_MINUTE: Final = 60


def estimate_lines(source: str, years: Sequence[YearCount], pace: float) -> Iterator[str]:
    """Yield what a back-fill of *source* would be: by year, then all of it."""
    if not years:
        yield f"{source}: nothing that is not read already"
        return
    for each in years:
        yield (
            f"{source} {each.year}: {each.captures} captures, {each.states} of other content, "
            f"of {each.addresses} addresses"
        )
    states = sum(each.states for each in years)
    size = sum(each.bytes or each.states * _BYTES for each in years)
    minutes = states * (pace + _SECONDS) / _MINUTE
    yield (
        f"{source}: at most {sum(each.addresses for each in years)} articles, {states} requests, "
        f"{size / 1e6:.1f} MB, {minutes:.0f} minutes"
    )


def summary_lines(
    source: str, counts: Counter[str], left: int, unknown: Collection[str]
) -> Iterator[str]:
    """Yield what was read, by what it came to, and what is left for another run."""
    new, changed = counts["article/new"], counts["article/changed"]
    yield (
        f"{source}: {counts['requested']} captures read, {new} articles that no crawl has, "
        f"{changed} revisions, {counts['article/unchanged']} as before"
    )
    for name, count in sorted(counts.items()):
        kind, _, reason = name.removeprefix("capture/").partition("/")
        if name.startswith("capture/") and reason and kind not in {"article", "unchanged"}:
            yield f"  {count} {kind.replace('_', ' ')}: {in_words(reason)}"
    for reason in ("behind_wall", "other_page", "reserved_today", "reserved_then", "duplicate"):
        if count := counts[f"capture/article/{reason}"]:
            yield f"  {count} left out: {in_words(reason)}"
    if left:
        where = f": {', '.join(sorted(unknown))} does not say what it allows" if unknown else ""
        yield f"  {left} left for another run{where}"

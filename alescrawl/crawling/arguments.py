"""The arguments of a spider: what `-a NAME=VALUE` may say, checked before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import TYPE_CHECKING

from alescrawl.dataset.ledger.window import Window
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class ArgumentError(ValueError):
    """An argument is unknown or malformed; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles a run is about: published in a period, at most so many, all again.

    With *estimate* no article is asked for: it is only said how many would be.
    """

    window: Window = field(default_factory=Window)
    limit: int | None = None
    full: bool = False
    estimate: bool = False


LIMIT_NAMES = ("since", "until", "limit", "full", "estimate")


def read_limits(arguments: Mapping[str, str]) -> Limits:
    """Return the limits that *arguments* set; raise :exc:`ArgumentError`."""
    since, until = (_moment(name, arguments.get(name)) for name in ("since", "until"))
    if since and until and since >= until:
        raise ArgumentError(
            f"since={arguments['since']} must lie before until={arguments['until']}"
        )
    if since and since > datetime.now(UTC):
        raise ArgumentError(f"since={arguments['since']} lies in the future: name a day that was")
    return Limits(
        Window(since, until),
        _count("limit", arguments.get("limit")),
        _switch("full", arguments.get("full")),
        _switch("estimate", arguments.get("estimate")),
    )


def perhaps(written: str, known: Iterable[str]) -> str:
    """Return « , perhaps X » where one of the *known* words is nearly what is *written*."""
    found = get_close_matches(written, list(known), n=1)
    return "".join(f", perhaps {each}" for each in found)


def no_source(name: str, known: Iterable[str]) -> str:
    """Return what is said of the *name* of no source."""
    return f"there is no source {name}{perhaps(name, known)}; `scrapy list` shows them"


def refuse_unknown(arguments: Mapping[str, str], known: Collection[str]) -> None:
    """Raise :exc:`ArgumentError` where *arguments* holds a name that is not *known*.

    Names with an underscore before them are what a scheduler tells a spider: Scrapyd's ``_job``.
    """
    named = {name for name in arguments if not name.startswith("_")}
    if unknown := sorted(named - set(known)):
        meant = perhaps(unknown[0], known)
        raise ArgumentError(f"unknown argument {unknown[0]}{meant}; there are: {', '.join(known)}")


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(tzinfo=PARIS))
    except ValueError:
        raise ArgumentError(f"{name}={text} is not a date such as {name}=2026-01-31") from None


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentError(f"{name}={text} is not a number such as {name}=100")
    return int(text)


def _switch(name: str, text: str | None) -> bool:
    if text not in {None, "0", "1"}:
        raise ArgumentError(f"{name}={text} is neither {name}=1 nor {name}=0")
    return text == "1"

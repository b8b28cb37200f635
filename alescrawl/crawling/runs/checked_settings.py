"""Settings that are checked before a crawl begins: plain ones, and those of the archive."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.archive.retention import Keep

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


_ABOVE_ZERO: Final = frozenset(
    {
        "ALESCRAWL_ALERT_TIMEOUT",
        "ALESCRAWL_LONGEST_READING",
        "ALESCRAWL_PATIENCE",
        "CONCURRENT_ITEMS",
        "CONCURRENT_REQUESTS",
        "CONCURRENT_REQUESTS_PER_DOMAIN",
        "DOWNLOAD_TIMEOUT",
    }
)


_OWN: Final = "ALESCRAWL_"


def check_plain_settings(settings: BaseSettings) -> None:
    """Raise :exc:`ArgumentError` where one of *settings* is unknown here, or of no use.

    What kind of value each takes is what :mod:`alescrawl.settings` has for it.
    """
    defaults = _defaults()
    for name in map(str, settings):
        if _is_own(name) and name not in defaults:
            meant = get_close_matches(name, filter(_is_own, defaults), n=1, cutoff=0.8)
            perhaps = f", perhaps {meant[0]}" if meant else ""
            raise ArgumentError(f"there is no setting {name}{perhaps}: see docs/settings.md")
    for name, default in defaults.items():
        if isinstance(default, bool):
            _check_switch(settings, name)
        elif isinstance(default, int | float):
            _check_number(settings, name, default)


def _is_own(name: str) -> bool:
    return name.startswith(_OWN)


def _defaults() -> dict[str, Any]:
    """Return the settings of the project, which read the environment when they are imported."""
    settings = import_module("alescrawl.settings")
    return {name: value for name, value in vars(settings).items() if name.isupper()}


def _check_switch(settings: BaseSettings, name: str) -> None:
    try:
        settings.getbool(name)
    except ValueError:
        value = settings.get(name)
        raise ArgumentError(f"{name}: {value!r} cannot be used; expected is 1 or 0") from None


def _check_number(settings: BaseSettings, name: str, default: float) -> None:
    value = settings.get(name, default)
    is_whole = isinstance(default, int)
    is_above = name in _ABOVE_ZERO
    try:
        number = int(value) if is_whole else float(value)
    except (TypeError, ValueError):
        number = -1
    if not (number > 0 if is_above else number >= 0) or number == float("inf"):
        kind = "a whole number" if is_whole else "a number"
        least = "above 0" if is_above else "of 0 or more"
        raise ArgumentError(
            f"{name}: {value!r} cannot be used; expected is {kind} {least}, such as {default}"
        )


ARCHIVES = "ALESCRAWL_RAW"


MONTHS = "ALESCRAWL_RAW_MONTHS"


MEGABYTES = "ALESCRAWL_RAW_MEGABYTES"


def raw_limits(settings: BaseSettings) -> Keep | None:
    """Return how much is kept, ``None`` where no page is; raise :exc:`ArgumentError`."""
    try:
        archives = settings.getbool(ARCHIVES)
    except ValueError:
        raise ArgumentError(f"{ARCHIVES} cannot be used; expected is 1 or 0") from None
    keep = Keep(_count(settings, MONTHS), _count(settings, MEGABYTES))
    return keep if archives else None


def _count(settings: BaseSettings, name: str) -> int:
    value = str(settings.get(name))
    if not (value.isascii() and value.isdigit()):
        raise ArgumentError(
            f"{name}: {value!r} cannot be used; expected is a whole number, 0 for no limit"
        )
    return int(value)

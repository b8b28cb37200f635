"""Settings that are a number or a switch, checked before anything runs, and their names."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from alescrawl import settings as project
from alescrawl.crawling.arguments import ArgumentError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_ABOVE_ZERO: Final = frozenset(
    {
        "ALESCRAWL_ALERT_TIMEOUT",
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
    defaults = {name: value for name, value in vars(project).items() if name.isupper()}
    for name in settings:
        if str(name).startswith(_OWN) and name not in defaults:
            raise ArgumentError(
                f"there is no setting {name}{_meant(str(name))}: see docs/settings.md"
            )
    for name, default in defaults.items():
        if isinstance(default, bool):
            _check_switch(settings, name)
        elif isinstance(default, int | float):
            _check_number(settings, name, is_whole=isinstance(default, int))


def _meant(name: str) -> str:
    own = [each for each in vars(project) if each.startswith(_OWN)]
    close = get_close_matches(name, own, n=1, cutoff=0.8)
    return f", perhaps {close[0]}" if close else ""


def _check_switch(settings: BaseSettings, name: str) -> None:
    try:
        settings.getbool(name)
    except ValueError:
        value = settings.get(name)
        raise ArgumentError(f"{name}: {value!r} cannot be used; expected is 1 or 0") from None


def _check_number(settings: BaseSettings, name: str, *, is_whole: bool) -> None:
    value = settings.get(name, getattr(project, name))
    is_above = name in _ABOVE_ZERO
    try:
        number = int(value) if is_whole else float(value)
    except (TypeError, ValueError):
        number = -1
    if not (number > 0 if is_above else number >= 0) or number == float("inf"):
        kind = "a whole number" if is_whole else "a number"
        least = "above 0" if is_above else "of 0 or more"
        example = getattr(project, name)
        raise ArgumentError(
            f"{name}: {value!r} cannot be used; expected is {kind} {least}, such as {example}"
        )

"""What is wrong with this machine for a crawl: Python, clock, limits, settings, network."""

from __future__ import annotations

import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from alescrawl import __version__
from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.health.checkup import Finding
from alescrawl.dataset.health.source_status import source_statuses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrapy.settings import BaseSettings

    from alescrawl.dataset.folder import Folder

_LEAST_PYTHON: Final = (3, 11)
_LEAST_FILES: Final = 512
_SKEW: Final = timedelta(minutes=5)
_SECONDS: Final = 10.0
ASKED: Final = 3
"""Hosts of which robots.txt is asked for, to see whether there is a network."""


def check_python() -> Iterator[Finding]:
    """Yield what is found of Python and of the packages that alescrawl needs."""
    versions = f"Python {sys.version.split()[0]}, alescrawl {__version__}"
    if sys.version_info < _LEAST_PYTHON:
        yield Finding("python", "wrong", versions, "install Python 3.11 or newer")
    else:
        yield Finding("python", "ok", versions)
    if lacking := list(_lacking()):
        yield Finding(
            "packages", "wrong", "; ".join(lacking), "`pip install --upgrade` them, or `make clean`"
        )
    else:
        yield Finding("packages", "ok", f"scrapy {version('scrapy')}, pyarrow {version('pyarrow')}")


def _lacking() -> Iterator[str]:
    try:
        wanted = [Requirement(each) for each in requires("alescrawl") or ()]
    except PackageNotFoundError:
        return
    for each in wanted:
        if each.marker is not None and not each.marker.evaluate({"extra": ""}):
            continue
        try:
            if not each.specifier.contains(found := version(each.name), prereleases=True):
                yield f"{each.name} is {found}, needed is {each.specifier}"
        except PackageNotFoundError:
            yield f"{each.name} is not installed"


def check_machine(folder: Folder) -> Iterator[Finding]:
    """Yield what is found of the clock and of the limits of a process."""
    yield _clock(folder)
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files < _LEAST_FILES:
        yield Finding(
            "open files", "warning", f"a process may open {files}", "raise it: `ulimit -n 1024`"
        )
    else:
        yield Finding("open files", "ok", f"a process may open {files}")


def _clock(folder: Folder) -> Finding:
    now = _now()
    try:
        ZoneInfo("Europe/Paris")
        found = source_statuses(folder, with_files=False)
        runs = [moment for each in found if (moment := each.later_than_now or each.last_run)]
    except ZoneInfoNotFoundError:
        return Finding("clock", "wrong", "Europe/Paris is unknown here", "`pip install tzdata`")
    except DatasetError:
        runs = []
    if runs and (last := max(runs)) > now + _SKEW:
        return Finding(
            "clock",
            "wrong",
            f"it is {now:%Y-%m-%d %H:%M} UTC, but the last run began at {last:%Y-%m-%d %H:%M}",
            "set the clock (timedatectl set-ntp true)",
        )
    return Finding("clock", "ok", f"it is {now:%Y-%m-%d %H:%M} UTC")


def check_settings_of(settings: BaseSettings, check: Callable[[BaseSettings], None]) -> Finding:
    """Return what *check* says of the settings."""
    try:
        check(settings)
    except (ArgumentError, DatasetError) as error:
        return Finding("settings", "wrong", str(error), "correct it in settings.py or with -s")
    if not settings["ALESCRAWL_CONTACT"]:
        return Finding(
            "settings",
            "warning",
            "no contact is set, so that no publisher can reach you",
            "-s ALESCRAWL_CONTACT=you@example.org, or the environment variable",
        )
    return Finding("settings", "ok", f"contact {settings['ALESCRAWL_CONTACT']}")


def check_network(origins: Sequence[str], agent: str) -> Iterator[Finding]:
    """Yield whether some of *origins* (scheme and host) answer, and whether the clock is theirs.

    Each is asked once, for its robots.txt; any HTTP status is an answer.
    """
    if not origins:
        yield Finding("network", "warning", "no source has an address to ask", "name a source")
        return
    with ThreadPoolExecutor(len(origins)) as pool:
        answers = dict(zip(origins, pool.map(lambda o: _ask(o, agent), origins), strict=True))
    reached = {o: moment for o, moment in answers.items() if not isinstance(moment, str)}
    if not reached:
        why = "; ".join(f"{origin}: {answer}" for origin, answer in answers.items())
        yield Finding(
            "network",
            "wrong",
            f"none of {len(origins)} hosts answers ({why})",
            "look at the connection, DNS and proxy (https_proxy); a crawl would end as broken",
        )
        return
    lost = [origin for origin in origins if origin not in reached]
    answering = f"{len(reached)} of {len(origins)} hosts answer"
    if lost:
        yield Finding(
            "network", "warning", f"{answering}, not {lost[0]}: {answers[lost[0]]}", "later"
        )
    else:
        yield Finding("network", "ok", answering)
    yield from _skew([moment for moment in reached.values() if isinstance(moment, datetime)])


def _now() -> datetime:
    return datetime.now(UTC)


def _ask(origin: str, agent: str) -> datetime | str | None:
    """Return the time that *origin* says it is, or why it does not answer."""
    request = Request(f"{origin}/robots.txt", headers={"User-Agent": agent})  # noqa: S310 - http(s)
    try:
        with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 - as above
            date = response.headers["Date"]
    except HTTPError as error:
        date = error.headers["Date"]
    except (URLError, OSError, ValueError) as error:
        return str(getattr(error, "reason", None) or error)
    try:
        return parsedate_to_datetime(date).astimezone(UTC) if date else None
    except ValueError:
        return None


def _skew(moments: Sequence[datetime]) -> Iterator[Finding]:
    now = _now()
    if moments and all(abs(now - moment) > _SKEW for moment in moments):
        ahead = now - moments[0]
        yield Finding(
            "clock",
            "wrong",
            f"this machine says {now:%Y-%m-%d %H:%M} UTC, its hosts say "
            f"{moments[0]:%Y-%m-%d %H:%M} ({ahead.total_seconds() / 60:+.0f} minutes)",
            "set the clock (timedatectl set-ntp true)",
        )

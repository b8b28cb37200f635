"""`scrapy doctor`: looks at this machine, the settings and the output folder; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.spiderloader import get_spider_loader

from alescrawl.command import ProjectCommand
from alescrawl.commands.crawl import check_settings
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from rich.text import Text
    from scrapy.settings import Settings

    from alescrawl.dataset.health.checkup import Finding

_STYLES = {"ok": "green", "warning": "yellow", "wrong": "bold red"}


class Command(ProjectCommand):
    """Prints a line for each thing that was looked at, and what to do where it is not well."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Check this machine, the settings and the output folder, and say what to do"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return "The exit code is 1 where something must be done before a crawl can work."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --offline."""
        super().add_options(parser)
        parser.add_argument("--offline", action="store_true", help="ask no host for anything")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, print, set the exit code."""
        from rich.console import Console

        del args
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        console = Console(highlight=False, soft_wrap=True)
        for finding in _findings(self.settings, offline=opts.offline):
            if finding.state == "wrong":
                self.exitcode = 1
            console.print(_line(finding))
            if finding.remedy:
                console.print(f"        → {finding.remedy}")


def _line(finding: Finding) -> Text:
    from rich.text import Text

    state = (f"{finding.state:<8}", _STYLES[finding.state])
    return Text.assemble(state, f"{finding.name}: {finding.text}")


def _findings(settings: Settings, *, offline: bool) -> Iterator[Finding]:
    from alescrawl.crawling.checks import machine as checkup
    from alescrawl.crawling.hosts.user_agent import Identity
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.health.checkup import Finding, check_folder

    try:
        folder = Folder.from_settings(settings)
    except DatasetError as error:
        yield Finding("output folder", "wrong", str(error), "set ALESCRAWL_OUTPUT")
        return
    yield from checkup.check_python()
    yield checkup.check_settings_of(settings, check_settings)
    yield from checkup.check_machine(folder)
    yield from check_folder(folder)
    if offline:
        yield Finding("network", "ok", "not looked at (--offline)")
        return
    Identity().update_settings(settings)
    origins = _origins(settings)[: checkup.ASKED]
    yield from checkup.check_network(origins, settings["USER_AGENT"])


def _origins(settings: Settings) -> list[str]:
    """Return the scheme and host of each source's first route, each once."""
    from alescrawl.crawling.discovery.spider import NewsSpider

    loader = get_spider_loader(settings)
    spiders = [loader.load(name) for name in loader.list()]
    routes = [s.routes[0].url for s in spiders if issubclass(s, NewsSpider) and s.routes]
    return list(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in routes))

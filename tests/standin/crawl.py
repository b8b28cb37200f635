"""Crawls sources in one process, several at once: `python -m standin.crawl OUTPUT NAME…`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from alescrawl.crawling.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

AT_ONCE = 8
"""Sources crawled at the same time. Of all at once many end together, and while one of them
publishes, Scrapy's patience with the closing connections of the others runs out."""

SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 0,
    # The stand-in's certificate is of its own making.
    "DOWNLOAD_VERIFY_CERTIFICATES": False,
}


def main(output: str, names: list[str]) -> None:
    """Crawl the sources *names* into *output* and print what each counted, as JSON."""
    settings = get_project_settings()
    settings.setdict({**SETTINGS, "ALESCRAWL_OUTPUT": output}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawlers = [process.create_crawler(name) for name in names]
    waiting = iter(crawlers)
    for _ in range(AT_ONCE):
        _begin_next(process, waiting)
    process.start()
    found = {each.spidercls.name: _result(each.get_extension(Run)) for each in crawlers}
    json.dump(found, sys.stdout)


def _begin_next(process: AsyncCrawlerProcess, waiting: Iterator[Crawler]) -> None:
    crawler = next(waiting, None)
    if crawler is not None:
        task = process.crawl(crawler, since="2000-01-01")
        task.add_done_callback(lambda _: _begin_next(process, waiting))


def _result(run: Run | None) -> dict[str, object]:
    assert run is not None
    return {"reason": run.finish_reason, "error": run.error, "counts": run.counts}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""The pages that the tests of back-fills are about, and the command that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captures import HOST
from loopback import page
from scrapy_command import FAST

import alescrawl

if TYPE_CHECKING:
    import subprocess

    import pandas as pd
    from scrapy_command import Scrapy

SETTINGS = (*FAST, "SPIDER_MODULES=sources.captured", "ALESCRAWL_ARCHIVE_DELAY=0")
A = f"http://{HOST}/2015/03/une-halle-ouvre"
TWIN = f"https://{HOST}/2015/03/une-halle-ouvre"


def text(words: str) -> str:
    return f"{words} à Alès, dit le conseil municipal inventé de la ville, dans le Gard."


def shown(title: str, words: str, day: str = "2015-03-02") -> str:
    return page(title, text(words), published=f"{day}T08:00:00+01:00")


FIRST = shown("Une halle ouvre", "La halle ouvre avec douze étals")
SECOND = shown("Une halle ouvre", "La halle a ouvert avec quinze étals et un café")
THIRD = shown("Une halle ouvre", "La halle, ouverte, compte vingt étals et deux cafés neufs")


def fill(
    scrapy: Scrapy, archive: str, *words: str, more: tuple[str, ...] = ()
) -> subprocess.CompletedProcess:
    settings = (*SETTINGS, *more)
    return scrapy.run("backfill", "captured", "--from", archive, *words, settings=settings)


def rows(scrapy: Scrapy) -> pd.DataFrame:
    return alescrawl.load_articles(scrapy.output).sort_values("url", ignore_index=True)

"""Several sources for tests: the variable ROOTS says where each is, as `name=address …`."""

from __future__ import annotations

import os

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Sitemap


def _source(name, root):
    facts = {
        "name": name,
        "publisher": f"Le Journal {name}",
        "kind": "press" if name < "m" else "blog",
        "verified": "2026-11-26",
        "routes": (Sitemap(f"{root}/sitemap.xml"),),
        "hosts": (root.split("/")[2].partition(":")[0],),
        "everything": True,
    }
    return type(name.title(), (NewsSpider,), {**facts, "__module__": __name__})


for _pair in os.environ.get("ROOTS", "").split():
    _name, _, _root = _pair.partition("=")
    globals()[_name.title()] = _source(_name, _root)

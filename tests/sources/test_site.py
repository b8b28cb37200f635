"""`scrapy crawl site`: every article of a site and nothing else, and a module to go on with."""

import pytest
from invented_sites import SYSTEMS

import alescrawl

SINCE = ("-a", "since=2000-01-01")


def _crawl(scrapy, site, *arguments):
    return scrapy.run("crawl", "site", "-a", f"url={site.url}/", *SINCE, *arguments)


def _articles(folder):
    return alescrawl.load_articles(folder).sort_values("url").reset_index(drop=True)


def _module(output):
    """Return the module that a crawl printed."""
    begin = output.index("# Save this as")
    return output[begin:]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_article_and_nothing_else_and_the_module_finds_the_same(
    scrapy, site, system, tmp_path
):
    published = SYSTEMS[system](site)
    done = _crawl(scrapy, site)
    assert (done.returncode, done.stderr) == (0, "")
    found = _articles(scrapy.output)
    assert sorted(found.title) == sorted(published)
    package = tmp_path / "saved"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text(_module(done.stdout), "utf-8")
    (source,) = set(found.source)
    settings = ("DOWNLOAD_DELAY=0", "SPIDER_MODULES=saved")
    scrapy.path, scrapy.output = tmp_path, tmp_path / "again"
    again = scrapy.run("crawl", source, *SINCE, settings=settings)
    assert (again.returncode, again.stderr) == (0, "")
    columns = ["article_id", "url", "source", "publisher", "title", "text"]
    assert _articles(scrapy.output)[columns].equals(found[columns])

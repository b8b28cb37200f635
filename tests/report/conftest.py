"""Fixtures: a browser, a report with something new, and that report in the browser."""

import invented_dataset as invented
import pytest
from opened_report import CHROMIUM, Opened

from alescrawl.report.writing import write_report

HARMFUL = "</script><img src=x onerror=\"document.title='harmed'\"><script>document.title='harmed'"


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A report that follows another one, so that it has something new, and its articles."""
    output = tmp_path_factory.mktemp("report") / "output"
    articles = invented.write(output, articles=1500, sources=14, months=20)
    of_first = [article for article in articles if article.source == "source00"]
    invented.put_articles(output, "source00", of_first[40:])
    write_report(output)
    of_first[0].title = HARMFUL
    of_first[0].lead = HARMFUL
    invented.put_articles(output, "source00", of_first)
    return write_report(output), articles


@pytest.fixture
def opened(browser, dataset):
    opened = Opened(browser, dataset[0].path)
    yield opened
    opened.context.close()

"""`scrapy report`: the page is there, and what is in the way is told in one line."""

import sys

import invented_dataset as invented
import pytest

from alescrawl.dataset.errors import DatasetError
from alescrawl.report.charting import charting_script
from alescrawl.report.writing import write_report


def test_the_report_lies_in_the_output_folder(scrapy):
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    invented.write(scrapy.output, articles=30, sources=2, months=3)
    done = scrapy.run("report", "--language", "fr")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{scrapy.output}/report.html: 30 articles\n"
    page = (scrapy.output / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert 'data-language="fr"' in page
    assert [path.name for path in scrapy.output.glob(".report.html.*")] == []


def test_an_unknown_language_is_told_in_one_line(scrapy):
    invented.write(scrapy.output, articles=3, sources=1, months=1)
    done = scrapy.run("report", settings=("ALESCRAWL_REPORT_LANGUAGE=de",))
    assert done.returncode == 1
    assert done.stderr == "scrapy report: there is no report in 'de': fr and en are known\n"


def test_a_missing_package_is_told_with_its_remedy(tmp_path, monkeypatch):
    invented.write(tmp_path, articles=3, sources=1, months=1)
    charting_script.cache_clear()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(DatasetError, match=r"pip install 'alescrawl\[report\]'"):
        write_report(tmp_path)
    assert not (tmp_path / "report.html").exists()

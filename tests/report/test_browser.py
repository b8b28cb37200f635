"""The report in a real browser: every chart draws, in both themes and languages, on a phone too."""

import re
import shutil
from pathlib import Path

import invented_dataset as invented
import pytest
from opened_report import CHARTS, Opened

from alescrawl.report.writing import write_report

SCREENSHOTS = Path(__file__).parents[2] / "build" / "report"
SECTIONS = (
    *("fresh", "overview", "names", "network", "map", "jobs", "gazette", "topics", "health"),
    *("gaps", "articles"),
)
FITS = """id => {
  const chart = document.getElementById(id);
  const drawn = Number(chart.querySelector('svg').getAttribute('width'));
  return drawn > chart.clientWidth * 0.8 && drawn <= chart.clientWidth + 2;
}"""

LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark", "locale": "en-GB"},
    "phone": {"color_scheme": "light", "width": 390},
    "phone-dark": {"color_scheme": "dark", "width": 390},
}


@pytest.mark.long
@pytest.mark.parametrize("name", LOOKS)
def test_every_chart_draws_without_an_error_or_a_request(browser, dataset, name):
    path = dataset[0].path
    opened = Opened(browser, path, **LOOKS[name])
    opened.draw()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.page.evaluate("scrollTo(0, 0)")
    opened.page.screenshot(path=SCREENSHOTS / f"{name}.png")
    for section in SECTIONS:
        target = opened.page.locator(f"#{section}")
        clip = {"timeout": 10_000, "path": SCREENSHOTS / f"{name}-{section}.png"}
        target.screenshot(**clip)
    assert opened.messages == []
    assert opened.requests == [path.as_uri()]
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.context.close()


def test_charts_are_drawn_only_when_they_come_near(opened):
    drawn = "document.querySelectorAll('.chart[data-drawn]').length"
    opened.page.wait_for_function(f"{drawn} > 0")
    assert opened.page.evaluate(drawn) < len(CHARTS)


def test_charts_follow_the_width_of_the_window(opened):
    opened.draw(["totals", "topics", "map"])
    for width in (390, 200, 320, 1280):
        opened.page.set_viewport_size({"width": width, "height": 900})
        for name in ("totals", "topics", "map"):
            opened.page.locator(f"#chart-{name}").scroll_into_view_if_needed()
            if width > 200:  # too narrow to be drawn for; what was drawn stays
                opened.page.wait_for_function(FITS, arg=f"chart-{name}")
    assert opened.messages == []


def test_the_network_shows_with_whom_a_name_is_named_and_leads_to_its_articles(opened):
    opened.draw(["network"])
    nodes = opened.page.locator("#chart-network .nodes button")
    assert nodes.count() == 15
    nodes.nth(1).click()
    name = opened.text("#partners h3")
    assert name == nodes.nth(1).inner_text().strip()
    partners = opened.page.locator("#partners li button")
    partner = partners.first.inner_text()
    partners.first.click()
    assert opened.text("#partners h3") == partner != name
    told = int(re.search(r"\d+", opened.text("#partners > button"))[0])
    opened.page.locator("#partners > button").click()
    assert opened.page.input_value("#filter-name") == partner
    assert opened.text("#found").startswith(f"{told} article")


def test_more_of_the_network_is_shown_on_demand(opened):
    opened.draw(["network"])
    opened.page.click("#network-more")
    assert opened.page.locator("#chart-network .nodes button").count() > 15
    opened.page.click("#network-fewer")
    assert opened.page.locator("#chart-network .nodes button").count() == 15


def test_a_click_on_an_institution_filters_all(opened):
    opened.draw(["names", "totals"])
    before = opened.page.get_attribute("#chart-totals", "data-drawn")
    label = opened.page.locator("#chart-names .name button").nth(2)
    name = label.inner_text()
    label.click()
    assert opened.page.input_value("#filter-name") == name
    opened.page.wait_for_function(
        "before => document.getElementById('chart-totals').dataset.drawn !== before", arg=before
    )
    assert name in opened.text("#chips")
    opened.page.locator("#chips button").first.click()
    assert opened.page.input_value("#filter-name") == ""


def test_notices_of_the_gazette_are_listed_with_the_articles_that_report_them(opened):
    opened.draw(["gazette"])
    lines = opened.page.locator("#gazette-list li")
    assert lines.count() == 10
    opened.page.click("#gazette-more")
    every = lines.count()
    opened.page.check("#gazette-unreported")
    assert 0 < lines.count() < every
    told = opened.text("#gazette-list")
    assert "Aucun de ces articles ne la rapporte." in told
    assert "Aucun de ces articles ne nomme alors l'entreprise." in told
    opened.page.uncheck("#gazette-unreported")
    company = opened.page.locator("#gazette-list button").first
    name = company.inner_text()
    company.click()
    assert opened.page.input_value("#filter-name") == name
    assert name in opened.text("#gazette-list")
    assert lines.count() < every


def test_all_institutions_are_there_and_can_be_searched(opened):
    opened.draw(["names"])
    total = int(re.search(r"\d+", opened.text("#names-told"))[0])
    opened.page.click("#names-more")
    assert opened.page.locator("#chart-names li").count() == min(total, 70)
    opened.page.fill("#name-search", "qqqq")
    assert opened.page.locator("#chart-names .empty").count() == 1


@pytest.mark.parametrize(
    ("locale", "title"),
    [("fr-CA", "L'économie"), ("en-US", "The economy"), ("de-DE", "The economy")],
)
def test_the_language_is_that_of_the_browser(browser, dataset, locale, title):
    opened = Opened(browser, dataset[0].path, locale=locale)
    assert opened.text("h1").startswith(title)
    opened.context.close()


def test_the_language_can_be_switched_in_the_page(opened):
    opened.draw(["jobs"])
    assert opened.text("#key-figures dd >> nth=0") == "1\u202f500"
    opened.page.click("[data-set-language=en]")
    assert opened.text("h1").startswith("The economy")
    assert opened.text("#key-figures dd >> nth=0") == "1,500"
    opened.draw(["jobs"])
    opened.page.wait_for_function(
        "document.getElementById('chart-jobs').textContent.includes('jobs')"
    )
    assert opened.messages == []


def test_the_language_of_the_setting_comes_before_that_of_the_browser(browser, tmp_path):
    invented.write(tmp_path, articles=30, sources=2, months=3)
    chosen = write_report(tmp_path, language="en")
    opened = Opened(browser, chosen.path, locale="fr-FR")
    assert opened.text("h1").startswith("The economy")
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_the_page(browser, dataset, scheme):
    opened = Opened(browser, dataset[0].path, color_scheme=scheme)
    style = "getComputedStyle(document.documentElement).getPropertyValue('--{}').trim()"
    paper = opened.page.evaluate(style.format("paper"))
    for name in ("ink", "muted", "accent", "warm", "good", "warn"):
        assert _contrast(opened.page.evaluate(style.format(name)), paper) >= 4.5, name
    opened.page.click("#theme")
    assert opened.page.evaluate(style.format("paper")) != paper
    opened.context.close()


def test_months_are_named_alike_wherever_the_reader_is(browser, dataset):
    axes = []
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        opened = Opened(browser, dataset[0].path, timezone_id=zone)
        opened.draw(["totals"])
        axes.append(opened.page.locator("#chart-totals").inner_text())
        opened.context.close()
    assert axes[0] == axes[1]
    assert "janv. 2026" in axes[0]


def test_a_dataset_that_says_little_is_told_in_sentences(browser, tmp_path):
    invented.put_articles(tmp_path, "courrier", invented.write(tmp_path, 1, 1, 1))
    invented.put_articles(tmp_path, "source00", [_silent()])
    shutil.rmtree(tmp_path / "runs")
    invented.put_articles(tmp_path, "courrier", [])
    opened = Opened(browser, write_report(tmp_path).path)
    for name in (
        "totals",
        "sources",
        "names",
        "change",
        "network",
        "map",
        "jobs",
        "topics",
        "gaps",
    ):
        opened.page.locator(f"#chart-{name}").scroll_into_view_if_needed()
        opened.page.wait_for_selector(f"#chart-{name} .empty")
    assert "Aucune collecte" in opened.text("#health-text")
    assert opened.messages == []
    opened.context.close()


def _silent():
    article = invented.Article(article_id="0" * 16, url="https://a.example/", source="source00")
    article.publisher = "A"
    return article


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

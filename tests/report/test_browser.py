"""The report in a real browser: every chart draws, the search finds, nothing leaves the page."""

import re
import shutil
from pathlib import Path

import invented_dataset as invented
import pytest

from alescrawl.report.writing import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SCREENSHOTS = Path(__file__).parents[2] / "build" / "report"
HARMFUL = "</script><img src=x onerror=\"document.title='harmed'\"><script>document.title='harmed'"
SECTIONS = (
    *("fresh", "overview", "names", "network", "map", "jobs", "topics", "health", "gaps"),
    "articles",
)
CHARTS = (
    *("fresh", "totals", "sources", "names", "change", "name", "network", "map", "jobs"),
    *("topics", "gaps"),
)
DRAWN = """id => {
  const chart = document.getElementById(id);
  return Number(chart.dataset.drawn ?? 0) > 0 && chart.querySelector('svg, canvas') !== null;
}"""

FITS = """id => {
  const chart = document.getElementById(id);
  const drawn = Number(chart.querySelector('svg').getAttribute('width'));
  return drawn > chart.clientWidth * 0.8 && drawn <= chart.clientWidth + 2;
}"""

pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if CHROMIUM is None:
    pytest.skip("no Chromium: apt-get install chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A report that follows another one, so that it has something new."""
    output = tmp_path_factory.mktemp("report") / "output"
    articles = invented.write(output, articles=1500, sources=14, months=20)
    of_first = [article for article in articles if article.source == "source00"]
    invented.put_articles(output, "source00", of_first[40:])
    write_report(output)
    of_first[0].title = HARMFUL
    of_first[0].lead = HARMFUL
    invented.put_articles(output, "source00", of_first)
    return write_report(output), articles


class Opened:
    """A page and all that it told or asked for."""

    def __init__(self, browser, path, width=1280, **options):
        self.messages, self.requests = [], []
        options.setdefault("locale", "fr-FR")
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_function("performance.getEntriesByName('shown').length === 1")

    def draw_all(self, charts=CHARTS):
        for name in charts:
            self.page.locator(f"#chart-{name}").scroll_into_view_if_needed()
            self.page.wait_for_function(DRAWN, arg=f"chart-{name}")

    def text(self, selector):
        return self.page.locator(selector).inner_text()

    def rows(self):
        return self.page.locator("#article-table tbody tr")


@pytest.fixture
def opened(browser, dataset):
    opened = Opened(browser, dataset[0].path)
    yield opened
    opened.context.close()


LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark", "locale": "en-GB"},
    "phone": {"color_scheme": "light", "width": 390},
    "phone-dark": {"color_scheme": "dark", "width": 390},
}


@pytest.mark.parametrize("name", LOOKS)
def test_every_chart_draws_without_an_error_or_a_request(browser, dataset, name):
    path = dataset[0].path
    opened = Opened(browser, path, **LOOKS[name])
    opened.draw_all()
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
    opened.draw_all(["totals", "topics", "map"])
    for width in (390, 200, 320, 1280):
        opened.page.set_viewport_size({"width": width, "height": 900})
        for name in ("totals", "topics", "map"):
            opened.page.locator(f"#chart-{name}").scroll_into_view_if_needed()
            if width > 200:  # too narrow to be drawn for; what was drawn stays
                opened.page.wait_for_function(FITS, arg=f"chart-{name}")
    assert opened.messages == []


def test_only_one_page_of_rows_is_in_the_document(opened):
    assert opened.rows().count() == 40
    opened.page.click("#next")
    assert opened.text("#page-told").startswith("41–80")


def test_the_search_finds_whatever_the_accents_and_each_row_links_to_its_source(opened, dataset):
    _, articles = dataset
    wanted = next(a for a in articles if "École" in a.title and not a.tdm_reserved)
    number = re.search(r"\((\d+)\)", wanted.title)[1]
    opened.page.fill("#search", f"ecole ({number})")
    assert opened.rows().count() == 1
    link = opened.rows().locator("a")
    assert link.inner_text() == wanted.title
    assert link.get_attribute("href") == wanted.url
    assert "noreferrer" in link.get_attribute("rel")


def test_a_search_without_a_result_says_what_to_do(opened):
    opened.page.fill("#search", "introuvable")
    assert opened.rows().count() == 0
    assert "effacez" in opened.text("#found")
    opened.page.click("#filters button[type=reset]")
    opened.page.wait_for_function("document.querySelectorAll('#article-table tbody tr').length")


def test_filters_narrow_the_table(opened, dataset):
    report, articles = dataset
    opened.page.check("#only-new")
    assert opened.text("#found").startswith(f"{report.new} articles")
    opened.page.uncheck("#only-new")
    opened.page.select_option("#filter-source", label="Courrier d'Entregardons")
    expected = sum(a.source == "source00" for a in articles)
    assert opened.text("#found").startswith(f"{expected} articles")
    opened.page.select_option("#filter-topic", label="énergie")
    expected = sum(a.source == "source00" and "energy" in a.topics for a in articles)
    assert opened.text("#found").startswith(f"{expected} articles")


def test_a_button_leads_from_what_is_new_to_its_articles(opened, dataset):
    opened.page.fill("#search", "introuvable")
    opened.page.click("#fresh-all")
    assert opened.text("#found").startswith(f"{dataset[0].new} articles")
    assert opened.page.is_checked("#only-new")


def test_a_period_narrows_the_table_to_its_days(opened, dataset):
    _, articles = dataset
    opened.page.fill("#filter-from", "2026-09-01")
    opened.page.fill("#filter-to", "2026-09-30")
    days = [f"{a.published:%Y-%m-%d}" for a in articles if a.published]
    assert opened.text("#found").startswith(f"{sum(d.startswith('2026-09') for d in days)} article")


def test_columns_sort(opened):
    opened.page.click("[data-sort=title]")
    titles = opened.rows().locator("td:nth-child(2) a").all_inner_texts()
    assert titles == opened.page.evaluate(
        "titles => titles.toSorted(new Intl.Collator('fr-FR').compare)", titles
    )
    assert opened.page.get_attribute("#article-table th:nth-child(2)", "aria-sort") == "ascending"


def test_a_title_with_markup_is_harmless_text(opened):
    opened.page.fill("#search", "onerror")
    assert opened.rows().locator("a").inner_text() == HARMFUL
    assert opened.rows().locator("img").count() == 0
    assert "harmed" not in opened.page.title()


def test_the_network_shows_with_whom_a_name_is_named_and_leads_to_its_articles(opened):
    opened.draw_all(["network"])
    opened.page.select_option("#node-choice", index=1)
    name = opened.text("#partners h3")
    partners = opened.page.locator("#partners li button")
    assert partners.count() > 0
    partner = partners.first.inner_text()
    partners.first.click()
    assert opened.text("#partners h3") == partner != name
    opened.page.locator("#partners > button").click()
    told = int(re.search(r"\d+", opened.text("#partners > button"))[0])
    assert opened.text("#found").startswith(f"{told} article")


def test_a_name_in_the_network_can_be_clicked(opened):
    opened.draw_all(["network"])
    box = opened.page.locator("#chart-network canvas").bounding_box()
    points = ((x, y) for y in range(60, 560, 12) for x in range(60, int(box["width"]) - 40, 12))
    for x, y in points:
        opened.page.mouse.move(box["x"] + x, box["y"] + y)
        if opened.page.is_visible("#tip"):
            name = opened.text("#tip b")
            opened.page.mouse.click(box["x"] + x, box["y"] + y)
            opened.page.wait_for_selector("#partners h3")
            assert opened.text("#partners h3") == name
            return
    pytest.fail("no name was met")


def test_a_click_on_a_bar_shows_that_institution_month_by_month(opened):
    opened.draw_all(["names", "name"])
    label = opened.page.locator("#chart-names .mark-rect path").nth(2)
    label.click()
    assert opened.page.input_value("#name-choice") == "2"


@pytest.mark.parametrize(
    ("locale", "title"),
    [("fr-CA", "L'économie"), ("en-US", "The economy"), ("de-DE", "The economy")],
)
def test_the_language_is_that_of_the_browser(browser, dataset, locale, title):
    opened = Opened(browser, dataset[0].path, locale=locale)
    assert opened.text("h1").startswith(title)
    opened.context.close()


def test_the_language_can_be_switched_in_the_page(opened):
    opened.draw_all(["jobs"])
    assert opened.text("#key-figures dd >> nth=0") == "1\u202f500"
    opened.page.click("[data-set-language=en]")
    assert opened.text("h1").startswith("The economy")
    assert opened.text("#key-figures dd >> nth=0") == "1,500"
    opened.draw_all(["jobs"])
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
        opened.draw_all(["totals"])
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
        "name",
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

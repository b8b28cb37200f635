"""The report's table of articles in a real browser: what is sought is found, and nothing else."""

from unicodedata import combining, normalize


def test_only_one_page_of_rows_is_in_the_document(opened):
    assert opened.rows().count() == 40
    opened.page.click("#next")
    assert opened.text("#page-told").startswith("41–80")


def test_the_search_finds_whatever_the_accents_and_each_row_links_to_its_source(opened, dataset):
    _, articles = dataset
    wanted = next(a for a in articles if "École" in a.title and not a.tdm_reserved)
    plain = "".join(c for c in normalize("NFKD", wanted.title) if not combining(c)).upper()
    opened.page.fill("#search", f'"{plain}"')
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


def test_a_title_with_markup_is_harmless_text(opened, dataset):
    (harmful,) = (article for article in dataset[1] if "</script>" in article.title)
    opened.page.fill("#search", "onerror")
    assert opened.rows().locator("a").inner_text() == harmful.title
    assert opened.rows().locator("img").count() == 0
    assert "harmed" not in opened.page.title()

"""The report as one works with it: search in texts, views that can be sent, figures as tables."""

from __future__ import annotations

import csv
from pathlib import Path

import invented_dataset as invented
import pytest
from opened_report import Opened

from alescrawl.report.writing import write_report

TEXTS = {
    "Une usine grandit": "Le plan social de Mécalzen est écarté. Cent emplois seront créés à Uzès.",
    "Un atelier ferme": "Un plan est annoncé. Social ou non, il touche trente salariés d'Algosel.",
    "Un marché ouvre": "Les maraîchers reviennent ; aucun emploi n'est en jeu, dit la mairie.",
    "Un texte réservé": "Le plan social n'est pas à lire ici.",
}
CUT = """() => {
  const wider = (node) => node.scrollWidth > node.clientWidth + 1;
  const cut = [];
  for (const text of document.querySelectorAll('svg text')) {
    const frame = text.ownerSVGElement.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    const isOut = box.left < frame.left - 1 || box.right > frame.right + 1;
    if (box.width && isOut) cut.push(text.textContent);
    if (text.textContent.includes('…')) cut.push(text.textContent);
  }
  for (const node of document.querySelectorAll('button, .name, .told, th, td, h2, h3, p'))
    if (node.offsetWidth && wider(node)) cut.push(node.textContent);
  return cut;
}"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """A report of four articles with texts, one of which is reserved."""
    output = tmp_path_factory.mktemp("texts") / "output"
    articles = invented.write(output, articles=len(TEXTS), sources=1, months=1)
    for article, (title, text) in zip(articles, TEXTS.items(), strict=True):
        article.title, article.text, article.lead = title, text, None
        article.tdm_reserved = title == "Un texte réservé"
    invented.put_articles(output, "source00", articles)
    return write_report(output).path


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("écarté", {"Une usine grandit"}),
        ("ECARTE", {"Une usine grandit"}),
        ("plan social", {"Une usine grandit", "Un atelier ferme"}),
        ('"plan social"', {"Une usine grandit"}),
        ("« plan social »", {"Une usine grandit"}),
        ("plan -algosel", {"Une usine grandit"}),
        ("maraîch", {"Un marché ouvre"}),
        ("emploi*", {"Une usine grandit", "Un marché ouvre"}),
        ("algosel OU maraîchers", {"Un atelier ferme", "Un marché ouvre"}),
        ("réservé", {"Un texte réservé"}),
        ("nulle part ici", set()),
    ],
)
def test_texts_are_searched(browser, texts, query, titles):
    opened = Opened(browser, texts)
    opened.page.fill("#search", query)
    opened.page.wait_for_function("textual => location.hash.includes('q=')", arg=query)
    found = "titles => JSON.stringify([...document.querySelectorAll('#article-table td a')]"
    found += ".map((a) => a.textContent).sort()) === JSON.stringify(titles)"
    opened.page.wait_for_function(found, arg=sorted(titles))
    opened.context.close()


def test_what_is_reserved_is_not_in_the_page(texts):
    assert "n'est pas à lire" not in texts.read_text("utf-8")


def test_a_view_can_be_sent(browser, dataset):
    opened = Opened(browser, dataset[0].path)
    opened.page.fill("#filter-name", "Algosel")
    opened.page.check("#only-gard")
    opened.page.click("[data-sort=title]")
    told, address = opened.text("#found"), opened.page.url
    opened.context.close()
    again = Opened(browser, dataset[0].path, at=address.partition("#")[2])
    assert again.text("#found") == told
    assert again.page.input_value("#filter-name") == "Algosel"
    assert again.page.is_checked("#only-gard")
    assert again.page.get_attribute("#article-table th:nth-child(2)", "aria-sort") == "ascending"
    again.context.close()


def test_the_rows_shown_and_each_chart_s_figures_are_tables(opened):
    opened.page.fill("#filter-name", "Algosel")
    count = int(opened.text("#found").split()[0].replace("\u202f", ""))
    rows = saved(opened, "#save-rows")
    assert len(rows) == count + 1
    buttons = opened.page.locator("[data-csv]")
    for number in range(buttons.count()):
        table = saved(opened, buttons.nth(number))
        assert len(table) > 1, buttons.nth(number).get_attribute("data-csv")
        assert len({len(row) for row in table}) == 1


def test_a_cell_that_a_spreadsheet_would_run_is_text(opened):
    opened.page.evaluate("document.querySelector('[data-set-language=fr]').click()")
    rows = saved(opened, "#save-rows")
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


def saved(opened, button):
    target = opened.page.locator(button) if isinstance(button, str) else button
    with opened.page.expect_download() as waiting:
        target.click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_label_is_cut(browser, dataset, width):
    opened = Opened(browser, dataset[0].path, width=width)
    opened.draw()
    assert opened.page.evaluate(CUT) == []
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, dataset, scheme):
    opened = Opened(browser, dataset[0].path, color_scheme=scheme, bypass_csp=True)
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    opened.draw()
    found = axe.Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
    opened.context.close()


def test_the_keyboard_leads_through_the_page(opened):
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.closest('section').id") == "articles"
    opened.page.locator("#chart-names .name button").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.input_value("#filter-name")

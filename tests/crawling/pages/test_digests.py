"""Letters of many items: each item is an article with the letter's date and an anchor."""

import pandas as pd
import pytest
from loopback import Answer, page, sitemap
from stored import everything_stored

import alescrawl

DAY = "2026-03-02T09:00:00+01:00"
ONE = (
    "La fonderie Roucairol va embaucher vingt-deux salariés d'ici au printemps, dans sa zone "
    "de Croupillac, pour fabriquer des pompes."
)
TWO = (
    "La cave de Valmourgue a vendu trois mille hectolitres de plus que l'an passé, surtout au "
    "Canada et en Allemagne, dit son président."
)
THREE = (
    "Un hôtel de quarante chambres ouvrira avant la saison dans l'ancien couvent, que la "
    "commune avait acheté il y a huit ans."
)
LETTER = "/lettres/cote-d-alerte"


def _letter(*items, greeting="Bonjour à tous, et bonne lecture de cette semaine bien remplie."):
    """Return a letter; an item is the heading, with its anchor or without, and a paragraph."""
    body = "".join(
        f"<h3{f' id={anchor}' if anchor else ''}>{head}</h3><p>{text}</p>"
        for head, anchor, text in items
    )
    return (
        "<html lang='fr'><head><title>Cote d'alerte</title><meta property='og:type' "
        f"content='article'><meta property='article:published_time' content='{DAY}'></head><body>"
        f"<article><h1>Cote d'alerte</h1><p>{greeting}</p>{body}</article></body></html>"
    )


ITEMS = (
    ("Roucairol recrute", "b1", ONE),
    ("Une cave exporte", "", TWO),
    ("Un hôtel de plus", "", THREE),
)


@pytest.fixture(name="crawl")
def _crawl(scrapy, site):
    site["/sitemap.xml"] = sitemap(LETTER)
    site[LETTER] = _letter(*ITEMS)

    def crawl(*arguments):
        done = scrapy.crawl(site, *arguments, more=("SPIDER_MODULES=sources.digests",))
        assert done.returncode == 0, done.stderr
        return alescrawl.load_articles(scrapy.output).sort_values("canonical_url")

    return crawl


def test_each_item_has_its_own_address_title_text_and_the_day_of_the_letter(crawl, site):
    found = crawl()
    base = f"{site.url}{LETTER}#"
    assert dict(
        zip(found.canonical_url, zip(found.title, found.text, strict=True), strict=True)
    ) == {
        f"{base}b1": ("Roucairol recrute", ONE),
        f"{base}une-cave-exporte": ("Une cave exporte", TWO),
        f"{base}un-hotel-de-plus": ("Un hôtel de plus", THREE),
    }
    assert found.article_id.nunique() == 3
    assert set(found.published) == {pd.Timestamp(DAY)}
    assert set(found.url) == {f"{site.url}{LETTER}"}


def test_the_page_is_asked_for_once_a_run_and_only_what_changed_is_a_revision(crawl, site):
    crawl()
    new = ("Une école ouvre", "", "Une école de soudeurs ouvrira en janvier avec trente élèves.")
    site[LETTER] = _letter(ITEMS[0], ("Une cave exporte", "", f"{TWO} Un record."), ITEMS[2], new)
    found = crawl("full=1").set_index("title")
    assert [path for path, _ in site.asked].count(LETTER) == 2
    assert dict(found.revision) == {
        "Roucairol recrute": 1,
        "Une cave exporte": 2,
        "Un hôtel de plus": 1,
        "Une école ouvre": 1,
    }


def test_items_with_one_heading_are_told_apart(crawl, site):
    site[LETTER] = _letter(("En bref", "", ONE), ("En bref", "", TWO))
    assert list(crawl().canonical_url.str.partition("#")[2]) == ["en-bref", "en-bref-2"]


def test_a_letter_without_headings_is_left_out_and_counted(scrapy, crawl, site):
    site[LETTER] = _letter(greeting=f"{ONE}</p><p>{TWO}</p><p>{THREE}")
    site["/sitemap.xml"] = sitemap(LETTER, "/a1")
    site["/a1"] = page("Une usine")
    assert list(crawl().title) == ["Une usine"]
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "page/not_article/digest", "count": 1} in list(run.reasons)


def test_a_reserved_letter_gives_one_row_without_a_word_of_its_items(scrapy, crawl, site):
    site[LETTER] = Answer(_letter(*ITEMS), headers={"tdm-reservation": "1"})
    (row,) = crawl().itertuples()
    assert row.title == "Cote d'alerte"
    assert "Roucairol" not in everything_stored(scrapy.output)


def test_a_letter_that_becomes_reserved_leaves_no_text_of_its_items(scrapy, crawl, site):
    crawl()
    site[LETTER] = Answer(_letter(*ITEMS), headers={"tdm-reservation": "1"})
    assert set(crawl("full=1").tdm_reserved) == {True}
    stored = everything_stored(scrapy.output)
    assert [words for words in ("vingt-deux", "hectolitres", "couvent") if words in stored] == []


def test_the_items_of_a_letter_that_is_gone_are_gone(scrapy, crawl, site):
    crawl()
    site[LETTER] = Answer("perdu", status=404)
    crawl("full=1")
    scrapy.pass_time(days=2)
    assert crawl("full=1").gone_since.notna().all()
    site[LETTER] = _letter(*ITEMS)
    scrapy.pass_time(days=40)
    assert crawl("full=1").gone_since.isna().all()


def test_reading_the_archive_again_gives_the_same_items(scrapy, crawl):
    before = crawl()
    settings = (f"ALESCRAWL_OUTPUT={scrapy.output}", "SPIDER_MODULES=sources.digests")
    done = scrapy.run("reprocess", "tested", settings=settings)
    assert done.returncode == 0, done.stderr
    after = alescrawl.load_articles(scrapy.output).sort_values("canonical_url")
    columns = ["article_id", "canonical_url", "title", "text", "published", "revision"]
    assert after[columns].to_dict("records") == before[columns].to_dict("records")
    (run,) = alescrawl.load_runs(scrapy.output).query("kind == 'reprocess'").itertuples()
    assert not [each for each in run.reasons if each["name"].startswith("reprocess/left/")]


def test_one_item_can_be_forgotten_and_the_letter_with_all(scrapy, crawl, site):
    crawl()
    assert scrapy.run("forget", f"{site.url}{LETTER}#b1").returncode == 0
    assert "vingt-deux" not in everything_stored(scrapy.output)
    assert set(crawl("full=1").title) == {"Une cave exporte", "Un hôtel de plus"}
    assert scrapy.run("forget", f"{site.url}{LETTER}").returncode == 0
    assert crawl("full=1").empty


def test_a_run_is_judged_by_the_items_too(scrapy, crawl):
    crawl()
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert (run.verdict, run.new) == ("ok", 3)

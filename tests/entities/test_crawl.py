"""What a crawl makes of the names in its articles."""

from __future__ import annotations

import pytest
from loopback import Answer, page, sitemap

import alescrawl

TEXT = (
    "La CCI du Gard et Nîmes Métropole soutiennent la société Ravalou, à Alès. Sa directrice, "
    "Élise Maubert, a reçu le maire d'Alès. La CCI du Gard versera 30 000 euros."
)


@pytest.fixture
def crawled(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", TEXT)
    assert scrapy.crawl(site).returncode == 0
    return scrapy.output


def test_the_article_names_its_institutions_the_most_frequent_first(crawled):
    (article,) = alescrawl.load_articles(crawled).itertuples()
    assert article.institutions[0] == "CCI Gard"
    assert {"Nîmes Métropole", "Ravalou"} <= set(article.institutions)
    assert article.persons == ["Élise Maubert"]
    assert article.places == ["Alès"]


def test_each_mention_is_a_row_whose_offsets_are_right(crawled):
    (article,) = alescrawl.load_articles(crawled).itertuples()
    mentions = alescrawl.load_mentions(crawled)
    assert set(mentions.article_id) == {article.article_id}
    for mention in mentions.itertuples():
        assert article.text[mention.start : mention.end] == mention.surface
    linked = mentions[mentions.surface == "Nîmes Métropole"].iloc[0]
    assert (linked.entity_id, linked.siren) == ("epci-nimes-metropole", "243000643")
    person = mentions[mentions.kind == "person"].iloc[0]
    assert person.role == "directrice"


def test_a_reserved_article_has_no_mention(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(page("Un", TEXT), headers={"tdm-reservation": "1"})
    scrapy.crawl(site)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.institutions == []
    assert alescrawl.load_mentions(scrapy.output).empty


def test_an_article_that_becomes_reserved_loses_its_mentions(scrapy, site):
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-01T10:00:00Z"))
    site["/a1"] = page("Un", TEXT)
    scrapy.crawl(site)
    assert not alescrawl.load_mentions(scrapy.output).empty
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-02T10:00:00Z"))
    site["/a1"] = Answer(page("Un", TEXT), headers={"tdm-reservation": "1"})
    scrapy.crawl(site)
    assert alescrawl.load_mentions(scrapy.output).empty


@pytest.mark.usefixtures("crawled")
def test_unknown_names_are_listed_so_that_the_gazetteer_grows(scrapy):
    done = scrapy.run("entities", "unknown")
    assert done.returncode == 0
    assert "Ravalou" in done.stdout
    assert "Nîmes Métropole" not in done.stdout


def test_no_dataset_is_said_in_one_line(scrapy):
    done = scrapy.run("entities", "unknown")
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_name_of_the_user_is_linked(scrapy, site, tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("name,kind,id,aliases\nRavalou SAS,company,ravalou,Ravalou\n", "utf-8")
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", TEXT)
    scrapy.crawl(site, more=(f"ALESCRAWL_GAZETTEER={names}",))
    mentions = alescrawl.load_mentions(scrapy.output)
    assert "ravalou" in set(mentions.entity_id.dropna())


def test_a_wrong_gazetteer_stops_the_crawl_with_a_line_for_each_mistake(scrapy, site, tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("name,kind,siren\nRavalou,firm,1\n,company,\n", "utf-8")
    done = scrapy.crawl(site, more=(f"ALESCRAWL_GAZETTEER={names}",))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 3
    assert f"{names}:3: no name" in done.stderr


def test_a_tagger_that_is_not_installed_stops_the_crawl_with_what_to_do(scrapy, site):
    done = scrapy.crawl(site, more=("ALESCRAWL_TAGGER=no_such_pipeline",))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "pip install spacy" in done.stderr


def test_entities_can_be_switched_off(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", TEXT)
    scrapy.crawl(site, more=("ALESCRAWL_ENTITIES=0",))
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.institutions == []
    assert alescrawl.load_mentions(scrapy.output).empty


def test_a_forgotten_person_has_no_mention_and_the_others_keep_their_places(crawled, scrapy):
    assert scrapy.run("forget", "Élise Maubert").returncode == 0
    (article,) = alescrawl.load_articles(crawled).itertuples()
    mentions = alescrawl.load_mentions(crawled)
    assert "person" not in set(mentions.kind)
    assert article.persons == []
    for mention in mentions.itertuples():
        assert article.text[mention.start : mention.end] == mention.surface


def test_a_forgotten_article_has_no_mention(crawled, scrapy):
    (article,) = alescrawl.load_articles(crawled).itertuples()
    assert scrapy.run("forget", article.url).returncode == 0
    assert alescrawl.load_mentions(crawled).empty

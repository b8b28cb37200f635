"""A source that moves: it is noticed at the run it happens, and no article is lost or doubled."""

from __future__ import annotations

import pytest
from loopback import Answer, Site, page
from scrapy_command import FAST

import alescrawl

WORDS = (
    *("usine", "fonderie", "serre", "halle", "forge"),
    *("cave", "gare", "mine", "scierie", "tuilerie"),
)
TEXT = (
    "La {word} de Salindres embauche douze personnes et agrandit son atelier de montage.\n"
    "Le maire de la commune s'en félicite, après deux années sans le moindre recrutement.\n"
    "Les candidats de la {word} peuvent se présenter dès lundi prochain, à l'accueil du site."
)


def _title(word):
    return f"La {word} embauche douze personnes à Salindres"


def _path(word, form="/2026/{}.html"):
    return form.format(f"la-{word}-embauche-douze-personnes")


def _page(word, day=3):
    return page(_title(word), TEXT.format(word=word), published=f"2026-03-{day:02d}T08:00:00+01:00")


def _feed(entries):
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link></item>" for title, url in entries
    )
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


def _moved(url, status=301):
    return Answer(status=status, headers={"Location": url})


@pytest.fixture
def old():
    with Site(host="127.0.0.21") as site:
        yield site


@pytest.fixture
def new():
    with Site(host="127.0.0.22") as site:
        yield site


@pytest.fixture
def sites(old, new):
    return old, new


@pytest.fixture(name="crawl")
def _crawl(scrapy, old, new):
    def crawl(source="tested", *more):
        settings = (*FAST, "SPIDER_MODULES=sources.moving")
        words = [
            "-a",
            f"root={old.url}",
            "-a",
            "route=/feed",
            "-a",
            "since=2000-01-01",
            "-a",
            f"near={new.url}",
        ]
        return scrapy.run("crawl", source, *words, *more, settings=settings)

    return crawl


def _serve(site, words, form="/2026/{}.html", at=None):
    for word in words:
        site[_path(word, form)] = _page(word)
    entries = [(_title(word), f"{(at or site).url}{_path(word, form)}") for word in words]
    site["/feed"] = _feed(entries)


def _leave(old, new, words, form="/2026/{}.html"):
    for word in words:
        old[_path(word)] = _moved(f"{new.url}{_path(word, form)}")
    old["/feed"] = _moved(f"{new.url}/feed")


def _verdicts(scrapy):
    return list(alescrawl.load_runs(scrapy.output).sort_values("started").verdict)


def _articles(scrapy):
    return alescrawl.load_articles(scrapy.output)


@pytest.mark.parametrize("form", ["/2026/{}.html", "/actualites/{}-4711"])
@pytest.mark.parametrize("source", ["tested", "patterned"])
def test_a_move_to_another_host_is_noticed_and_every_article_stays_one(
    scrapy, crawl, sites, source, form
):
    old, new = sites
    _serve(old, WORDS[:5])
    crawl(source)
    before = _articles(scrapy).set_index("title").article_id
    _serve(new, WORDS[:7], form)
    _leave(old, new, WORDS[:5], form)
    done = crawl(source)
    after = _articles(scrapy)
    assert _verdicts(scrapy) == ["ok", "moved"], done.stdout + done.stderr
    assert sorted(after.title) == sorted(map(_title, WORDS[:7]))
    same = after[after.title.isin(before.index)].set_index("title").article_id
    assert same.to_dict() == before.to_dict()
    crawl(source)
    assert len(_articles(scrapy)) == 7
    assert _verdicts(scrapy)[-1] == "moved"
    told = scrapy.run("status", settings=FAST).stdout
    assert new.url.removeprefix("http://") in told
    now = f"{new.url}{_path(WORDS[0], form)}"
    history = scrapy.run("history", now, settings=FAST).stdout
    assert f"also at {now}" in history
    assert _path(WORDS[0]) in history


def test_articles_of_another_form_on_the_same_host_stay_one(scrapy, crawl, old):
    _serve(old, WORDS[:5])
    crawl("patterned")
    form = "/actualites/{}-4711"
    _serve(old, WORDS[:6], form)
    for word in WORDS[:5]:
        old[_path(word)] = _moved(f"{old.url}{_path(word, form)}")
    done = crawl("patterned")
    assert _verdicts(scrapy) == ["ok", "moved"], done.stdout + done.stderr
    assert sorted(_articles(scrapy).title) == sorted(map(_title, WORDS[:6]))


def test_a_foreign_site_at_the_old_address_is_no_move(scrapy, crawl, old, new):
    _serve(old, WORDS[:5])
    crawl()
    for number in range(5):
        new[f"/cheap-holiday-deals-{number}"] = page(
            f"Cheap holiday deals number {number}", "Book your flight now and save money today.\n"
        )
    new["/feed"] = _feed(
        [(f"Cheap holiday deals {n}", f"{new.url}/cheap-holiday-deals-{n}") for n in range(5)]
    )
    for word in WORDS[:5]:
        old[_path(word)] = _moved(f"{new.url}/cheap-holiday-deals-1")
    old["/feed"] = _moved(f"{new.url}/feed")
    done = crawl()
    assert _verdicts(scrapy) == ["ok", "gone"], done.stdout + done.stderr
    assert sorted(_articles(scrapy).title) == sorted(map(_title, WORDS[:5]))


def test_a_parked_domain_is_no_move(scrapy, crawl, old, new):
    _serve(old, WORDS[:5])
    crawl()
    new["/"] = page("This domain is for sale", "Buy this domain. Make an offer now.")
    for path in list(old.pages):
        old[path] = _moved(f"{new.url}/")
    crawl()
    assert _verdicts(scrapy) == ["ok", "gone"]


def test_a_temporary_redirect_is_no_move(scrapy, crawl, old, new):
    _serve(old, WORDS[:5])
    crawl()
    _serve(new, WORDS[:5])
    for word in WORDS[:5]:
        old[_path(word)] = _moved(f"{new.url}{_path(word)}", 302)
    old["/feed"] = _moved(f"{new.url}/feed", 302)
    crawl()
    assert "moved" not in _verdicts(scrapy)
    assert len(_articles(scrapy)) == 5


def test_a_series_under_one_title_on_one_day_stays_as_many_articles(scrapy, crawl, old):
    for number in (101, 102, 103):
        old[f"/economie/le-point-sur-la-bourse-{number}"] = page(
            "Le point sur la bourse de Paris",
            TEXT.format(word=WORDS[number - 100]),
            published="2026-03-03T08:00:00+01:00",
        )
    old["/feed"] = _feed(
        [("Le point", f"{old.url}/economie/le-point-sur-la-bourse-{n}") for n in (101, 102, 103)]
    )
    crawl()
    assert len(_articles(scrapy)) == 3
    assert _verdicts(scrapy) == ["ok"]


def test_an_article_that_a_partner_shows_is_no_move(scrapy, crawl, old, new):
    _serve(old, WORDS[:6])
    crawl()
    new[_path("usine")] = _page("usine")
    old[_path("usine")] = _moved(f"{new.url}{_path('usine')}")
    crawl("tested", "-a", "full=1")
    assert _verdicts(scrapy) == ["ok", "ok"]
    assert len(_articles(scrapy)) == 6


def test_an_article_that_was_forgotten_does_not_come_back_from_where_it_moved_to(
    scrapy, crawl, old, new
):
    _serve(old, WORDS[:5])
    crawl()
    form = "/actualites/{}-4711"
    _serve(new, WORDS[:5], form)
    _leave(old, new, WORDS[:5], form)
    crawl()
    scrapy.run("forget", f"{old.url}{_path('usine')}", settings=FAST)
    assert len(_articles(scrapy)) == 4
    crawl("tested", "-a", "full=1")
    assert len(_articles(scrapy)) == 4


def test_somebody_is_told_once_of_a_move(scrapy, old, new, tmp_path):
    mail = tmp_path / "mail"
    alert = (*FAST, "SPIDER_MODULES=sources.stated", f"ALESCRAWL_ALERT=tee -a {mail}")
    _serve(old, WORDS[:5])
    environment = {"ROOT": old.url, "NEAR": new.url}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        scrapy.run("crawlall", "--since", "2000-01-01", settings=alert)
        _serve(new, WORDS[:6])
        _leave(old, new, WORDS[:5])
        assert scrapy.run("crawlall", settings=alert).returncode == 1
        scrapy.run("crawlall", settings=alert)
        lines = scrapy.run("check-sources", settings=alert).stdout
    assert mail.read_text("utf-8").count("stated is moved") == 1
    assert "hosts = (" in lines
    assert f'"{new.url.removeprefix("http://")}"' in lines
    assert len(_articles(scrapy)) == 6


def test_what_lies_at_a_new_address_is_read_again_from_the_archive_as_the_same_article(
    scrapy, crawl, old, new
):
    _serve(old, WORDS[:5])
    crawl("patterned")
    _serve(new, WORDS[:6], "/actualites/{}-4711")
    _leave(old, new, WORDS[:5], "/actualites/{}-4711")
    crawl("patterned")
    before = _articles(scrapy).set_index("article_id").url.to_dict()
    settings = (*FAST, "SPIDER_MODULES=sources.moving")
    done = scrapy.run("reprocess", "patterned", settings=settings)
    assert _articles(scrapy).set_index("article_id").url.to_dict() == before
    assert "other_address" not in done.stdout
    assert "canonical address" not in done.stdout

"""What publishers reserve, where they say so, and that nothing of it is kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from loopback import Answer, page, sitemap
from stored import everything_stored

import alescrawl
from alescrawl.crawling.hosts.rights import robots_directives
from alescrawl.crawling.hosts.rights_policy import signals
from alescrawl.crawling.hosts.robots import RobotsRules
from alescrawl.crawling.hosts.tdmrep import Reservation, read_tdmrep, reservation_of
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.bad_pages import keep_bad_page
from alescrawl.dataset.gate.verdicts import Judgement
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.items import RawPage

WORDS = "Quarante ouvriers fabriquent des chaudrons inventés."
SECRET = "chaudrons"
TDMREP = "/.well-known/tdmrep.json"
META = '<meta name="tdm-reservation" content="{}">'


def reserve(*locations):
    entries = [{"location": where, "tdm-reservation": value} for where, value in locations]
    return Answer(json.dumps(entries), type="application/json")


def crawl_one(scrapy, site, *, headers=None, head="", more=()):
    """Crawl a site of one article; return its row, or ``None`` without one."""
    site["/sitemap.xml"] = sitemap("/a1")
    author = '<meta name="author" content="Ada Brun">'
    site["/a1"] = Answer(page("Un", WORDS, head=author + head), headers=headers or {})
    done = scrapy.crawl(site, more=more)
    assert done.returncode == 0, done.stderr
    rows = list(alescrawl.load_articles(scrapy.output).itertuples())
    return rows[0] if rows else None


PLACES = (
    # said by the file, the header and the page; what that comes to, and who had the last word
    ("1", None, None, True, "well-known"),
    ("1", "0", None, False, "header"),
    ("1", "0", "1", True, "meta"),
    ("0", "1", None, True, "header"),
    ("0", "1", "0", False, "meta"),
    ("1", "2", "yes", True, "well-known"),
    (None, None, None, None, None),
)


def test_of_file_header_and_meta_the_later_overrides(scrapy, site):
    site[TDMREP] = reserve(*((f"/a{n}", int(file)) for n, (file, *_) in enumerate(PLACES) if file))
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(len(PLACES))))
    for n, (_, header, meta, *_) in enumerate(PLACES):
        headers = {"tdm-reservation": header} if header else {}
        head = META.format(meta) if meta else ""
        site[f"/a{n}"] = Answer(page(f"Article {n}", WORDS, head=head), headers=headers)
    scrapy.crawl(site)
    articles = alescrawl.load_articles(scrapy.output).sort_values("title")
    assert len(articles) == len(PLACES)
    for article, (*said, reserved, origin) in zip(articles.itertuples(), PLACES, strict=True):
        seen = article.tdm_reserved
        assert (None if pd.isna(seen) else bool(seen)) is reserved
        assert article.provenance.get("tdm_reserved") == origin
        assert pd.isna(article.text) is bool(reserved)
        signals = zip(("well-known", "header", "meta"), said, strict=True)
        expected = [f"{place} tdm-reservation={value}" for place, value in signals if value]
        assert list(article.rights_signals) == expected


def test_the_files_are_asked_once_a_day_after_robots_txt_and_before_the_rest(scrapy, site):
    crawl_one(scrapy, site)
    crawl_one(scrapy, site)
    asked = [hit.path for hit in site.log]
    assert asked[:4] == ["/robots.txt", TDMREP, "/ai.txt", "/sitemap.xml"]
    assert asked.count(TDMREP) == asked.count("/ai.txt") == 1


def test_the_file_is_not_asked_of_a_host_that_forbids_it(scrapy, site):
    site["/robots.txt"] = "User-agent: *\nDisallow: /.well-known/\n"
    assert crawl_one(scrapy, site).text
    assert TDMREP not in [hit.path for hit in site.log]


@pytest.mark.parametrize("answer", [Answer("{nothing"), Answer("[1]"), Answer("x", status=500)])
def test_a_file_that_cannot_be_read_is_counted_and_reserves_nothing(scrapy, site, answer):
    site[TDMREP] = answer
    assert crawl_one(scrapy, site).text
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "rights/tdmrep_unreadable", "count": 1} in run.reasons


@pytest.mark.parametrize(
    ("url", "reserved"),
    [
        ("/", False),
        ("/news/a1", True),
        ("/news/free/a1", False),
        ("/News/a1", False),
        ("/news/free/a1.pdf", True),
        ("/news/free/a1.pdf?page=2", False),
        ("/%C3%A9t%C3%A9/x", True),
        ("/prix-$", True),
        ("/prix-$/x", False),
    ],
)
def test_the_most_specific_location_counts(url, reserved):
    body = [
        {"location": "/", "tdm-reservation": 0},
        {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://journal.example/p"},
        {"location": "/news/free/", "tdm-reservation": 0},
        {"location": "/news/*/*.pdf$", "tdm-reservation": 1},
        {"location": "/été/", "tdm-reservation": 1},
        {"location": "/prix-%24$", "tdm-reservation": 1},
        {"location": "/prix-$", "tdm-reservation": 0},
        {"location": "/news/", "tdm-reservation": 2},
        {"location": 3, "tdm-reservation": 1},
    ]
    found = reservation_of(f"https://journal.example{url}", read_tdmrep(json.dumps(body).encode()))
    assert found is not None
    assert found.reserved is reserved


def test_a_location_that_says_nothing_of_a_path_reserves_nothing():
    locations = read_tdmrep(b'{"location": "/a*b$", "tdm-reservation": "1"}')
    assert reservation_of("https://journal.example/x", locations) is None
    assert reservation_of("https://journal.example/ab/ab", locations) == Reservation(True)
    assert reservation_of("https://journal.example/ab/abc", locations) is None


@pytest.mark.parametrize(
    ("value", "directives"),
    [
        ("noindex, NoAI", ["noindex", "noai"]),
        ("otherbot: noindex, noai", ["otherbot: noindex", "otherbot: noai"]),
        ("alescrawl: noai", ["alescrawl: noai"]),
        ("max-snippet: 0, max-image-preview: large", ["max-snippet:0"]),
        ("unavailable_after: 25 Jun 2026 15:00:00 PST", []),
        ("all, index", []),
        ("", []),
    ],
)
def test_the_directives_of_x_robots_tag_are_told_from_agents(value, directives):
    assert list(robots_directives(value)) == directives


FOR_ROBOTS = (
    # X-Robots-Tag, meta tag, and what is kept
    ("noai", "", "title"),
    ("otherbot: noindex, noai", "", "text"),
    ("alescrawl: noai", "", "title"),
    ("noindex, noarchive, nosnippet", "", "text"),
    ("alescrawl: noarchive", "", "title"),
    ("alescrawl: noindex", "", "nothing"),
    ("", '<meta name="robots" content="noai, noimageai">', "title"),
    ("", '<meta name="robots" content="noimageai">', "text"),
    ("", '<meta name="googlebot" content="noai">', "text"),
    ("", '<meta name="AlesCrawl" content="noai">', "title"),
    ("", '<meta name="alescrawl" content="noindex">', "nothing"),
)


def test_words_for_robots_mean_what_they_say_of_this_use(scrapy, site):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(len(FOR_ROBOTS))))
    for n, (tag, head, _) in enumerate(FOR_ROBOTS):
        headers = {"X-Robots-Tag": tag} if tag else {}
        site[f"/a{n}"] = Answer(page(f"Article {n}", WORDS, head=head), headers=headers)
    done = scrapy.crawl(site)
    assert "its publisher wants it left out 2" in done.stdout
    articles = alescrawl.load_articles(scrapy.output).set_index("title")
    for n, (_, _, kept) in enumerate(FOR_ROBOTS):
        assert (f"Article {n}" in articles.index) is (kept != "nothing")
        if kept != "nothing":
            article = articles.loc[f"Article {n}"]
            assert pd.isna(article.text) is (kept == "title")
            assert len(article.rights_signals) > 0


def test_the_meaning_of_a_signal_is_a_setting(scrapy, site):
    more = ('ALESCRAWL_RIGHTS={"noindex": "reserve"}',)
    article = crawl_one(scrapy, site, headers={"X-Robots-Tag": "noindex"}, more=more)
    assert pd.isna(article.text)


def test_a_meaning_that_is_none_is_refused_in_one_line(scrapy, site):
    done = scrapy.crawl(site, more=('ALESCRAWL_RIGHTS={"noai": "perhaps"}',))
    assert done.returncode == 2
    assert "there is no meaning 'perhaps'; there are: ignore, reserve, skip" in done.stderr
    assert site.log == []


def test_not_a_word_of_a_reserved_article_is_stored_and_of_persons_neither(scrapy, site):
    lead = f'<meta property="og:description" content="{WORDS}">'
    more = ("ALESCRAWL_RAW=1",)
    article = crawl_one(scrapy, site, head=META.format(1) + lead, more=more)
    assert (article.title, article.word_count) == ("Un", 0)
    stored = everything_stored(scrapy.output)
    assert "meta tdm-reservation=1" in stored
    assert SECRET not in stored
    assert "Ada Brun" not in stored


def test_an_article_that_becomes_reserved_leaves_no_words_in_revisions_and_archive(scrapy, site):
    assert crawl_one(scrapy, site, headers={"ETag": '"v1"'}).text
    assert SECRET in everything_stored(scrapy.output)
    # As a run does that was judged bad.
    refused = RawPage(f"{site.url}/a1", 200, [], SECRET.encode())
    with closing(Ledger(scrapy.output / "ledger.sqlite")) as ledger:
        judgement = Judgement("broken", ["no title"])
        run = ("tested", "run")
        assert keep_bad_page(ledger, Folder(scrapy.output), run, judgement, refused)
    site[TDMREP] = reserve(("/", 1))
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00'")
        db.execute("DELETE FROM host_files")
    assert scrapy.crawl(site).returncode == 0
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert (article.revision, bool(article.tdm_reserved)) == (2, True)
    assert SECRET not in everything_stored(scrapy.output)
    for table in ("shingled", "bands", "mentions"):
        assert scrapy.ledger(f"SELECT * FROM {table}") == []


@pytest.mark.parametrize("header", ["X-Robots-Tag: noai", "tdm-reservation: 1"])
def test_an_answer_without_a_page_that_reserves_it_is_seen(scrapy, site, header):
    assert crawl_one(scrapy, site, headers={"ETag": '"v1"'}).text
    name, _, value = header.partition(": ")
    site.pages["/a1"].headers[name] = value
    for asked in ([304, 200], [304]):
        with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
            db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00'")
        site.asked.clear()
        assert scrapy.crawl(site).returncode == 0
        assert [status for path, status in site.asked if path == "/a1"] == asked
        (article,) = alescrawl.load_articles(scrapy.output).itertuples()
        assert (article.title, pd.isna(article.text)) == ("Un", True)
        assert SECRET not in everything_stored(scrapy.output)


def test_what_a_route_and_older_revisions_said_goes_when_an_article_becomes_reserved(scrapy, site):
    site["/feed.xml"] = (
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>Un</title>'
        "<link>{root}/a1</link><dc:creator>Odile Brunel</dc:creator>"
        f"<category>Ferblanterie</category><description>{WORDS}</description></item>"
        "</channel></rss>"
    )
    site["/a1"] = page("Un", WORDS)
    scrapy.crawl(site, "route=/feed.xml")
    site["/a1"] = page("Un", f"{WORDS}\nIls en fabriquent davantage depuis lundi.")
    scrapy.crawl(site, "route=/feed.xml", "full=1")
    said = ("Odile Brunel", "Ferblanterie", SECRET, "davantage depuis lundi")
    stored = everything_stored(scrapy.output)
    assert [words for words in said if words not in stored] == []
    assert scrapy.ledger("SELECT count(*) FROM revisions") == [(1,)]
    site["/a1"] = page("Un", WORDS, head=META.format(1))
    scrapy.crawl(site, "route=/feed.xml", "full=1")
    for _ in range(2):
        stored = everything_stored(scrapy.output)
        assert [words for words in said if words in stored] == []
        assert alescrawl.load_articles(scrapy.output).title[0] == "Un"
        # A failure in between does not make it one that may be kept.
        site["/a1"] = Answer("", status=500)
        scrapy.crawl(site, "route=/feed.xml", "full=1")
        assert scrapy.ledger("SELECT status, withheld FROM urls") == [("failed", "reserved")]
        scrapy.crawl(site, "route=/feed.xml")


def test_an_excerpt_that_a_feed_gives_of_a_reserved_article_is_not_kept(scrapy, site):
    site["/feed.xml"] = (
        "<rss><channel><item><title>Un</title><link>{root}/a1</link>"
        f"<description>{WORDS}</description></item></channel></rss>"
    )
    site["/a1"] = page("Un", WORDS, head=META.format(1))
    for _ in range(2):
        scrapy.crawl(site, "route=/feed.xml")
        assert SECRET not in everything_stored(scrapy.output)


def test_an_article_is_reserved_where_one_of_its_parts_is(scrapy, site):
    site["/sitemap.xml"] = sitemap("/usine/")
    pages = {"/usine/": "Une page sur les chaudrons.", "/usine/2/": "Une autre sur les marmites."}
    for path, words in pages.items():
        links = "".join(f"<a href='{p}'>{n}</a>" for n, p in enumerate(pages, 1) if p != path)
        bar = f"<div class='page-links'>Pages : {links}</div></article>"
        site[path] = Answer(page("Une usine", words).replace("</article>", bar))
    scrapy.crawl(site)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert "marmites" in article.text
    site.pages["/usine/2/"].headers["X-Robots-Tag"] = "noai"
    scrapy.crawl(site, "full=1")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert pd.isna(article.text)
    assert list(article.rights_signals) == ["header x-robots-tag=noai"]


def test_of_a_source_that_is_declared_so_only_metadata_is_kept(scrapy, site):
    article = crawl_one(scrapy, site, more=("SPIDER_MODULES=sources.metadata",))
    assert pd.isna(article.text)
    assert list(article.authors) == ["Ada Brun"]
    assert list(article.rights_signals) == ["source rights=metadata"]
    assert scrapy.ledger("SELECT reason FROM urls") == [("metadata_only",)]


ROBOTS = """
User-agent: *
Content-Signal: search=yes, ai-train=no
Content-Usage: train-ai=n
Content-Usage: /libre/ train-ai=y, bots=n
Allow: /

User-agent: autre
Content-Signal: ai-input=no
"""


@pytest.mark.parametrize(
    ("robots", "path", "signals"),
    [
        (ROBOTS, "/a", ["signal=search=yes", "signal=ai-train=no", "usage=train-ai=n"]),
        (ROBOTS + "\nUser-agent: alescrawl\nDisallow: /x\n", "/a", []),
        (ROBOTS + "\nUser-agent: autre\nUser-agent: AlesCrawl/2\nContent-signal:ai-input=NO #c",
         "/a", ["signal=ai-input=no"]),
        ("Content-Signal: ai-train=yes, ai-train=no\nUser-agent: *\nDisallow:", "/",
         ["signal=ai-train=no"]),
        ("User-agent: *\nContent-Signal: ai-train=peut-être, =no, ,,search", "/", []),
        ("User-agent: *\nContent-Usage: /*.html$ tdm=n", "/a.html", ["usage=tdm=n"]),
        ("User-agent: *\nContent-Usage: /*.html$ tdm=n", "/a.htmlx", []),
    ],
)  # fmt: skip
def test_lines_of_robots_txt_that_say_what_a_page_may_be_used_for(robots, path, signals):
    said = RobotsRules(robots.encode(), "alescrawl").usage_signals(f"https://j.example{path}")
    assert said == [f"robots.txt content-{signal}" for signal in signals]


def test_a_path_of_its_own_says_more_than_the_line_for_all():
    said = RobotsRules(ROBOTS.encode(), "alescrawl").usage_signals("https://j.example/libre/a")
    assert "robots.txt content-usage=train-ai=y" in said
    assert "robots.txt content-usage=train-ai=n" not in said
    assert "robots.txt content-usage=bots=n" in said


USES = (
    # the path, its headers, its head, the signal seen, whether the text is kept
    ("/a0", {"Content-Signal": "search=yes, ai-train=no"}, "",
     "header content-signal=ai-train=no", 1),
    ("/a1", {"Content-Usage": "bots=n;x=1, search=y"}, "", "header content-usage=bots=n", 0),
    ("/a2", {"Content-Signal": "ai-input=no"}, "", "header content-signal=ai-input=no", 0),
    ("/a3", {}, '<meta name="robots" content="index, noml">', "meta robots=noml", 0),
    ("/a4", {"X-Robots-Tag": "noml"}, "", "header x-robots-tag=noml", 0),
    ("/ai/a5", {}, "", "ai.txt disallow=1", 0),
    ("/a6", {}, "", "robots.txt content-signal=search=yes", 1),
    ("/input/a7", {}, "", "robots.txt content-signal=ai-input=no", 0),
    ("/own/a8", {}, "", "robots.txt content-usage=train-ai=n", 0),
)  # fmt: skip


def test_what_a_page_may_be_used_for_is_recorded_and_obeyed(scrapy, site):
    site["/ai.txt"] = "User-Agent: *\nDisallow: /ai/\nDisallow: *.pdf\n"
    lines = ("Signal: search=yes", "Signal: /input/ ai-input=no", "Usage: /own/ train-ai=n")
    site["/robots.txt"] = "User-agent: *\n" + "".join(f"Content-{line}\n" for line in lines)
    site["/sitemap.xml"] = sitemap(*(path for path, *_ in USES))
    for path, headers, head, *_ in USES:
        site[path] = Answer(page(f"Article {path}", WORDS, head=head), headers=headers)
    done = scrapy.crawl(site, more=('ALESCRAWL_RIGHTS={"train-ai=n": "reserve"}',))
    assert done.returncode == 0, done.stderr
    rows = {row.url.removeprefix(site.url): row for row in _rows(scrapy.output)}
    for path, *_, signal, is_kept in USES:
        assert signal in list(rows[path].rights_signals), path
        assert pd.isna(rows[path].text) is not bool(is_kept), path


def _rows(output):
    return alescrawl.load_articles(output).itertuples()


def test_a_signal_that_came_later_takes_the_text_back(scrapy, site):
    assert crawl_one(scrapy, site, headers={"ETag": '"1"'}).text
    site["/a1"] = Answer(page("Un", WORDS), headers={"Content-Usage": "tdm=n"})
    done = scrapy.crawl(site, "full=1")
    assert done.returncode == 0, done.stderr + done.stdout
    (row,) = _rows(scrapy.output)
    assert pd.isna(row.text)
    assert SECRET not in everything_stored(scrapy.output)


def test_the_page_on_rights_has_the_table_of_signals_as_it_is():
    text = (Path(__file__).parents[3] / "docs" / "rights.md").read_text("utf-8")
    for name, signal in signals().items():
        assert f"| `{name}` | {signal.means} | {signal.source} | {signal.why} |" in text
        assert signal.means in {"ignore", "reserve", "skip"}

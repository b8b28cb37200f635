"""Archives are walked page by page: back to the first article once, later to what is known."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from loopback import Answer, Site, page

import alescrawl
from alescrawl.crawling.routes.model import Answer as Answered
from alescrawl.crawling.routes.model import Archive, WordPressRest
from alescrawl.crawling.routes.readers import read_route
from alescrawl.items import PARIS


def _counted(scrapy):
    runs = alescrawl.load_runs(scrapy.output)
    return {r["name"]: r["count"] for r in runs.iloc[-1].reasons}


def _articles(scrapy):
    return sorted(alescrawl.load_articles(scrapy.output).url.str.rpartition("/")[2])


def _routes_asked(site):
    paths = [path for path, _ in site.asked if not path.startswith(("/a", "/robots", "/."))]
    site.asked.clear()
    return paths


def _post(number, *, day="2026-03-03", protected=False, **more):
    return {
        "link": f"{{root}}/a{number}",
        "date": f"{day}T07:45:00",
        "date_gmt": f"{day}T06:45:00",
        "modified_gmt": f"{day}T06:45:00",
        "title": {"rendered": f"Article n&#186; {number}"},
        "content": {"protected": protected},
        "excerpt": {"rendered": "<p>Douze postes.</p>", "protected": protected},
        "_embedded": {
            "author": [{"name": "Inès Fabre"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "Industrie"}],
                [{"taxonomy": "post_tag", "name": "emploi"}],
            ],
        },
        **more,
    }


class Blog:
    """A WordPress of posts, newest first, at *per_page* a page of its REST interface."""

    def __init__(self, site: Site, per_page: int = 2) -> None:
        self.site, self.per_page = site, per_page
        self.posts: list[dict] = []

    def write(self, *posts: dict) -> None:
        self.posts = [*posts, *self.posts]
        for post in posts:
            self.site[post["link"].removeprefix("{root}")] = page(post["title"]["rendered"])
        pages = -(-len(self.posts) // self.per_page)
        for number in range(1, pages + 1):
            some = self.posts[(number - 1) * self.per_page : number * self.per_page]
            path = WordPressRest("/wp-json/wp/v2/posts", page=number).address
            self.site[path] = Answer(
                json.dumps(some), headers={"X-WP-TotalPages": str(pages)}, type="application/json"
            )


@pytest.fixture
def blog(site):
    return Blog(site)


def _pages(site):
    return [path.rpartition("=")[2] for path in _routes_asked(site)]


REST = "route=/wp-json/wp/v2/posts"


def test_all_posts_are_found_and_later_only_the_pages_with_something_new(scrapy, blog):
    blog.write(*(_post(n) for n in range(6)))
    scrapy.crawl(blog.site, REST)
    assert _pages(blog.site) == ["1", "2", "3"]
    assert len(_articles(scrapy)) == 6
    scrapy.crawl(blog.site, REST)
    assert _pages(blog.site) == ["1"]
    blog.write(*(_post(n, day="2026-03-04") for n in (6, 7, 8)))
    scrapy.crawl(blog.site, REST)
    assert _pages(blog.site) == ["1", "2", "3"]
    assert len(_articles(scrapy)) == 9


def test_a_walk_that_was_broken_off_is_walked_again_past_what_is_known(scrapy, blog):
    blog.write(*(_post(n) for n in range(6)))
    third = WordPressRest("/wp-json/wp/v2/posts", page=3).address
    kept = blog.site.pages[third]
    blog.site[third] = Answer("", status=500)
    scrapy.crawl(blog.site, REST)
    assert len(_articles(scrapy)) == 4
    blog.site[third] = kept
    scrapy.crawl(blog.site, REST)
    assert len(_articles(scrapy)) == 6


def test_where_an_interface_fails_the_sitemap_of_its_posts_is_read(scrapy, blog):
    blog.write(*(_post(n) for n in range(6)))
    blog.site[WordPressRest("/wp-json/wp/v2/posts", page=3).address] = Answer("", status=500)
    entries = "".join(f"<url><loc>{{root}}/a{n}</loc></url>" for n in range(6))
    blog.site["/wp-sitemap-posts-post-1.xml"] = f"<urlset>{entries}</urlset>"
    leading = "<sitemap><loc>{root}/wp-sitemap-posts-post-1.xml</loc></sitemap>"
    blog.site["/wp-sitemap.xml"] = f"<sitemapindex>{leading}</sitemapindex>"
    scrapy.crawl(blog.site, f"{REST},/wp-sitemap.xml")
    assert len(_articles(scrapy)) == 6


def test_a_first_walk_ends_where_all_is_older_than_asked_for_and_goes_on_when_more_is(scrapy, blog):
    days = ("2026-03-03", "2026-03-02", "2026-01-02", "2026-01-01", "2025-01-02", "2025-01-01")
    blog.write(*(_post(n, day=day) for n, day in enumerate(days)))
    scrapy.crawl(blog.site, REST, "since=2026-02-01")
    assert _pages(blog.site) == ["1", "2"]
    scrapy.crawl(blog.site, REST, "since=2026-02-01")
    assert _pages(blog.site) == ["1"]
    scrapy.crawl(blog.site, REST, "since=2020-01-01")
    assert _pages(blog.site) == ["1", "2", "3"]


def test_a_post_that_changed_is_asked_for_again(scrapy, blog):
    blog.write(_post(1), _post(2))
    scrapy.crawl(blog.site, REST)
    later = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S")
    blog.posts.pop(0)
    blog.write(_post(1, modified_gmt=later))
    blog.site["/a1"] = page("Article corrigé")
    scrapy.crawl(blog.site, REST)
    assert "Article corrigé" in set(alescrawl.load_articles(scrapy.output).title)


def test_what_rest_says_completes_an_article_and_a_protected_post_is_none(scrapy, blog):
    blog.posts, blog.per_page = [{"link": 3}, "no post"], 9
    blog.write(_post(1), _post(2, protected=True))
    scrapy.crawl(blog.site, REST)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert list(article.authors) == ["Inès Fabre"]
    assert (article.section, list(article.tags)) == ("Industrie", ["emploi"])
    assert article.published.isoformat() == "2026-03-03T06:45:00+00:00"
    told = dict(article.provenance)
    assert {told[n] for n in ("authors", "section", "tags", "published")} == {"rest"}
    counted = _counted(scrapy)
    assert counted["route/problem/password_protected"] == 1
    assert counted["route/problem/not_a_post"] == counted["route/problem/no_address"] == 1


@pytest.mark.parametrize(
    ("body", "reason"), [("<html>", "not_json"), ('{"code": "rest_no_route"}', "not_posts")]
)
def test_an_interface_that_is_none_is_counted(scrapy, site, body, reason):
    site[WordPressRest("/wp-json/wp/v2/posts").address] = body
    scrapy.crawl(site, REST)
    assert _counted(scrapy)[f"route/failed/{reason}"] == 1


def _listing(numbers, following=None):
    cards = "".join(f'<h2><a href="/a{n}">Article {n}</a></h2>' for n in numbers)
    more = f'<a rel="next" href="{following}">Suivant</a>' if following else ""
    return f"<html><body>{cards}{more}</body></html>"


def _with_articles(site, numbers):
    for n in numbers:
        site[f"/a{n}"] = page(f"Article {n}")


LISTING = "route=/listing/"


def test_a_listing_is_followed_to_its_end_and_later_to_what_is_known(scrapy, site):
    _with_articles(site, range(7))
    site["/listing/"] = _listing([5, 4], "/listing/page/2/")
    site["/listing/page/2/"] = _listing([3, 2], "/listing/page/3/")
    site["/listing/page/3/"] = _listing([1, 0])
    scrapy.crawl(site, LISTING)
    assert len(_articles(scrapy)) == 6
    _routes_asked(site)
    site["/listing/"] = _listing([6, 5], "/listing/page/2/")
    scrapy.crawl(site, LISTING)
    assert _routes_asked(site) == ["/listing/", "/listing/page/2/"]
    assert len(_articles(scrapy)) == 7


def test_a_listing_whose_pages_repeat_themselves_under_new_addresses_comes_to_an_end(scrapy, site):
    _with_articles(site, range(2))
    for n in range(1, 9):
        site["/listing/" if n == 1 else f"/listing/?page={n}&sid=x{n}"] = _listing(
            [1, 0], f"/listing/?page={n + 1}&sid=x{n + 1}"
        )
    scrapy.crawl(site, LISTING)
    assert len(_routes_asked(site)) == 4
    assert _counted(scrapy)["route/walk/repeats"] == 1


def test_a_calendar_without_end_comes_to_an_end(scrapy, site):
    _with_articles(site, [1])
    site["/listing/"] = _listing([1], "/listing/?page=1")
    for n in range(1, 50):
        site[f"/listing/?page={n}"] = _listing([], f"/listing/?page={n + 1}")
    scrapy.crawl(site, LISTING)
    assert len(_routes_asked(site)) == 4
    assert _counted(scrapy)["route/walk/empty"] == 1


def test_a_listing_that_leads_back_to_itself_comes_to_an_end(scrapy, site):
    _with_articles(site, range(2))
    site["/listing/"] = _listing([1], "/listing/page/2/")
    site["/listing/page/2/"] = _listing([0], "/listing/")
    scrapy.crawl(site, LISTING)
    assert _routes_asked(site) == ["/listing/", "/listing/page/2/"]
    scrapy.crawl(site, LISTING)
    assert _routes_asked(site) == ["/listing/"]


def _days_ago(days):
    return (datetime.now(PARIS) - timedelta(days=days)).date()


def _day_path(days):
    return f"/listing/{_days_ago(days):%Y/%m/%d}/"


def test_the_archive_of_each_day_is_read_back_to_the_first_and_later_to_what_is_known(scrapy, site):
    _with_articles(site, range(4))
    site[_day_path(1)] = _listing([3, 2], f"{_day_path(1)}page/2/")
    site[f"{_day_path(1)}page/2/"] = _listing([1], _day_path(0))
    site[_day_path(3)] = _listing([0])
    archive, since = "route=/listing/{year}/{month}/{day}/", f"since={_days_ago(4)}"
    scrapy.crawl(site, archive, since)
    asked = [_day_path(0), _day_path(1), f"{_day_path(1)}page/2/", *map(_day_path, (2, 3, 4))]
    assert _routes_asked(site) == asked
    assert _articles(scrapy) == ["a0", "a1", "a2", "a3"]
    scrapy.crawl(site, archive, since)
    assert _routes_asked(site) == asked[:2]


def test_the_archive_of_each_month_goes_back_month_by_month():
    route = Archive("https://journal.example/{year}/{month}/", day=date(2026, 1, 15))
    assert route.address == "https://journal.example/2026/01/"
    *_, onward = read_route(Answered(route, b"<html><p>rien</p></html>", route.address, {}))
    assert onward.route.address == "https://journal.example/2025/12/"
    assert onward.lastmod == datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC)

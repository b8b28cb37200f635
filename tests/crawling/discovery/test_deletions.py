"""A deleted article is noticed by what its site no longer lists."""

import json

import pytest
from loopback import Answer, page, sitemap

import alescrawl
from alescrawl.crawling.routes.model import WordPressInventory, WordPressRest

GONE = Answer("", status=404)
REST = "route=/wp-json/wp/v2/posts"


def _asked(site):
    """Return the paths of articles asked for since the last call."""
    paths = [path for path in site.article_paths() if not path.endswith("robots.txt")]
    site.asked.clear()
    return paths


def _counted(scrapy):
    runs = alescrawl.load_runs(scrapy.output)
    return {r["name"]: r["count"] for r in runs.iloc[-1].reasons}


def _status(scrapy, path):
    ((status,),) = scrapy.ledger(f"SELECT status FROM urls WHERE url LIKE '%{path}'")
    return status


@pytest.fixture
def crawl(scrapy, site):
    """Return a crawl of a site of four articles, which gives those that it asked for."""
    for n in range(4):
        site[f"/a{n}"] = page(f"Article numéro {n}")

    def again(*arguments):
        assert scrapy.crawl(site, *arguments).returncode == 0
        return _asked(site)

    return again


def test_what_a_sitemap_no_longer_names_is_asked_for_and_marked_as_gone(scrapy, site, crawl):
    site["/sitemap.xml"] = sitemap("/a0", "/a1", "/a2")
    crawl()
    site["/sitemap.xml"], site["/a1"] = sitemap("/a0", "/a2"), GONE
    assert crawl() == ["/a1"]
    assert _status(scrapy, "/a1") == "gone"
    assert _counted(scrapy)["route/no_longer_listed"] == 1
    scrapy.pass_time(hours=13)
    assert crawl() == ["/a1"]
    rows = alescrawl.load_articles(scrapy.output).set_index("title")
    assert list(rows.index[rows.gone_since.notna()]) == ["Article numéro 1"]


def test_an_article_that_merely_left_the_sitemap_costs_one_request(scrapy, site, crawl):
    site["/sitemap.xml"] = sitemap("/a0", "/a1")
    crawl()
    site["/sitemap.xml"] = sitemap("/a0")
    assert crawl() == ["/a1"]
    assert _status(scrapy, "/a1") == "article"
    assert crawl() == []


def test_an_article_that_moved_to_another_sitemap_is_not_asked_for(site, crawl):
    site["/sitemap.xml"] = Answer(
        "<sitemapindex><sitemap><loc>{root}/one.xml</loc></sitemap>"
        "<sitemap><loc>{root}/two.xml</loc></sitemap></sitemapindex>",
        type="text/xml",
    )
    site["/one.xml"], site["/two.xml"] = sitemap("/a0", "/a1"), sitemap("/a2")
    crawl()
    site["/one.xml"], site["/two.xml"] = sitemap("/a0"), sitemap("/a1", "/a2")
    assert crawl() == []


def _news(*paths):
    entries = "".join(
        f"<url><loc>{{root}}{path}</loc><n:news><n:publication_date>2026-05-01</n:publication_date>"
        "</n:news></url>"
        for path in paths
    )
    space = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    return Answer(f"<urlset {space}>{entries}</urlset>", type="text/xml")


def _feed(*paths):
    items = "".join(f"<item><link>{{root}}{path}</link></item>" for path in paths)
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


def _with_etag(answer):
    answer.headers["ETag"] = '"1"'
    return answer


def _cut(answer):
    return Answer(answer.body[:-20], type="text/xml")


def _damaged(answer):
    return Answer(answer.body.replace("</loc></url></urlset>", "</loc></urlset>"), type="text/xml")


PROOFLESS = {
    "news": ("/sitemap.xml", _news("/a0", "/a1"), _news("/a0")),
    "a feed": ("/feed", _feed("/a0", "/a1"), _feed("/a0")),
    "not modified": ("/sitemap.xml", _with_etag(sitemap("/a0", "/a1")), _with_etag(sitemap("/a0"))),
    "cut": ("/sitemap.xml", sitemap("/a0", "/a1"), _cut(sitemap("/a0"))),
    "damaged": ("/sitemap.xml", sitemap("/a0", "/a1"), _damaged(sitemap("/a0"))),
    "failed": ("/sitemap.xml", sitemap("/a0", "/a1"), Answer("", status=500)),
}


@pytest.mark.parametrize("kind", PROOFLESS)
def test_what_is_not_listed_as_the_list_is_not_whole_is_not_asked_for(scrapy, site, crawl, kind):
    path, before, after = PROOFLESS[kind]
    site[path] = before
    assert sorted(crawl(f"route={path}")) == ["/a0", "/a1"]
    site[path] = after
    scrapy.crawl(site, f"route={path}")
    assert _asked(site) == []


class Blog:
    """A WordPress of more posts than a page of its interface lists; the first have numbers."""

    def __init__(self, site):
        self.site = site
        self.posts = {n: f"2026-03-{n + 1:02}" for n in range(4)}
        self.publish()

    def publish(self, *, counts=True, per_page=2):
        """Answer with the posts as they are now, last changed first."""
        newest = sorted(self.posts, key=lambda n: self.posts[n], reverse=True)
        for n in self.posts:
            self.site[f"/a{n}"] = page(f"Article {n}", f"Changé le {self.posts[n]}, dit le maire.")
        for kind, order in ((WordPressRest, newest), (WordPressInventory, sorted(newest))):
            for number in range(1, 4):
                some = order[per_page * (number - 1) : per_page * number]
                pages = -(-len(order) // per_page)
                headers = {"X-WP-Total": str(len(order)), "X-WP-TotalPages": str(pages)}
                posts = [self._post(n, kind) for n in some]
                self._answer(kind, number, posts, headers if counts else {})

    def _answer(self, kind, number, posts, headers):
        path = kind("/wp-json/wp/v2/posts", page=number).address
        self.site[path] = Answer(json.dumps(posts), headers=headers, type="application/json")

    def _post(self, n, kind):
        link = {"link": f"{{root}}/a{n}"}
        if kind is WordPressInventory:
            return link
        return {**link, "date_gmt": f"2026-03-{n + 1:02}T06:00:00", "modified_gmt": self.posts[n]}

    def delete(self, n):
        del self.posts[n]
        self.site[f"/a{n}"] = GONE


@pytest.fixture
def blog(site, scrapy):
    blog = Blog(site)
    scrapy.crawl(site, REST)
    site.asked.clear()
    return blog


def _crawl_again(scrapy, blog):
    """Return how many pages of an inventory were asked for, and which articles."""
    scrapy.crawl(blog.site, REST)
    pages = sum("&_fields=link&" in path for path, _ in blog.site.asked)
    return pages, sorted(_asked(blog.site))


def test_a_deleted_post_of_wordpress_is_missed_in_its_count(scrapy, blog):
    blog.delete(0)
    blog.publish()
    assert _crawl_again(scrapy, blog) == (2, ["/a0"])
    assert _status(scrapy, "/a0") == "gone"
    assert _crawl_again(scrapy, blog) == (0, [])


def test_a_new_post_does_not_make_up_for_a_deleted_one(scrapy, blog):
    blog.posts[4] = "2026-03-20"
    blog.publish()
    assert _crawl_again(scrapy, blog) == (0, ["/a4"])
    blog.posts[5] = "2026-03-21"
    blog.delete(1)
    blog.publish()
    assert _crawl_again(scrapy, blog) == (3, ["/a1", "/a5"])


def test_an_inventory_that_failed_is_made_by_the_next_run(scrapy, blog):
    blog.delete(0)
    blog.publish()
    second = WordPressInventory("/wp-json/wp/v2/posts", page=2).address
    good, blog.site.pages[second] = blog.site.pages[second], Answer("", status=500)
    assert _crawl_again(scrapy, blog) == (2, [])
    blog.site.pages[second] = good
    assert _crawl_again(scrapy, blog) == (2, ["/a0"])


def test_without_a_count_nothing_is_missed(scrapy, blog):
    blog.delete(0)
    blog.publish(counts=False)
    assert _crawl_again(scrapy, blog) == (0, [])
    assert _counted(scrapy)["route/problem/no_total"] == 1


def test_all_posts_on_one_page_need_no_inventory(scrapy, blog):
    blog.delete(0)
    blog.publish(per_page=50)
    assert _crawl_again(scrapy, blog) == (0, ["/a0"])


def test_a_walk_to_the_last_page_needs_no_inventory(scrapy, blog):
    blog.posts.update(dict.fromkeys(range(4), "2026-03-25"))
    blog.delete(0)
    blog.publish()
    assert _crawl_again(scrapy, blog) == (0, ["/a0", "/a1", "/a2", "/a3"])
    assert _status(scrapy, "/a0") == "gone"

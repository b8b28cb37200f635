"""Addresses wait in the ledger, not in memory, until there is room to ask for them."""

from loopback import Answer, page, sitemap

SITEMAPS, EACH = 12, 40


def test_no_more_addresses_are_taken_than_can_be_asked_for_soon(scrapy, site):
    names = [f"/sitemap-{n}.xml" for n in range(SITEMAPS)]
    site["/sitemap.xml"] = Answer(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<sitemap><loc>{{root}}{name}</loc></sitemap>" for name in names)
        + "</sitemapindex>"
    )
    for n, name in enumerate(names):
        site[name] = sitemap(*(f"/a{n}-{each}" for each in range(EACH)))
    site.before = lambda path: Answer(page(path)) if path.startswith("/a") else None
    few = ("SPIDER_MODULES=sources.tested", "CONCURRENT_REQUESTS=8", "CLOSESPIDER_PAGECOUNT=60")
    fast = ("DOWNLOAD_DELAY=0", "ALESCRAWL_ENTITIES=0")
    scrapy.run("crawl", "tested", "-a", f"root={site.url}", settings=(*fast, *few))
    listed = [path for path, _ in site.asked if path in names]
    ((taken,),) = scrapy.ledger("SELECT count(*) FROM urls WHERE claimed_by IS NOT NULL")
    asked = len(set(site.article_paths()))
    assert len(listed) == SITEMAPS
    assert asked <= taken <= asked + 2 * 32

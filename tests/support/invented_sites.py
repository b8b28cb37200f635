"""Invented news sites in the form that common systems give them, for the tests of discovery.

Each function publishes twelve articles on a running site, with all that stands around them, and
returns their titles.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loopback import Answer, sitemap

if TYPE_CHECKING:
    from loopback import Site

WORDS = ("usine", "gare", "forge", "cave", "école", "crèche", "halle", "fonderie", "serre", "mine")
COUNT = 12


def titles() -> list[str]:
    return [f"La {WORDS[n % 10]} du quartier {n} recrute" for n in range(1, COUNT + 1)]


def slug(n: int) -> str:
    return f"la-{WORDS[n % 10]}-du-quartier-{'abcdefghijklm'[n]}-recrute".replace("é", "e").replace(
        "è", "e"
    )


def text(n: int) -> str:
    lines = (
        f"L'entreprise du quartier {n} annonce des embauches pour le printemps prochain.",
        f"Elle compte aujourd'hui {n + 20} salariés et veut doubler son atelier en deux ans.",
        "La commune lui cède un terrain voisin, où les travaux commenceront après l'été.",
        "Les candidats peuvent se présenter dès lundi à l'accueil, avec leur lettre.",
    )
    return "".join(f"<p>{line}</p>" for line in lines)


def day(n: int) -> str:
    return f"2026-03-{n:02}T08:00:00+01:00"


def teasers(paths: list[str]) -> str:
    return "".join(
        f"<article><h2><a href='{path}'>{title}</a></h2><p>Un résumé court.</p></article>"
        for path, title in zip(paths, titles(), strict=False)
    )


def html(body: str, *, head: str = "", body_class: str = "", title: str = "") -> str:
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'</head><body class="{body_class}">{body}</body></html>'
    )


def standing(title: str) -> str:
    return f"<h1>{title}</h1>" + "<p>Cette page dit qui nous sommes et ce que nous faisons.</p>" * 8


def rss(paths: list[str]) -> Answer:
    items = "".join(
        f"<item><title>{title}</title><link>{{root}}{path}</link>"
        f"<pubDate>{n:02} Mar 2026 08:00:00 +0100</pubDate></item>"
        for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1)
    )
    return Answer(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>")


def wordpress(site: Site) -> list[str]:
    """Posts and pages have addresses of one form; a post behind a password, an attachment."""
    paths = [f"/{slug(n)}/" for n in range(1, COUNT + 1)]
    head = (
        "<meta name='generator' content='WordPress 6.1'>"
        "<link rel='alternate' type='application/rss+xml' title='x » Flux' href='{root}/feed/'>"
        "<link rel='alternate' type='application/rss+xml' title='x » Flux des commentaires' "
        "href='{root}/comments/feed/'><link rel='https://api.w.org/' href='{root}/wp-json/'>"
    )
    foot = (
        "<nav class='menu'><a href='/category/economie/'>Économie</a></nav><footer>"
        "<a href='/a-propos/'>À propos</a><a href='/nos-engagements-pour-la-planete/'>Nos "
        "engagements</a><a href='/mentions-legales/'>Mentions légales</a></footer>"
    )
    site["/"] = html(
        teasers(paths[:10]) + foot, head=head, body_class="home blog hfeed", title="Le x"
    )
    for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1):
        site[path] = html(
            f"<article><h1>{title}</h1><time datetime='{day(n)}'>{n} mars 2026</time>"
            f"{text(n)}</article>{foot}",
            head=head,
            body_class=f"post-template-default single single-post postid-{n}",
            title=f"{title} – Le x",
        )
    others = {
        "/a-propos/": "page-template-default page page-id-2",
        "/nos-engagements-pour-la-planete/": "page-template-default page page-id-3",
        "/mentions-legales/": "page-template-default page page-id-4",
        "/photo-de-la-gare/": "attachment single single-attachment postid-90 attachmentid-90",
    }
    for path, name in others.items():
        site[path] = html(
            standing(path) + f"<time datetime='{day(5)}'>5 mars</time>", body_class=name
        )
    site["/un-plan-secret-pour-la-mine/"] = html(
        "<h1>Protégé : Un plan secret pour la mine</h1><form class='post-password-form'><p>Cette "
        "publication est protégée par un mot de passe.</p><input name='post_password'></form>",
        body_class="single single-post postid-99",
    )
    site["/category/economie/"] = html(teasers(paths), body_class="archive category")
    site["/feed/"] = rss(paths)
    posts = [
        {"link": f"{{root}}{p}", "date_gmt": f"2026-03-{n:02}T07:00:00", "title": {"rendered": t}}
        for n, (p, t) in enumerate(zip(paths, titles(), strict=True), 1)
    ]
    site["/robots.txt"] = "User-agent: *\nDisallow: /wp-admin/\nSitemap: {root}/wp-sitemap.xml\n"
    kinds = ("posts-post", "posts-page", "posts-breve", "taxonomies-category", "users")
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = "".join(f"<sitemap><loc>{{root}}/wp-sitemap-{k}-1.xml</loc></sitemap>" for k in kinds)
    site["/wp-sitemap.xml"] = Answer(f"<sitemapindex {ns}>{index}</sitemapindex>")
    site["/wp-sitemap-posts-post-1.xml"] = sitemap(*paths, "/un-plan-secret-pour-la-mine/")
    extra = f"/{slug(COUNT)}/"  # a post of another type, which the REST interface of posts lacks
    posts.pop()
    rest = Answer(json.dumps(posts), headers={"X-WP-TotalPages": "1"}, type="application/json")
    site.before = lambda path: rest if path.startswith("/wp-json/wp/v2/posts?") else None
    site["/wp-sitemap-posts-breve-1.xml"] = sitemap(extra, "/un-plan-secret-pour-la-mine/", *others)
    return titles()


def spip(site: Site) -> list[str]:
    """Links without a leading slash, a legal notice as an article, the home page for a lost one."""
    paths = [f"/spip.php?article{n}" for n in range(1, COUNT + 1)]
    head = (
        "<meta name='generator' content='SPIP 4.4'><link rel='alternate' type='application/rss+xml'"
        " title='Syndiquer tout le site' href='spip.php?page=backend'>"
    )
    nav = (
        "<nav id='nav'><a href='spip.php?rubrique1'>Économie</a></nav><footer>"
        "<a href='spip.php?article90'>Mentions légales</a><a href='spip.php?page=plan'>Plan</a>"
        "</footer>"
    )
    home = html(
        teasers([p[1:] for p in paths]) + nav, head=head, body_class="page_sommaire", title="x"
    )
    site["/"] = site["/spip.php?article99"] = home
    for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1):
        site[path] = html(
            f"<h1>{title}</h1><p>le <abbr class='published' title='2026-03-{n:02}T07:00:00Z'>"
            f"{n} mars</abbr></p>{text(n)}{nav}",
            head=head,
            body_class="pas_surlignable page_article",
            title=f"{title} - x",
        )
    site["/spip.php?article90"] = html(standing("Mentions légales"), body_class="page_article")
    site["/spip.php?rubrique1"] = html(teasers(paths), body_class="page_rubrique")
    site["/spip.php?page=backend"] = rss(paths)
    site["/sitemap.xml"] = sitemap(
        *paths, "/spip.php?rubrique1", "/spip.php?article90", "/spip.php?article99"
    )
    return titles()


def ghost(site: Site) -> list[str]:
    """JSON-LD and body classes; the sitemap is an index that also has pages, tags and authors."""
    paths = [f"/{slug(n)}/" for n in range(1, COUNT + 1)]
    head = "<meta name='generator' content='Ghost 5.2'>"
    site["/"] = html(teasers(paths), head=head, body_class="home-template", title="Le x")
    for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1):
        ld = {
            "@type": "Article",
            "headline": title,
            "datePublished": day(n),
            "url": f"{{root}}{path}",
        }
        site[path] = html(
            f"<article><h1>{title}</h1>{text(n)}</article>",
            head=f"{head}<script type='application/ld+json'>{json.dumps(ld)}</script>",
            body_class="post-template tag-economie",
        )
    site["/a-propos/"] = html(
        standing("À propos"), head=head, body_class="page-template page-about"
    )
    site["/nos-engagements-pour-la-planete/"] = html(standing("Nous"), body_class="page-template")
    site["/rss/"] = rss(paths)
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = ("posts", "pages", "tags", "authors")
    index = "".join(f"<sitemap><loc>{{root}}/sitemap-{p}.xml</loc></sitemap>" for p in parts)
    site["/sitemap.xml"] = Answer(f"<sitemapindex {ns}>{index}</sitemapindex>")
    site["/sitemap-posts.xml"] = sitemap(*paths, "/nos-engagements-pour-la-planete/")
    return titles()


def drupal(site: Site) -> list[str]:
    """Only the usual place has a feed; the sitemap mixes nodes of two types and terms."""
    paths = [f"/actualites/{slug(n)}" for n in range(1, COUNT + 1)]
    head = "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>"
    site["/"] = html(
        teasers(paths) + "<img src='/sites/default/files/logo.png'>",
        head=head,
        body_class="path-frontpage",
        title="x",
    )
    for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1):
        site[path] = html(
            f"<h1>{title}</h1><time datetime='{day(n)}'>{n} mars</time><div>{text(n)}</div>",
            body_class="path-node page-node-type-article",
        )
    site["/le-conseil"] = html(standing("Le conseil"), body_class="path-node page-node-type-page")
    site["/rss.xml"] = rss(paths)
    site["/sitemap.xml"] = sitemap(*paths, "/le-conseil", "/taxonomy/term/3", "/user/1")
    return titles()


def plain(site: Site) -> list[str]:
    """No feed, no sitemap, no marks: a home page, two sections with a second page, soft errors."""
    paths = [f"/{'eco' if n % 2 else 'emploi'}/{slug(n)}.html" for n in range(1, COUNT + 1)]
    cards = [
        f"<div><h3><a href='{p}'>{t}</a></h3><span class='date'>{n} mars 2026</span></div>"
        for n, (p, t) in enumerate(zip(paths, titles(), strict=True), 1)
    ][::-1]
    nav = (
        "<nav><a href='/eco/'>Éco</a> <a href='/emploi/'>Emploi</a></nav>"
        "<footer><a href='/qui-sommes-nous.html'>Qui sommes-nous</a>"
        "<h4><a href='/une-charte-pour-nos-lecteurs.html'>Une charte pour nos lecteurs</a></h4>"
        "</footer>"
    )
    site["/"] = html(f"<h1>Le x</h1>{''.join(cards[:4])}{nav}", title="Le x")
    for name, own in (("eco", cards[1::2]), ("emploi", cards[0::2])):
        onward = f"<a rel='next' href='/{name}/?page=2'>Page suivante</a>"
        site[f"/{name}/"] = html(f"<h1>{name}</h1>{''.join(own[:3])}{onward}{nav}", title=name)
        gone = "<h3><a href='/eco/une-page-qui-n-est-plus-la.html'>Une page perdue</a></h3>"
        site[f"/{name}/?page=2"] = html(f"<h1>{name}</h1>{''.join(own[3:])}{gone}{nav}", title=name)
    for n, (path, title) in enumerate(zip(paths, titles(), strict=True), 1):
        site[path] = html(
            f"{nav}<div><h1>{title}</h1><p class='date'>Publié le {n} mars 2026</p>{text(n)}</div>",
            title=f"{title} | Le x",
        )
    site["/une-charte-pour-nos-lecteurs.html"] = html(standing("Une charte pour nos lecteurs"))
    site["/qui-sommes-nous.html"] = html(standing("Qui sommes-nous"))
    site["/eco/une-page-qui-n-est-plus-la.html"] = lost = Answer(html("<h1>Page introuvable</h1>"))
    site.before = lambda path: None if path in site.pages else lost
    return titles()


SYSTEMS = {each.__name__: each for each in (wordpress, spip, ghost, drupal, plain)}

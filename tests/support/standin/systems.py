"""Pages and lists in the form that common systems give them without any change by their owner."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import index, listing, rest, rss, sitemap
from standin.pages import day, frame, iso, minute, paragraphs, signed
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from standin.pages import Around
    from standin.sites import Site
    from standin.stories import Story
    from standin.web import Page

WORDPRESS = (
    "<meta name='generator' content='WordPress 6.1'>"
    "<link rel='https://api.w.org/' href='/wp-json/'>"
)
DRUPAL = "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>"
SPIP = "<meta name='generator' content='SPIP 4.4.3'>"
JOOMLA = "<meta name='generator' content='Joomla! - Open Source Content Management'>"
GHOST = "<meta name='generator' content='Ghost 5.2'>"
DOTCLEAR = "<meta name='generator' content='Dotclear'>"


def wordpress(story: Story, around: Around, *, above: str = "", below: str = "") -> str:
    """Return a post of WordPress without plug-ins: no JSON-LD, no OpenGraph."""
    return wordpress_with(
        story, around, f"{above}{paragraphs(story.words)}{below}", meta=_posted(story)
    )


def wordpress_with(story: Story, around: Around, content: str, *, meta: str = "") -> str:
    """Return a post of WordPress whose text and line of metadata are given."""
    terms = "".join(f"<a href='/tag/{tag}/' rel='tag'>{tag}</a> " for tag in story.tags)
    main = (
        f"<main><article class='post type-post hentry'><header class='entry-header'><h1 "
        f"class='entry-title'>{escape(story.title)}</h1>{meta}</header><div "
        f"class='entry-content'>{content}</div><footer class='entry-footer'>{terms}</footer>"
        "</article></main>"
    )
    head = f"{WORDPRESS}<link rel='canonical' href='{around.url}'>"
    return frame(
        around,
        main,
        title=story.title,
        head=head,
        classes=f"post-template-default single single-post postid-{story.number}",
    )


def _posted(story: Story) -> str:
    return (
        f"<div class='entry-meta'>Publié le <time class='entry-date published' "
        f"datetime='{iso(story.published)}'>{day(story.published)}</time> par <span "
        f"class='author vcard'><a href='/author/x/'>{signed(story.authors)}</a></span></div>"
    )


def wordpress_lists(*more: str) -> Callable[[Site], Mapping[str, Page]]:
    """Return the feed, the REST interface and the sitemaps of WordPress, and listings at *more*."""

    def routes(site: Site) -> dict[str, Page]:
        posts = site.written
        found: dict[str, Page] = {
            "/": home_page(site, head=WORDPRESS, classes="home blog"),
            "/robots.txt": Answer("User-agent: *\nDisallow: /wp-admin/\n", type="text/plain"),
            "/feed/": rss(site.name, posts),
            "/wp-json/wp/v2/posts": rest(posts),
            "/wp-sitemap.xml": index(
                [site.url(f"/wp-sitemap-posts-{kind}-1.xml") for kind in ("post", "page")]
            ),
            "/wp-sitemap-posts-post-1.xml": sitemap([each.url for each in posts]),
            "/wp-sitemap-posts-page-1.xml": sitemap([site.url(path) for path in site.standing]),
        }
        found |= {f"/?p={each.story.number}": moved(each.url) for each in posts}
        for path in more:
            found |= paged(site, path, f"{path}page/2/", head=WORDPRESS, classes="archive")
        return found

    return routes


def drupal(story: Story, around: Around, *, above: str = "", below: str = "") -> str:
    """Return a node of Drupal: the time for machines, the author of the node, its terms."""
    terms = "".join(f"<a href='/taxonomy/term/1'>{tag}</a> " for tag in story.tags)
    main = (
        f"<a href='#main-content' class='visually-hidden'>Aller au contenu principal</a><main "
        f"id='main-content'><h1>{escape(story.title)}</h1><article class='node "
        f"node--type-article'><footer class='node__meta'>Par <span rel='author'>"
        f"{signed(story.authors)}</span>, <time datetime='{iso(story.published)}'>"
        f"{minute(story.published)}</time></footer><div class='node__content'>{above}"
        f"{paragraphs(story.words)}{below}</div><div class='field--name-tags'>{terms}</div>"
        "</article></main>"
    )
    return frame(
        around,
        main,
        title=story.title,
        head=f"{DRUPAL}<meta name='keywords' content='{', '.join(story.tags)}'>"
        f"<link rel='canonical' href='{around.url}'>",
        classes="path-node page-node-type-article",
    )


def spip(story: Story, around: Around, *, words: str = "") -> str:
    """Return an article of SPIP: its opening as chapo, the moment in an abbr."""
    text = words or (
        f"<div class='chapo'><p>{escape(story.lead, quote=False)}</p></div><div class='texte'>"
        f"{paragraphs(story.paragraphs)}</div>"
    )
    main = (
        f"<main><div class='cartouche'><h1 class='crayon article-titre'>{escape(story.title)}</h1>"
        f"<p class='info-publi'><abbr class='published' title='{iso(story.published)}'>"
        f"{weekday_of(story)}</abbr>, par <span class='auteurs'>{', '.join(story.authors)}</span>"
        f"</p></div>{text}</main>"
    )
    return frame(around, main, title=story.title, head=SPIP, classes="page_article")


def weekday_of(story: Story) -> str:
    """Return the day as the page prints it."""
    return day(story.published)


def structured(story: Story, around: Around, *, head: str = "", text: str = "") -> str:
    """Return a page of a newspaper's own system, which says all in JSON-LD and OpenGraph."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "url": around.url,
        "datePublished": iso(story.published),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": around.site},
        "articleSection": story.section,
        "keywords": story.tags,
    }
    title = escape(story.title)
    main = (
        f"<main><article><h1>{title}</h1><div class='chapo'><p>{escape(story.lead, quote=False)}"
        f"</p></div><div class='article-meta'>Par {signed(story.authors)}, publié le "
        f"{minute(story.published)}</div><div class='article-body'>"
        f"{text or paragraphs(story.paragraphs)}</div></article></main>"
    )
    return frame(
        around,
        main,
        title=story.title,
        head=f"<script type='application/ld+json'>{json.dumps(said)}</script><meta "
        f"property='og:type' content='article'><meta property='og:title' content=\"{title}\">"
        f"<link rel='canonical' href='{around.url}'>{head}",
    )


def plain(story: Story, around: Around, *, date: str = "", head: str = "") -> str:
    """Return a page that says nothing to machines, with *date* as it prints it."""
    main = (
        f"<main><h1>{escape(story.title)}</h1>{date}<div class='contenu'>"
        f"{paragraphs(story.words)}</div></main>"
    )
    return frame(around, main, title=story.title, head=head)


def paged(site: Site, path: str, onward: str, **more: str) -> dict[str, Page]:
    """Return a listing of all articles on two pages, the first at *path*."""
    half = (len(site.written) + 1) // 2
    first, second = site.url(path), site.url(onward)
    return {
        path: listing(site.around(first), site.written[:half], onward=second, **more),
        onward: listing(site.around(second), site.written[half:], **more),
    }


def home_page(site: Site, **more: str) -> Answer:
    return listing(site.around(site.home), site.written[:5], **more)

"""Routes: where a source lists its articles, and the readers of what each kind answers.

What the facts of a source name is here; the rest is in the modules.
"""

from __future__ import annotations

from alescrawl.crawling.routes.model import (
    Archive,
    Feed,
    Listing,
    Route,
    Sitemap,
    WordPressRest,
)

__all__ = ["Archive", "Feed", "Listing", "Route", "Sitemap", "WordPressRest"]

"""The stand-ins of all sources, by the name of the spider, and all that their hosts answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standin import (
    economic_sites,
    letter_sites,
    objectifgard_site,
    press_sites,
    public_sites,
    reserved_sites,
    simple_sites,
    wordpress_sites,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from standin.sites import Site
    from standin.web import Page

MODULES = (
    wordpress_sites,
    letter_sites,
    objectifgard_site,
    reserved_sites,
    press_sites,
    economic_sites,
    public_sites,
    simple_sites,
)
SITES: dict[str, Site] = {site.source: site for module in MODULES for site in module.SITES}


def answers(sites: Iterable[Site] = SITES.values()) -> dict[str, dict[str, Page]]:
    """Return the answers of all hosts of *sites*, by host and path."""
    hosts: dict[str, dict[str, Page]] = {}
    for site in sites:
        for host, pages in site.pages().items():
            hosts.setdefault(host, {}).update(pages)
    return hosts

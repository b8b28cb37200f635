"""A crawl of real content management systems finds what they publish, and only that."""

import pytest
from crawls import history

SYSTEMS = ("wordpress[classic]", "wordpress[block]", "spip")
FEWEST_REQUESTS = 0.05
"""Requests per article of a run in which nothing has changed."""
MOST_MORE = 10
"""Requests more than in such a run, where three articles have changed and one is gone."""

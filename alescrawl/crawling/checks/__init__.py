"""Checks: whether sources are as their modules say, and whether this machine can crawl."""

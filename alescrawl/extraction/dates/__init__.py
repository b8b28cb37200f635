"""Dates of a page: when an article was published and modified."""

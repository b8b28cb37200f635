"""Scrapy sub-commands of this project."""

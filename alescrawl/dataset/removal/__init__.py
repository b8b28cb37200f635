"""Removal: articles and names that are taken out everywhere and not collected again."""

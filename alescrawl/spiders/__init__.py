"""Spiders: one module of facts per publisher."""

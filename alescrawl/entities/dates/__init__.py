"""Dates in a text, as the first and last day of what is meant."""

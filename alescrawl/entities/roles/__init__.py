"""Roles: what sentences say that persons are, and of which body."""

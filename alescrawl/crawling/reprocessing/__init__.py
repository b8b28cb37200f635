"""Reprocessing: archived pages read again with the code of today, nothing fetched."""

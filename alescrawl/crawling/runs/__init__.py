"""Runs: what one crawl came to, counted, written to the ledger, judged, and said at the end."""

"""Item pipelines: what is done with each article between its page and the ledger, and counted."""

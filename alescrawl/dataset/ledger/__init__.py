"""The ledger: a SQLite file of articles, addresses, routes, hosts and runs."""

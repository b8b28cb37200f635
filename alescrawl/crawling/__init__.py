"""From routes to pages: which addresses are new or changed, fetched politely."""

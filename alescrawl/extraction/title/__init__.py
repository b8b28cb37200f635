"""The title of an article, without the name of its site, and its kicker."""

"""Reading: the published tables in pandas, and the history of one article."""

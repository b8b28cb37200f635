"""Watch lists: what is new about names, places, topics and words, as a feed, a mail, a table."""

"""The body: which blocks of a page are the text of its article."""

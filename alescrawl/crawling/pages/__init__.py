"""Pages: what a page is, an article or a list or a notice, and what it shows; knows no route."""

"""Back-fill: what web archives captured of the sources, as rows like those of a crawl."""

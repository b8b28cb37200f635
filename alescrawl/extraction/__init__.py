"""Page to Article: structured data, body, byline, dates. Knows no Scrapy."""

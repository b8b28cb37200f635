"""Whether an article is about the Gard, and about its economy. Knows no Scrapy."""

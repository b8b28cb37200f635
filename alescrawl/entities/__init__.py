"""Text to mentions: institutions, persons, places, dates, amounts, jobs. Knows no Scrapy."""

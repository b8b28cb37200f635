"""The byline: who signed an article, persons and agencies apart."""

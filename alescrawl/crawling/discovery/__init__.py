"""Discovery: from the routes of a source to requests for its articles, and to what they show."""

"""Routes: where a source lists its articles, and the readers of what each kind answers."""

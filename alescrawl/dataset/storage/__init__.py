"""Storage: where files lie, on this disk or in an object store, and how they are put whole."""

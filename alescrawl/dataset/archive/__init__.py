"""The raw archive: pages as they came, as WARC records, and how long they are kept."""

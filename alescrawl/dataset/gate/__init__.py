"""The gate: whether what a run read may be published, judged by earlier runs."""

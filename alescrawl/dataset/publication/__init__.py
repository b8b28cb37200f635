"""Publication: from the ledger to Parquet files that are replaced whole, and other editions."""

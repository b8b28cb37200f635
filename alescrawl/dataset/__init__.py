"""Ledger (SQLite), schema, publication (Parquet), reading (pandas)."""

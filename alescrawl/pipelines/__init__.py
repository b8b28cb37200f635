"""Thin pipelines: each calls a floor below and counts what it did."""

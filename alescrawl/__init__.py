"""News about the economy of the Gard, as a dataset: the Python interface."""

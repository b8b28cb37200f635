"""The report: one HTML page that shows the dataset, its figures made here, drawn in the browser."""

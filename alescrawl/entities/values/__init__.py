"""Values: sums of money and jobs that a text states."""

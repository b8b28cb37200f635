"""Values: sums of money and jobs that a text states."""

from alescrawl.entities.values.values import find_values

__all__ = ["find_values"]

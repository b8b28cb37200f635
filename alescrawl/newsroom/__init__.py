"""A small invented newsroom on loopback, for the demo and the tests."""

"""Health: how sources and the output folder stand, and who has not been told yet."""

"""French text: normalisation, tokens. Knows nothing above it."""

"""The tagger of unknown names: a linear-chain CRF, its features and its training."""

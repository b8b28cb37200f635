"""The page: decoded and parsed once, and what it states about itself."""

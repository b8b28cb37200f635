"""The engine: many readings at once, in this process, in others, or on a cluster."""

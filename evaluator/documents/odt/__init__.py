"""OpenDocument text (ODT): text in reading order, and what its styles hide."""

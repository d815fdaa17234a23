"""The embedded reader: a small trained classifier of statements, with word lists for each language; deterministic, no network."""

"""The embedded reader: deterministic, no network. Concepts in a data file, scope and agency by clause."""

"""RTF: groups and control words, and what they hide."""

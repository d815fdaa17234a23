"""Word documents (DOCX): text in reading order, and what their formatting hides."""

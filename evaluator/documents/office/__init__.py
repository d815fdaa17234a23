"""What DOCX, ODT and RTF have in common: the archive, the text as it is collected, boxes of a fixed size."""

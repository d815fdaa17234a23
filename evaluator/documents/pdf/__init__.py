"""PDF: words from PDFium with their places, checked against the drawn page."""

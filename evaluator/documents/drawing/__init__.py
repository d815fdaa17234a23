"""Documents drawn by Chromium or LibreOffice, where their format alone does not tell what is seen."""

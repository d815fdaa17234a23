"""Letters that typefaces draw, compared with known faces: what PDF, HTML and office files ask alike.

``sheet`` draws letters side by side, on ``pages`` of PDFium, ``shapes`` compares one with the alphabet, ``denial``
decides for a typeface as a whole, ``typeface_files`` for a file of one.
"""

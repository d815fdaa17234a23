"""Documents drawn by Chromium or LibreOffice, where their format alone does not tell what is seen.

``confirming`` asks a picture about what the reader of a format took as shown, ``as_drawn`` reads one where that
reader could not tell. ``programs`` chooses ``chromium`` or ``libreoffice``, ``worker`` runs it shut off,
``screen_check`` holds paper and screen together.
"""

"""Word documents (DOCX): text in reading order, and what their formatting hides.

Where a question begins:

``body``: what is read, in which order? ``why_hidden``: may a person see it there? ``visibility``: by its formatting?
``painting`` and ``text_fill``: by its colours? ``tables``, ``grid``, ``boxes`` and ``shapes``: by the room it has?
``styles``, ``conditions`` and ``numbering``: which formatting holds? ``relations`` and ``inserts``: from which parts?
"""

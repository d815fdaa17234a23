"""OpenDocument text (ODT): text in reading order, and what its styles hide.

Where a question begins:

``body``: what is read, in which order? ``visibility``: may a person see it, by its formatting? ``styles``: which
formatting holds? ``places``, ``shapes`` and ``tables``: where does it stand, and is there room? ``pages``: which
headers and footers are shown? ``fields``: is a field's text what a program would show? ``names``: which elements and
properties are understood?
"""

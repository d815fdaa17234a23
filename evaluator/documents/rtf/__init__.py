"""RTF: groups and control words, and what they hide.

Where a question begins:

``converter``: what is read, in which order? ``place``: may a person see it there? ``state``: by the formatting of its
group? ``shades``, ``shapes`` and ``tables``: by ground and room? ``pages``: which headers and footers are shown?
"""

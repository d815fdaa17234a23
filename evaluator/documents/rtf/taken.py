"""Control words by who takes them: most words of a file change nothing that is read after them, and are passed by."""

from __future__ import annotations

from .control_words import DESTINATIONS, EDGES, NEVER_SHOWN, NUMBERS, SYMBOLS
from .pages import OF_PAGES
from .state import FORMATS, MEASURES
from .tables import OF_ROWS

LEADING = frozenset((*DESTINATIONS, *EDGES, *NUMBERS, *NEVER_SHOWN, b"fldrslt"))
"""Words that lead a group to a destination, starred or not."""
STYLES = frozenset([b"s", b"cs", b"ds"])
FORMATTING = FORMATS | STYLES | {b"shp"}
PARTS_OF_COLOURS = (b"red", b"green", b"blue")
TABLES = OF_ROWS | MEASURES | frozenset((*PARTS_OF_COLOURS, b"ansicpg", b"f", b"deff", b"fcharset"))
"""Words that the tables of the document and those of its text are made of."""
TAKEN = OF_PAGES | LEADING | FORMATTING | TABLES | frozenset((b"u", *SYMBOLS))
"""All of them; others are read within shapes alone, or where a star tells that they lead to what may be left out."""

"""What friends and colleagues make of a name: its beginning or its end, for long ones its middle, and endings of pet forms.

*Bayo* of Adebayo, *Chidi* of Chidiebere, *Dami* of Oluwadamilola, *Kwabs* of Kwabena. Letters alone tell little, so that
these are looked for only where somebody acts, owns or signs, and never where they are a word, a place or a tool.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..structure.folding import fold
from ..structure.known_names import is_place, names_vocabulary, ordinary_words, tool_names
from ..structure.name_pieces import script_of

_LEAST = 3
_LEAST_WITHIN = 4
_LEAST_NAME, _LONG_NAME = 5, 9
"""Letters of a name of which people use the beginning or the end, and of one of which they use the middle."""
_PET_ENDINGS = ("y", "ie", "i", "o", "s", "a", "u")
_MOST_BEFORE_ENDING = 5


def call_names(words: Sequence[str]) -> Iterator[str]:
    """Folded forms of the words of a name.

    Args:
        words: of one person's name.
    """
    known = {fold(word) for word in words}
    for name in known:
        if len(name) >= _LEAST_NAME and script_of(name[0]) in {"latin", "cyrillic", "greek"}:
            for form in _forms(name):
                if form not in known and not _means_more(form):
                    yield form


def _forms(name: str) -> Iterator[str]:
    for length in range(_LEAST, len(name)):
        yield name[:length]
        yield name[-length:]
    for length in range(_LEAST, min(_MOST_BEFORE_ENDING, len(name) - 1) + 1):
        yield from (name[:length] + ending for ending in _PET_ENDINGS)
    if len(name) >= _LONG_NAME:
        for start in range(1, len(name) - _LEAST_WITHIN):
            yield from (name[start:end] for end in range(start + _LEAST_WITHIN, len(name)))


def _means_more(form: str) -> bool:
    return (
        form in ordinary_words()
        or form in tool_names()
        or is_place(form)
        or any(
            form in names_vocabulary(kind)
            for kind in (
                "honorifics",
                "particles",
                "suffixes",
                "not_names",
                "file_words",
                "mailboxes",
            )
        )
    )

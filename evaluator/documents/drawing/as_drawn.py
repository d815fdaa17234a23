"""A document read as a program draws it, where the reader of its format could not tell what is seen.

The drawing is believed only where it shows what the reader knows to be shown, and nothing that the reader knows to be
hidden: where the two disagree, it stays with what the reader knows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pypdfium2 as pdfium

from ...errors import DocumentError
from ..draft import Draft, Hidden
from ..markup import squashed
from ..pdf.converter import PdfConverter
from .pictures import View
from .screen_check import SCALE, Screen

_SHOWN = 0.97
"""Of the words that the reader knows to be shown, how many the drawing must show."""
_RUN = 3
"""Words in a row that tell one text from another."""
_UNSETTLED = frozenset(["@media", "@container", "animation", "animation-name"])
"""Doubts that a picture of one window at one moment does not settle."""
NOT_DRAWN = "not in the picture of the page"


def as_drawn(draft: Draft, program: str, views: list[View]) -> Draft | None:
    """The draft of the first view, with what the file hides; None where the drawing does not settle it.

    Args:
        draft: as its format's reader has it.
        program: that drew it.
        views: at least one.
    """
    if any(one.how in _UNSETTLED for one in draft.unverified):
        return None
    try:
        drafts = [read_view(view) for view in views]
    except DocumentError:
        return None
    seen, *others = drafts
    for other in others:
        shown = _Text([line.text for line in other.lines])
        seen.lines = [line for line in seen.lines if shown.has(line.text)]
    shown = _Text([line.text for line in seen.lines])
    if not _agree(draft, shown):
        return None
    unseen = [
        Hidden(_told(one.how), shown.lacking(one.text))
        for one in draft.unverified
        if not shown.has(one.text)
    ]
    return replace(
        draft,
        lines=seen.lines,
        links=[link for link in draft.links if not link.label or shown.has(link.label)]
        + seen.links,
        hidden=[*draft.hidden, *unseen],
        unverified=[],
        wrapped=True,
        pages=seen.pages,
        drawn_by=program,
    )


def _told(how: str) -> str:
    return how if how == NOT_DRAWN else f"{how}; {NOT_DRAWN}"


def read_view(view: View) -> Draft:
    """What a view shows.

    Raises:
        DocumentError: it shows nothing, or cannot be read.
    """
    if not view.tiles:
        return PdfConverter().convert(view.pdf)
    document = pdfium.PdfDocument(view.pdf)
    try:
        paper = document[0].render(scale=SCALE, grayscale=True).to_pil()
    finally:
        document.close()
    draft = PdfConverter(Screen(paper, view.tiles)).convert(view.pdf)
    draft.lines = [line for line in draft.lines if line.page == 1]
    draft.pages = 1
    return draft


class _Text:
    """Texts in which others are looked for, whatever the blanks and the breaks of lines."""

    def __init__(self, texts: list[str]) -> None:
        self._whole = squashed("".join(texts))
        words = _words(" ".join(texts))
        self._runs = set(_runs(words))
        self.words = Counter(words)

    def has(self, text: str) -> bool:
        """Whether a text stands there: as it is, or run by run where columns break it differently."""
        if squashed(text) in self._whole:
            return True
        runs = _runs(_words(text))
        return bool(runs) and self._runs.issuperset(runs)

    def lacking(self, text: str) -> str:
        """The words of a text that stand nowhere in it beside their neighbours."""
        whole = text.split()
        words = [squashed(word) for word in whole]
        found: set[int] = set()
        for start, run in enumerate(_runs(words)):
            if run in self._runs:
                found.update(range(start, start + _RUN))
        return " ".join(word for place, word in enumerate(whole) if place not in found)

    def has_run(self, run: tuple[str, ...]) -> bool:
        """Whether these words stand there one after the other."""
        return run in self._runs


def _agree(draft: Draft, shown: _Text) -> bool:
    known = Counter(_words(" ".join(line.text for line in draft.lines)))
    missing = known - shown.words
    # Long words break where a line ends.
    unseen = sum(count for word, count in missing.items() if not shown.has(word))
    if unseen > (1 - _SHOWN) * sum(known.values()):
        return False
    own = _Text([*(line.text for line in draft.lines), *(one.text for one in draft.unverified)])
    return not any(_shows_hidden(one, shown, own) for one in draft.hidden)


def _shows_hidden(hidden: Hidden, shown: _Text, own: _Text) -> bool:
    """Whether a drawing has a run of words of a text that is known to be hidden and stands nowhere else."""
    return any(shown.has_run(run) and not own.has_run(run) for run in _runs(_words(hidden.text)))


def _words(text: str) -> list[str]:
    return [word for word in map(squashed, text.split()) if word]


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]

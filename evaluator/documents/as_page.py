"""Texts with tags: opened in a browser they are pages, and what is not seen there does not count.

A name does not tell how a text is opened, so what counts is what both ways show.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..errors import DocumentError
from .draft import Draft, DraftLine, Hidden
from .markup import squashed

HOW = "tags by which a browser does not show it"
_TAG = re.compile(r"<[A-Za-z!?/]")
_TARGET = re.compile(r"\]\([^()\s]*(?:\s[^()]*)?\)|\]\[[^\]\n]*\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]*|[\w.+-]+@[\w.-]+)>")
_RUN = 3
_MOST_UNSEEN = 0.5


def as_page_too(draft: Draft, source: str) -> Draft:
    """The draft without lines that a browser would not show of a text.

    Args:
        draft: of the text as Markdown or plain text.
        source: the text.
    """
    if _TAG.search(source) is None:
        return draft
    return shown_in_both(draft, _shown(_AUTOLINK.sub(r"\1", _TARGET.sub("]", source))), HOW)


def shown_in_both(draft: Draft, shown: str, how: str) -> Draft:
    """The draft without lines that another way to open its file does not show.

    Args:
        draft: of the file in one way.
        shown: letters and digits of what is seen in the other.
        how: the reason told of what is left out.
    """
    kept: list[DraftLine] = []
    unseen: list[Hidden] = []
    for line in draft.lines:
        if _stands_in(line.text, shown):
            kept.append(line)
        else:
            unseen.append(Hidden(how, f"{line.text} "))
    if not unseen:
        return draft
    # A picture shows the text in one of the two ways.
    unverified = [*draft.unverified, *unseen]
    return replace(draft, lines=kept, unverified=unverified, can_be_drawn=False)


def _shown(source: str) -> str:
    from .html.converter import HtmlConverter  # few texts have tags

    try:
        draft = HtmlConverter().convert(source.encode("utf-8-sig", "replace"))
    except DocumentError:
        return ""
    return squashed("".join(line.text for line in draft.lines))


def _stands_in(text: str, shown: str) -> bool:
    words = [word for word in map(squashed, _TAG_WHOLE.sub(" ", text).split()) if word]
    if not words or "".join(words) in shown:
        return True
    runs = ["".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))]
    return sum(run not in shown for run in runs) <= _MOST_UNSEEN * len(runs)


_TAG_WHOLE = re.compile(r"</?[A-Za-z][^<>]*>")
"""Tags that a text shows as they are."""

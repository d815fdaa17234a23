"""Markdown, as a reader of the rendered page sees it: comments and unused definitions are gone."""

from __future__ import annotations

import re
from collections import Counter

from markdown_it import MarkdownIt

from ..models.document import DocumentFormat
from .decoding import decoded
from .draft import Draft, DraftLine, Hidden, hide
from .html.converter import HtmlConverter
from .markup import is_broken_to_width, without_front_matter
from .terminals import without_controls
from .text import with_bullets

_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n[ \t]+\S.*)*)", re.M)


class MarkdownConverter:
    """Renders to HTML and reads that, so that both formats have one notion of visible.

    A line end is a line end in a resume.
    """

    format = DocumentFormat.MARKDOWN

    def convert(self, data: bytes) -> Draft:
        parser = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 60}).enable(
            ["table"]
        )
        found = decoded(data)
        concealed: list[Hidden] = []
        text, shown, rest = without_front_matter(without_controls(found.text, concealed))
        text, unused = _without_unused_notes("\n".join(with_bullets(text.splitlines())))
        draft = HtmlConverter().convert(parser.render(text).encode("utf-8-sig", "replace"))
        draft.lines = [*map(DraftLine, shown), *draft.lines]
        draft.wrapped = is_broken_to_width(text.splitlines())
        draft.doubts = found.doubts
        draft.hidden += concealed
        if rest:
            draft.asides.append(Hidden("the front matter", rest))
        for note in unused:
            hide(draft.hidden, "a footnote that nothing refers to", note)
        return draft


def _without_unused_notes(text: str) -> tuple[str, list[str]]:
    """Footnotes that no mark refers to are not on the page."""
    unused: list[str] = []
    named = Counter(_MARK.findall(text))

    def judge(note: re.Match[str]) -> str:
        if named[note["name"]] > 1:
            return note.group()
        unused.append(note["text"])
        return ""

    return _NOTE.sub(judge, text), unused

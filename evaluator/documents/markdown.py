"""Markdown, as a reader of the rendered page sees it: comments and unused definitions are gone."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from ..models.document import DocumentFormat
from .decoding import decode
from .draft import Draft, hide
from .html import HtmlConverter

_NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n[ \t]+\S.*)*)", re.M)
_KEPT_SHORT = 100


class MarkdownConverter:
    """Renders to HTML and reads that, so that both formats have one notion of visible."""

    format = DocumentFormat.MARKDOWN

    def convert(self, data: bytes) -> Draft:
        parser = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 60}).enable(
            ["table"]
        )
        text, unused = _without_unused_notes(decode(data))
        draft = HtmlConverter().convert(parser.render(text).encode("utf-8"))
        # A line end is a line end in a resume. Only where an editor kept all lines short do sentences run on.
        draft.wrapped = max(map(len, text.splitlines()), default=0) <= _KEPT_SHORT
        for note in unused:
            hide(draft.hidden, "a footnote that nothing refers to", note)
        return draft


def _without_unused_notes(text: str) -> tuple[str, list[str]]:
    """Footnotes that no mark refers to are not on the page."""
    unused: list[str] = []

    def judge(note: re.Match[str]) -> str:
        if text.count(f"[^{note['name']}]") > 1:
            return note.group()
        unused.append(note["text"])
        return ""

    return _NOTE.sub(judge, text), unused

"""Markdown, as a reader of the rendered page sees it: comments and unused definitions are gone."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt

from ..models.document import DocumentFormat
from .as_page import as_page_too
from .decoding import decoded
from .draft import Draft, Hidden, hide
from .html.converter import HtmlConverter
from .markup import is_broken_to_width, squashed, without_front_matter
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
        found = decoded(data)
        page = _page_of(found.text)
        draft = HtmlConverter().convert(page.html.encode("utf-8-sig", "replace"))
        draft.wrapped = page.is_wrapped
        draft.doubts = found.doubts
        draft.hidden += page.concealed
        if page.rest:
            draft.asides.append(Hidden("the front matter", page.rest))
        draft = as_page_too(draft, found.text)
        draft.unverified += [
            Hidden("front matter that some programs show", f"{line} ") for line in page.unsure
        ]
        for note in page.unused:
            hide(draft.hidden, "a footnote that nothing refers to", note)
        return draft


class _Page(NamedTuple):
    html: str
    is_wrapped: bool
    """Its lines were broken to a width."""
    rest: str
    """Of the front matter, what no template prints."""
    unsure: list[str]
    """Of the front matter, what some templates print."""
    unused: list[str]
    """Footnotes."""
    concealed: list[Hidden]


def rendered(data: bytes) -> str:
    """The page that a text makes."""
    return _page_of(decoded(data).text).html


def _page_of(source: str) -> _Page:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 60}).enable(
        ["table"]
    )
    concealed: list[Hidden] = []
    front = without_front_matter(without_controls(source, concealed))
    text, unused = _without_unused_notes("\n".join(with_bullets(front.text.splitlines())))
    head = "".join(f"<p>{escape(line)}</p>\n" for line in front.shown)
    html = f"<!doctype html>\n{head}{parser.render(text)}"
    unsure = [line for line in front.unsure if squashed(line) not in squashed(text)]
    return _Page(html, is_broken_to_width(text.splitlines()), front.rest, unsure, unused, concealed)


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

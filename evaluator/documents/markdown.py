"""Markdown, as a reader of the rendered page sees it: comments and unused definitions are gone."""

from __future__ import annotations

from markdown_it import MarkdownIt

from ..models.document import DocumentFormat
from .decoding import decode
from .draft import Draft
from .html import HtmlConverter


class MarkdownConverter:
    """Renders to HTML and reads that, so that both formats have one notion of visible."""

    format = DocumentFormat.MARKDOWN

    def convert(self, data: bytes) -> Draft:
        parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table"])
        rendered = parser.render(decode(data))
        return HtmlConverter().convert(rendered.encode("utf-8"))

"""Documents that need a picture get one in a process of its own, and are read without it where none comes."""

from __future__ import annotations

import asyncio

import pytest

from evaluator import DocumentError
from evaluator.documents.drawing.programs import Drawer
from evaluator.documents.sandbox import ParserPool
from evaluator.models.document import Document, FlagKind

from .test_page_pictures import page

pytestmark = pytest.mark.workers


def test_a_document_that_needs_one_gets_a_picture_of_its_own() -> None:
    html = page({"body": "<p>Flour, bread and cakes.</p>"}).encode()

    async def read(**options: bool) -> Document:
        pool = ParserPool(1, seconds=60, **options)
        try:
            return await pool.read(html, "a.html")
        finally:
            await pool.aclose()

    with pytest.raises(DocumentError):
        asyncio.run(read())
    document = asyncio.run(read(draws=True))
    assert "Flour, bread and cakes." in document.text
    assert document.format == "html"
    assert [flag.kind for flag in document.flags] == [FlagKind.DRAWN]


def test_a_picture_that_does_not_come_leaves_a_document_as_it_is() -> None:
    async def views(seconds: float) -> bytes:
        drawer = Drawer(seconds=seconds)
        try:
            return await drawer.drawn(b"<!doctype html><p>Bread.", "a.html")
        finally:
            await drawer.aclose()

    assert asyncio.run(views(0.01)) == b""

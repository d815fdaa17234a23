"""Documents that need a picture get one in a process of its own, and are read without it where none comes."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from evaluator import DocumentError
from evaluator.documents import sandbox
from evaluator.documents.drawing import programs as programs_of
from evaluator.documents.drawing.pictures import View, packed
from evaluator.documents.drawing.programs import Drawer
from evaluator.documents.reading import reading_of
from evaluator.documents.sandbox import ParserPool
from evaluator.models.document import Document, FlagKind
from evaluator.wording.remedies import flag_remedy

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


ROW = rb"{\rtf1\ansi\paperw12240\paperh15840\pard Kept the ledgers of the harbour.\par\trowd\trrh-700\cellx9000\pard\intbl Sorted letters.\cell\row}"
PLAIN = ROW.replace(rb"\trrh-700", b"")


@pytest.mark.parametrize(
    ("data", "installed", "draws", "is_told"),
    [
        (ROW, "libreoffice", True, True),
        (ROW, "libreoffice", False, False),
        (ROW, "chromium", True, False),
        (PLAIN, "libreoffice", True, False),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_picture_that_is_wanted_and_fails_is_told_where_a_program_would_draw_it(
    data: bytes, installed: str, draws: bool, is_told: bool, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(programs_of, "programs", lambda: {installed: "/bin/false"})
    monkeypatch.setattr(sandbox, "programs", lambda: {installed: "/bin/false"})
    if late:
        # It never answers.
        monkeypatch.setattr(sandbox, "Drawer", lambda size: Drawer(size, seconds=0.01))

    async def read() -> Document:
        pool = ParserPool(1, draws=draws)
        try:
            return await pool.read(data, "a.rtf")
        finally:
            await pool.aclose()

    document = asyncio.run(read())
    assert "Sorted letters." in document.text
    told = [flag.kind for flag in document.flags]
    assert told == ([FlagKind.LOOKS_UNCHECKED] if is_told else [])


def test_a_picture_that_shows_nothing_to_read_is_told() -> None:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.showPage()
    canvas.save()
    found = reading_of(ROW, "a.rtf", packed("LibreOffice", [View(stream.getvalue())])).document
    assert isinstance(found, Document)
    assert [flag.kind for flag in found.flags] == [FlagKind.LOOKS_UNCHECKED]
    assert flag_remedy(FlagKind.LOOKS_UNCHECKED).startswith("Open the original")

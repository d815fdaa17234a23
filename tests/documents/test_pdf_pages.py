"""PDF beyond plain pages: scans, layers, forms, notes, broken mappings, edges, scripts from the right."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib import pagesizes
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evaluator.documents import ocr, picture
from evaluator.documents.hyphenation import join_hyphenated
from evaluator.documents.pdf.garbling import is_garbled
from evaluator.documents.pdf.words import LINE_END_HYPHEN, Word
from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError, Unreadable
from evaluator.models.document import Document, FlagKind
from fixtures.corpus import canvas, scans
from fixtures.corpus.truth import Made

LINES = (
    "Marlow Quennell, data engineer in Rotterdam.",
    "Maintained nightly reports for four warehouses.",
)


@pytest.fixture(scope="module")
def page() -> Made:
    return canvas.made()[0]


def _scanned(page: Made, layer: str, *, text_page: bool = False) -> Document:
    """A scan under an invisible layer, as OCR programs write it."""
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=pagesizes.A4, invariant=1)
    drawing.drawImage(ImageReader(scans.scan(page.data, 3).convert("RGB")), 0, 0, 595, 842)
    text = drawing.beginText(40, 700)
    text.setTextRenderMode(3)
    for start in range(0, len(layer), 90):
        text.textLine(layer[start : start + 90])
    drawing.drawText(text)
    drawing.showPage()
    if text_page:
        for number, line in enumerate(LINES):
            drawing.drawString(60, 700 - 20 * number, line)
    drawing.save()
    return read_document(stream.getvalue(), "scan.pdf")


def test_a_faithful_layer_of_a_scan_raises_no_flag_but_that_of_ocr(page: Made) -> None:
    layer = " ".join(block for flow in page.truth.flows for block in flow)
    document = _scanned(page, layer)
    assert {flag.kind for flag in document.flags} == {FlagKind.OCR}
    assert page.truth.flows[0][0] in document.text


def test_a_layer_that_says_more_than_its_scan_is_told(page: Made) -> None:
    claim = "Directed eleven astronomers, won medals, invented quantum telescopes, and supervised nobody else"
    document = _scanned(page, claim)
    assert "astronomers" not in document.text
    assert any("astronomers" in flag.message for flag in document.flags)


def test_without_ocr_a_scan_is_said_and_never_silent(
    page: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    monkeypatch.setattr("sys.prefix", "/nowhere")
    ocr.tessdata.cache_clear()
    try:
        with pytest.raises(DocumentError) as caught:
            _scanned(page, "x")
        assert caught.value.reason is Unreadable.IMAGE_ONLY
        assert "ocr" in (caught.value.hint or "").lower()
        stream = BytesIO()
        scans.scan(page.data, 3).save(stream, "PNG")
        with pytest.raises(DocumentError) as caught:
            read_document(stream.getvalue(), "a.png")
        assert caught.value.reason is Unreadable.IMAGE_ONLY
        mixed = _scanned(page, "x", text_page=True)
        assert LINES[1] in mixed.text
        assert any(
            f.kind is FlagKind.NOT_READ and "pictures were not read: 1." in f.message
            for f in mixed.flags
        )
    finally:
        ocr.tessdata.cache_clear()


def test_a_picture_of_nothing_is_image_only() -> None:
    stream = BytesIO()
    Image.new("L", (900, 1200), 240).save(stream, "PNG")
    with pytest.raises(DocumentError) as caught:
        read_document(stream.getvalue(), "a.png")
    assert caught.value.reason is Unreadable.IMAGE_ONLY


def test_pictures_are_bounded_and_put_on_white(monkeypatch: pytest.MonkeyPatch) -> None:
    assert picture.on_white(Image.new("RGBA", (4, 4), (0, 0, 0, 0))).getpixel((0, 0)) == 255
    monkeypatch.setattr(picture, "MAX_PIXELS", 100)
    stream = BytesIO()
    Image.new("L", (90, 90), 240).save(stream, "PNG")
    with pytest.raises(DocumentError) as caught:
        read_document(stream.getvalue(), "a.png")
    assert caught.value.reason is Unreadable.TOO_LARGE


def test_a_text_layer_of_nonsense_is_read_as_a_picture() -> None:
    """Fonts that map their glyphs to the wrong letters: the page looks right and copies as rubbish."""
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=pagesizes.A4, invariant=1)
    drawing.setFont("Helvetica", 12)
    for number in range(8):
        drawing.drawString(60, 700 - 24 * number, f"{number} {LINES[number % 2]}")
    drawing.save()
    with pikepdf.open(BytesIO(stream.getvalue())) as document:
        rows = "".join(f"<{code:02x}> <{0xE000 + code:04x}>\n" for code in range(33, 127))
        cmap = f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 94 beginbfchar\n{rows}endbfchar endcmap"
        for font in document.pages[0].Resources.Font.values():
            font.ToUnicode = document.make_stream(cmap.encode())
        out = BytesIO()
        document.save(out)
    read = read_document(out.getvalue(), "a.pdf")
    assert read.ocr
    assert LINES[1] in read.text


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("\ue001\ue002 " * 40, True),
        ("Wr#k#d %(t)h da$ta in m<n>y pl&c(es) ove!r y{e}ars " * 8, True),
        ("Worked with data in many places over the years " * 8, False),
        ("see https://example.org/a?b=c and node.js, C++, scikit-learn, k8s/helm " * 6, False),
        ("x$%", False),
    ],
)
def test_garbled_layers_are_told_from_code_and_addresses(text: str, garbled: bool) -> None:
    assert is_garbled([Word(part, 0, 0, 1, 1, 0) for part in text.split()]) is garbled


def test_filled_fields_and_typed_remarks_are_read_as_viewers_draw_them() -> None:
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=pagesizes.A4, invariant=1)
    for number, line in enumerate(LINES):
        drawing.drawString(60, 780 - 20 * number, line)
    drawing.acroForm.textfield(
        name="role", value="Platform engineer at Cobalt", x=60, y=600, width=300, height=20
    )
    drawing.save()
    document = read_document(stream.getvalue(), "form.pdf")
    assert "Platform engineer at Cobalt" in document.text
    assert LINES[0] in document.text


def test_repeated_edges_are_said_once_and_sentences_run_on() -> None:
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=pagesizes.A4, invariant=1)
    for number, (last, first) in enumerate(
        [("The model of the", "x"), ("y", "warehouse was retired.")]
    ):
        drawing.drawString(60, 820, "Curriculum vitae of Marlow")
        drawing.drawString(60, 60 if number == 0 else 760, last if number == 0 else first)
        drawing.drawString(300, 20, f"Page {number + 1} of 2")
        drawing.showPage()
    drawing.save()
    text = read_document(stream.getvalue(), "a.pdf").text
    assert text == "Curriculum vitae of Marlow\nThe model of the\nwarehouse was retired."


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("a mainte", "nance plan", "a maintenance"),
        ("on a held", "out set", "on a held-out"),
        ("with scikit", "learn only", "with scikit-learn"),
        ("using Py", "Torch daily", "using PyTorch"),
        ("the Jean", "Luc method", "the Jean-Luc"),
        ("see x@a", "b.example here", "see x@a-b.example"),
    ],
)
def test_hyphens_at_line_ends(upper: str, lower: str, expected: str) -> None:
    joined = join_hyphenated([upper + LINE_END_HYPHEN, lower])
    assert joined[0] == (0, expected)


def test_the_document_itself_decides_on_a_hyphen() -> None:
    lines = ["A pre-trained model.", f"A pre{LINE_END_HYPHEN}", "trained one, a re" + LINE_END_HYPHEN, "port, a report"]  # fmt: skip
    assert [text for _, text in join_hyphenated(lines)][1:] == [
        "A pre-trained",
        "one, a report,",
        "a report",
    ]


def test_lines_carry_page_box_and_offsets() -> None:
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=(400, 300), invariant=1)
    drawing.setFont("Helvetica", 10)
    drawing.drawString(50, 200, LINES[0])
    drawing.save()
    document = read_document(stream.getvalue(), "a.pdf")
    (line,) = document.lines
    assert document.text[line.start : line.end] == LINES[0]
    assert line.page == 1
    assert line.box is not None
    assert line.box.x0 == pytest.approx(50, abs=1)
    assert line.box.y0 < 300 - 200 < line.box.y1


def _note(document: Any, text: str) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, Rect=pikepdf.Array([0, 0, 9, 9]),
        Contents=pikepdf.String(text),
    )  # fmt: skip
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])


def test_an_empty_note_says_nothing() -> None:
    stream = BytesIO()
    drawing = Canvas(stream, pagesize=(400, 300), invariant=1)
    drawing.drawString(50, 200, LINES[0])
    drawing.save()
    out = BytesIO()
    with pikepdf.open(BytesIO(stream.getvalue())) as document:
        _note(document, "")
        document.save(out)
    assert read_document(out.getvalue(), "a.pdf").flags == ()


def test_a_page_that_stands_on_its_head_is_turned() -> None:
    out = BytesIO()
    drawing = Canvas(out, pagesize=(612, 792), pageCompression=0)
    drawing.setFont("Helvetica", 12)
    for number in range(12):
        drawing.drawString(
            60, 700 - 20 * number, f"Line {number + 1} of the flour orders of each Monday"
        )
    drawing.save()
    document = pikepdf.open(BytesIO(out.getvalue()))
    document.pages[0].Rotate = 180
    turned = BytesIO()
    document.save(turned)
    found, plain = read_document(turned.getvalue(), "a.pdf"), read_document(out.getvalue(), "a.pdf")
    assert found.text == plain.text
    assert found.flags == ()

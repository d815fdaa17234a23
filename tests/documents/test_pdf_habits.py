"""PDF as programs of the world write it: every visible word, and no false alarm."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from evaluator.documents.draft import DraftLine
from evaluator.documents.pdf.headers_footers import without_repeated_edges
from evaluator.documents.pdf.repair import repaired
from evaluator.documents.reading import read_document
from evaluator.models.document import Box, FlagKind
from fixtures.corpus import habits
from fixtures.corpus.habits import LINES


def _read(data: bytes) -> tuple[str, list[str]]:
    document = read_document(data, "a.pdf")
    return document.text, [flag.message for flag in document.flags]


@pytest.mark.parametrize(
    "data",
    [
        habits.glyph_by_glyph("Times-Roman", 11, 0.6),
        habits.glyph_by_glyph("Times-Bold", 13, 0.75),
        habits.glyph_by_glyph("Helvetica", 9, 0.5, spaces=True),
        habits.glyph_by_glyph("Times-Italic", 12, 0.01, spaces=True),
    ],
    ids=["Qt", "Qt bold", "spaces as objects", "one object a glyph"],
)
def test_words_are_told_apart_where_each_glyph_is_an_object(data: bytes) -> None:
    assert _read(data) == ("\n".join(LINES), [])


@pytest.mark.parametrize(
    ("font", "size", "stretch", "tracking"),
    [("Times-Roman", 10, 0.0, 0.0), ("Helvetica", 11, 0.12, 0.0), ("Helvetica", 10, 0.05, 0.4), ("Courier", 9, 0.1, 0.0)],
)  # fmt: skip
def test_gaps_of_the_page_tell_words_whatever_their_stretch(
    font: str, size: float, stretch: float, tracking: float
) -> None:
    assert _read(habits.justified(font, size, stretch, tracking))[0] == "\n".join(LINES)


@pytest.mark.parametrize("mode", ["transparent", "mode three", "white under"])
def test_bold_made_of_outlines_is_read(mode: str) -> None:
    text, flags = _read(habits.bold_by_outlines(mode))
    assert text == "\n".join(LINES)
    assert flags == []


@pytest.mark.parametrize(
    ("order", "size", "font"),
    [("before", 11, "Times-Roman"), ("after", 11, "Times-Roman"), ("before", 17, "Helvetica")],
)
def test_accents_drawn_over_letters_are_joined_to_them(order: str, size: float, font: str) -> None:
    text, flags = _read(habits.accents(order, size, font))
    assert "Ingénieure système, Zürich, Société de contrôle" in text
    assert flags == []


@pytest.mark.parametrize(
    ("line", "codes", "expected"),
    [
        ("multi-account, end-to-end serving in-house", {"-": "\u00ad"}, "multi-account, end-to-end serving in-house"),
        ("one*two three* four and a good deal more", {"*": "😀"}, "one😀two three😀 four and a good deal more"),
        ("# maps # of the * north # and of the south", {"#": "\ue001", "*": "\uf0d6"}, "maps of the north and of the south"),
    ],
    ids=["LuaTeX's hyphen", "emoji", "icons"],
)  # fmt: skip
def test_characters_of_typefaces_are_what_the_page_shows(
    line: str, codes: dict[str, str], expected: str
) -> None:
    text, flags = _read(habits.mapped(line, codes))
    assert " ".join(text.split()) == expected
    assert flags == []


@pytest.mark.parametrize("character", ["\u200b", "\u00ad", "\u200d"])
def test_invisible_characters_of_editors_are_no_alarm(character: str) -> None:
    """A glyph without ink, as Google Docs sets one before an address."""
    data = habits.mapped(
        "Tool: ~Jenkins, ~Docker and Kubernetes for forty services", {"~": character}
    )
    with pikepdf.open(BytesIO(data)) as document:
        for font in document.pages[0].Resources.Font.values():
            font.FirstChar, font.LastChar = 32, 126
            widths = [1000 * stringWidth(chr(code), "Helvetica", 1) for code in range(32, 126)]
            font.Widths = pikepdf.Array([*widths, 0])
            font.Encoding = pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([126, pikepdf.Name.space])
            )
        out = BytesIO()
        document.save(out)
    expected = "Tool: Jenkins, Docker and Kubernetes for forty services"
    assert _read(out.getvalue()) == (expected, [])


@pytest.mark.parametrize(
    ("media", "crop", "unit"),
    [
        ((0, 0, 595, 842), None, None),
        ((0, 0, 1200, 1700), None, None),
        ((-100, -50, 800, 900), (0, 0, 595, 842), None),
        ((0, 0, 120, 170), None, 5.0),
    ],
)
def test_boxes_may_stand_in_the_page_tree_and_in_any_unit(
    media: tuple[float, ...], crop: tuple[float, ...] | None, unit: float | None
) -> None:
    text, flags = _read(habits.boxed(media, crop, unit))
    assert text == "\n".join([*(line[:60].strip() for line in LINES), "References on request"])
    assert flags == []


@pytest.mark.parametrize("clipped", [0.0, 2.0, 4.0])
def test_a_line_cut_at_a_page_end_and_drawn_again_is_read_once_without_a_flag(
    clipped: float,
) -> None:
    text, flags = _read(habits.cut_at_the_end(clipped))
    assert text.count(LINES[4]) == 1
    assert flags == []


def _claimed(drawn: str, claim: str) -> bytes:
    with pikepdf.open(
        BytesIO(habits.drawn(lambda canvas: canvas.drawString(60, 700, drawn)))
    ) as document:
        page = document.pages[0]
        content = page.Contents.read_bytes()
        mark = f"/Span <</ActualText ({claim})>> BDC ".encode()
        page.Contents = document.make_stream(content.replace(b"BT", mark + b"BT", 2) + b" EMC EMC")
        out = BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("claim", ["Kubernet", "x" * 30, "ml", "Trained a model of demand"])
def test_a_claim_of_any_length_does_not_replace_letters_that_are_drawn(claim: str) -> None:
    text, flags = _read(_claimed("We baked many good loaves each day", claim))
    assert text == "We baked many good loaves each day"
    assert len(flags) == 1


def _form(entries: dict[str, Any], kind: str = "Widget") -> bytes:
    with pikepdf.open(
        BytesIO(habits.drawn(lambda canvas: canvas.drawString(60, 700, LINES[2])))
    ) as document:
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + kind), Rect=pikepdf.Array([60, 640, 460, 660]), F=4
        )  # fmt: skip
        for key, value in entries.items():
            annotation["/" + key] = (
                document.make_indirect(pikepdf.Dictionary(value)) if key == "Parent" else value
            )
        field = document.make_indirect(annotation)
        document.pages[0].Annots = pikepdf.Array([field])
        if kind == "Widget":
            top = annotation.get("/Parent", field)
            document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([top]))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


_VALUE = "Led the transport planning of a port"


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"FT": pikepdf.Name.Tx, "V": _VALUE, "DA": "/Helv 0 Tf 0 g"}, "Widget"),
        (
            {"FT": pikepdf.Name.Ch, "V": pikepdf.Array([_VALUE]), "Opt": pikepdf.Array([_VALUE]), "DA": "/Helv 10 Tf 0 0 1 rg"},
            "Widget",
        ),
        ({"Parent": {"/FT": pikepdf.Name.Tx, "/V": _VALUE, "/DA": "/Helv 0 Tf 0 g"}}, "Widget"),
    ],
)  # fmt: skip
def test_values_that_a_viewer_draws_are_read(entries: dict[str, Any], kind: str) -> None:
    assert _read(_form(entries, kind)) == (f"{LINES[2]}\n{_VALUE}", [])


def test_a_remark_that_only_some_programs_draw_is_told_and_not_read() -> None:
    text, flags = _read(_form({"Contents": _VALUE, "DA": "/Helv 11 Tf 0 g"}, "FreeText"))
    assert text == LINES[2]
    assert flags == [
        f"Perhaps hidden from the page (a remark that only some programs draw), not counted; look at the page: “{_VALUE}”"
    ]


@pytest.mark.parametrize(
    "entries",
    [
        {"F": 2}, {"F": 36}, {"DA": "/Helv 11 Tf 1 g"}, {"DA": "/Helv 0.5 Tf 0 g"}, {"DA": "/Helv 9 Tf 0 0 0 0 k"},
    ],
)  # fmt: skip
def test_values_that_a_viewer_does_not_show_are_told_and_not_read(entries: dict[str, Any]) -> None:
    text, flags = _read(_form({"Contents": _VALUE, "DA": "/Helv 11 Tf 0 g", **entries}, "FreeText"))
    assert text == LINES[2]
    assert _VALUE in flags[0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"\n" * 900 + data,
        lambda data: data[: data.rindex(b"trailer")],
        lambda data: data[: data.rindex(b"startxref") - 30],
    ],
    ids=["junk before", "no trailer", "cut"],
)
def test_a_file_without_its_end_is_read(damage: Any) -> None:
    data = habits.drawn(lambda canvas: canvas.drawString(60, 700, LINES[2]))
    assert _read(damage(data))[0] == LINES[2]


def test_what_has_no_catalogue_or_was_encrypted_is_not_mended() -> None:
    assert repaired(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj") is None
    assert (
        repaired(b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Encrypt 9 0 R>>") is None
    )


def _spots(canvas: Any) -> None:
    """Words that nobody sees, each with a dot that everybody sees."""
    text = canvas.beginText(60, 600)
    text.setFont("Helvetica", 11)
    text.setTextRenderMode(3)
    text.textOut(LINES[2])
    canvas.drawText(text)
    for number in range(14):
        canvas.circle(70 + 30 * number, 604, 0.8, stroke=0, fill=1)
        canvas.drawString(75 + 30 * number, 600, ".")


def _sliver(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(0, 602, 595, 0.8)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(60, 600, LINES[2])


def _flat(canvas: Any) -> None:
    canvas.transform(1, 0, 0, 0.03, 0, 582)
    canvas.drawString(60, 600, LINES[2])


def _edge(canvas: Any) -> None:
    canvas.setFont("Helvetica", 6)
    canvas.drawString(60, -3, LINES[2])


def _signs(canvas: Any) -> None:
    canvas.setFont("ZapfDingbats", 11)
    canvas.drawString(60, 600, LINES[2])


def _small(canvas: Any) -> None:
    canvas.setFont("Helvetica", 2.7)
    canvas.drawString(60, 600, LINES[2])


def _noise(canvas: Any) -> None:
    """Black and white specks, four to a point's square, behind type of their own grey."""
    for number in range(9_000):
        canvas.setFillGray(number * 7919 % 3 / 2)
        canvas.rect(55 + number % 450, 592 + number // 450, 1, 1, stroke=0, fill=1)
    canvas.setFillGray(0.5)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(60, 600, LINES[2])


@pytest.mark.parametrize("hide", [_spots, _sliver, _flat, _edge, _small, _noise])
def test_ink_that_is_no_writing_shows_no_words(hide: Any) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(60, 700, LINES[3])
        canvas.saveState()
        hide(canvas)
        canvas.restoreState()

    document = read_document(habits.drawn(draw), "a.pdf")
    assert "planning" not in document.text
    assert "execution" not in document.text
    assert {flag.kind for flag in document.flags} == {FlagKind.HIDDEN_TEXT}


@pytest.mark.parametrize(("size", "grey"), [(60, 0.93), (300, 0.92), (40, 0.95)])
def test_a_faint_large_mark_behind_the_page_is_no_alarm(size: float, grey: float) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", size)
        canvas.setFillGray(grey)
        canvas.drawString(100, 300, "DRAFT" if size < 100 else "MQ")
        canvas.setFont("Helvetica", 11)
        canvas.setFillGray(0)
        canvas.drawString(60, 700, LINES[2])

    assert _read(habits.drawn(draw)) == (LINES[2], [])


def _line(text: str, page: int, y: float) -> DraftLine:
    return DraftLine(text, page, Box(x0=50, y0=y, x1=90, y1=y + 10))


def test_a_year_at_a_page_edge_is_no_page_number() -> None:
    lines = [_line("2013", 1, 20), _line("7", 1, 820), _line("2019", 2, 20), _line("8", 2, 820), _line("Page 1 of 9", 3, 820)]  # fmt: skip
    kept = without_repeated_edges(lines, [842.0, 842.0, 842.0])
    assert [line.text for line in kept] == ["2013"]

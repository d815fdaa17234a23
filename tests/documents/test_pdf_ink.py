"""PDF: ink that is not a word's own, or has not its letters' shape, does not vouch for the word."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evaluator.documents.reading import read_document
from evaluator.models.document import Document

SHOWN = "Baked bread of rye and kept the books"
SECRET = "Owned the drift monitoring of nine models"


def _text(words: str, *, size: float = 11, at: str = "1 0 0 1 60 600", look: str = "0 g") -> str:
    return f"q {look} BT /F {size} Tf {at} Tm ({words}) Tj ET Q "


def _rows(words: str, x: int = 60) -> str:
    """Lines with bullets beside them."""
    return "".join(
        _text("\\225", at=f"1 0 0 1 {x} {420 + 12 * row}")
        + _text(words, at=f"1 0 0 1 {x + 14} {420 + 12 * row}")
        for row in range(24)
    )


def _read(content: str, *, width: float = 595, **entries: Any) -> Document:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(width, 842))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page.Resources = Dictionary(Font=Dictionary(F=font))
    big = 11 * width / 595
    shown = _text(SHOWN, size=big, at=f"1 0 0 1 60 {780 - big}")
    page.Contents = pdf.make_stream((shown + content).encode("latin1"))
    if entries:
        box = Array([50, 590, 500, 620])
        if look := entries.pop("AP", None):
            resources = Dictionary(Font=Dictionary(F=font))
            entries["AP"] = Dictionary(
                N=pdf.make_stream(
                    look.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 450, 30], Resources=resources
                )
            )  # fmt: skip
        remark = Dictionary(Type=Name.Annot, Rect=box, F=4, **entries)
        page.Annots = Array([pdf.make_indirect(remark)])
    out = BytesIO()
    pdf.save(out)
    return read_document(out.getvalue(), "a.pdf")


def _is_told(document: Document) -> bool:
    told = " ".join(flag.message for flag in document.flags)
    return SECRET not in document.text.replace("\n", " ") and "drift" in told


@pytest.mark.parametrize(
    "content",
    [
        _rows("Counted flour", 60) + _text(SECRET, at="0 1 -1 0 66 430", look="3 Tr"),
        _rows("Counted flour", 60) + _text(SECRET, at="0 1 -1 0 66 430", look="1 g"),
        _rows("Counted the flour of the week") + _text(SECRET, at="0.8 0.6 -0.6 0.8 60 430", look="3 Tr"),
        _text(SECRET, look="3 Tr") + "".join(_text("-", at=f"1 0 0 1 {60 + 7 * n} 600") for n in range(35)),
        _text(SECRET, look="2 Tr 5 w"),
        f"q 50 606.8 500 4.4 re W n {_text(SECRET, size=20)} Q",
        f"0 g 50 603.5 500 9 re f {_text(SECRET)}",
        _text(SECRET) + _text(SHOWN, at="1 0 0 1 63 603.6") + _text(SHOWN, at="1 0 0 1 57 596.4"),
        _text(SECRET) + "".join(_text("#", at=f"1 0 0 1 {60 + 4 * n} 600") for n in range(60)),
        _text(SECRET, size=4, look="0.86 g"),
        _text(SECRET, size=4, look="0.5 g 40 Tz"),
    ],
    ids=["upright under bullets", "white under bullets", "slanting under lines", "under dashes", "fat strokes", "in a slit",
         "half on a bar of its colour", "between shifted lines", "under signs", "small and pale", "small, pale and narrow"],
)  # fmt: skip
def test_ink_without_the_shape_of_a_word_does_not_show_it(content: str) -> None:
    document = _read(content)
    assert _is_told(document)
    assert SHOWN in document.text


@pytest.mark.parametrize(
    "content",
    [
        _text(SECRET, at="0 1 -1 0 66 430"),
        _text(SECRET, at="0.8 0.6 -0.6 0.8 60 430"),
        _text(SECRET, look="2 Tr 0.3 w"),
        _text(SECRET, size=20, look="1 Tr 0.6 w"),
        _text(SECRET, size=5, look="0.4 g"),
        _text(SECRET) + "q 0.7 w 60 598 m 270 598 l S Q",
        _text(SECRET) + "q 0.7 w 60 604 m 270 604 l S Q",
        f"0.1 g 50 590 500 30 re f {_text(SECRET, look='1 0.8 0 rg')}",
    ],
    ids=["upright", "slanting", "bold by a stroke", "outlines", "small", "underlined", "struck through", "on a dark bar"],
)  # fmt: skip
def test_letters_that_a_person_reads_count_whatever_draws_them(content: str) -> None:
    document = _read(content)
    assert set(SECRET.split()) <= set(document.text.split())
    assert not document.flags


@pytest.mark.parametrize(
    ("look", "entries"),
    [
        ("3 Tr", {"Subtype": Name.Stamp, "AP": f"BT /F 11 Tf 10 10 Td ({SHOWN}) Tj ET"}),
        ("1 g", {"Subtype": Name.Circle, "AP": f"BT /F 11 Tf 10 10 Td ({SHOWN}) Tj ET"}),
        ("0 g", {"Subtype": Name.Square, "AP": "0 g 0 0 450 30 re f"}),
        ("0 g", {"Subtype": Name.Highlight, "C": [0, 0, 0], "QuadPoints": [50, 620, 500, 620, 50, 590, 500, 590]}),
        ("0 g", {"Subtype": Name.Link, "Border": [0, 0, 40], "C": [0, 0, 0]}),
        ("0 g", {"Subtype": Name.Line, "L": [50, 605, 500, 605], "C": [1, 1, 1], "BS": Dictionary(W=24)}),
        ("0 g", {"Subtype": Name.Popup, "AP": "1 g 0 0 450 30 re f"}),
    ],
    ids=["a stamp over invisible words", "over white ones", "a black square", "a black highlight", "a wide border",
         "a wide line", "a note that opens"],
)  # fmt: skip
def test_remarks_are_no_ink_of_the_words_under_them(look: str, entries: dict[str, Any]) -> None:
    document = _read(_text(SECRET, look=look), **entries)
    assert _is_told(document)
    assert document.text == SHOWN


@pytest.mark.parametrize(("size", "read"), [(6, False), (20, True)])
def test_on_a_huge_sheet_type_is_as_small_as_where_the_sheet_fits_the_window(
    size: float, read: bool
) -> None:
    assert (SECRET in _read(_text(SECRET, size=size), width=3000).text) is read


@pytest.mark.parametrize(("gamma", "read"), [(2.2, True), (0.0001, False)])
def test_a_grey_that_only_some_viewers_show_as_white_paints_nothing(
    gamma: float, read: bool
) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    grey = Array([Name.CalGray, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Gamma=gamma)])
    page.Resources = Dictionary(Font=Dictionary(F=font), ColorSpace=Dictionary(C=grey))
    content = _text(SHOWN, at="1 0 0 1 60 780") + _text(SECRET, look="/C cs 0.2 scn")
    page.Contents = pdf.make_stream(content.encode())
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert (SECRET in read_document(out.getvalue(), "a.pdf").text) is read


@pytest.mark.parametrize("packing", ["/Bakery", "/DCTDecode", "[/ASCIIHexDecode /Bakery]"])
def test_a_stream_that_no_program_can_unpack_is_not_read_as_it_is(packing: str) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    shown = pdf.make_stream(_text(SHOWN, at="1 0 0 1 60 780").encode())
    hidden = _text(SECRET).encode()
    packed = pdf.make_stream(hidden.hex().encode() if "Hex" in packing else hidden)
    page.Contents = Array([shown, packed])
    out = BytesIO()
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    size = f"/Length {len(packed.read_raw_bytes())}".encode()
    data = out.getvalue()
    assert data.count(size) == 1
    document = read_document(data.replace(size, size + b"/Filter" + packing.encode()), "a.pdf")
    assert document.text == SHOWN

"""PDF: values of fields that the file leaves to the viewer to draw."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evaluator.documents.reading import read_document
from evaluator.models.document import Document

SHOWN = "Baked bread of rye and kept the books"
VALUE = "Owned the drift monitoring of nine models"
PLACE = (60, 600, 460, 616)
Rect = tuple[float, float, float, float]


def _read(
    *fields: tuple[Rect, str, dict[str, Any]],
    content: str = "",
    typefaces: Dictionary | None = None,
    **page: Any,
) -> Document:
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    sheet.Resources = Dictionary(Font=Dictionary(F=font))
    for key, value in page.items():
        sheet["/" + key] = value
    shown = f"BT /F 11 Tf 1 0 0 1 60 780 Tm ({SHOWN}) Tj ET {content}"
    sheet.Contents = pdf.make_stream(shown.encode())
    widgets = []
    for number, (rect, text, entries) in enumerate(fields):
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=f"f{number}", V=text, Rect=Array(rect), F=4,
            DA="/Helv 11 Tf 0 g",
        )  # fmt: skip
        for key, entry in entries.items():
            widget["/" + key] = entry
        widgets.append(pdf.make_indirect(widget))
    sheet.Annots = Array(widgets)
    pdf.Root.AcroForm = Dictionary(Fields=Array(widgets))
    if typefaces is not None:
        pdf.Root.AcroForm.DR = Dictionary(Font=typefaces)
    out = BytesIO()
    pdf.save(out)
    return read_document(out.getvalue(), "a.pdf")


@pytest.mark.parametrize(
    ("rect", "entries", "content"),
    [
        ((700, 600, 1100, 616), {}, ""),
        ((60, 900, 460, 916), {}, ""),
        ((592, 600, 992, 616), {}, ""),
        ((60, 600, 460, 601.2), {"DA": "/Helv 0 Tf 0 g"}, ""),
        ((60, 600, 63, 603), {}, ""),
        ((60, 600, 90, 612), {"DA": "/Helv 0 Tf 0 g"}, ""),
        ((60, 600, 460, 612), {"DA": "/Helv 90 Tf 0 g"}, ""),
        ((60, 776, 460, 792), {}, ""),
        (PLACE, {"MK": Dictionary(BG=Array([0.05]))}, ""),
        (PLACE, {}, "0 g 50 590 500 40 re f"),
        (PLACE, {"DA": "/Helv 11 Tf 1 g"}, ""),
        (PLACE, {"DA": "/Helv 11 Tf 3 Tr 0 g"}, ""),
        (PLACE, {"BS": Dictionary(W=9), "MK": Dictionary(BC=Array([0]))}, ""),
        (PLACE, {"Border": Array([0, 0, 5])}, ""),
    ],
    ids=["beside the page", "above the page", "over the edge", "flat", "a dot", "shrunk to fit", "type cut by the box", "over text",
         "its own dark ground", "on a dark bar", "white on white", "invisible mode", "all border", "half border"],
)  # fmt: skip
def test_a_value_that_its_place_does_not_show_is_told_and_not_read(
    rect: Rect, entries: dict[str, Any], content: str
) -> None:
    document = _read((rect, VALUE, entries), content=content)
    assert document.text == SHOWN
    assert VALUE in " ".join(flag.message for flag in document.flags)


_SIGNS = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
_PERMUTED = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
    Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, *[Name("/" + c) for c in "nopqrstuvwxyz"]])),
)  # fmt: skip
_USUAL = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
    Encoding=Dictionary(Type=Name.Encoding, Differences=Array([24, Name.breve, 39, Name.quotesingle, 128, Name.bullet])),
)  # fmt: skip


@pytest.mark.parametrize("typeface", [_SIGNS, _PERMUTED], ids=["signs", "other letters"])
def test_a_value_in_a_typeface_of_other_signs_is_unverified(typeface: Dictionary) -> None:
    document = _read((PLACE, VALUE, {"DA": "/T 11 Tf 0 g"}), typefaces=Dictionary(T=typeface))
    assert document.text == SHOWN
    assert VALUE in document.flags[0].message


def test_a_value_in_a_typeface_of_the_form_is_read() -> None:
    document = _read((PLACE, VALUE, {"DA": "/T 11 Tf 0 g"}), typefaces=Dictionary(T=_USUAL))
    assert document.text.split() == f"{SHOWN} {VALUE}".split()


def test_what_the_crop_leaves_out_holds_no_value() -> None:
    document = _read(((60, 300, 460, 316), VALUE, {}), CropBox=Array([0, 400, 595, 842]))
    assert document.text == SHOWN
    assert document.flags


def test_of_a_value_longer_than_its_field_the_rest_is_unverified() -> None:
    document = _read(((60, 600, 110, 616), f"Baker {VALUE}", {}))
    assert "Baker" in document.text
    assert "monitoring" not in document.text
    assert "monitoring" in document.flags[0].message


def test_lines_that_a_field_of_one_line_does_not_show_are_unverified() -> None:
    document = _read((PLACE, f"Hobbies\n{VALUE}", {}))
    assert document.text == f"{SHOWN}\nHobbies"
    assert VALUE in document.flags[0].message


def test_two_values_on_one_place_are_unverified() -> None:
    document = _read((PLACE, VALUE, {}), ((62, 601, 460, 617), "Sold cakes on the market", {}))
    assert document.text == SHOWN
    told = document.flags[0].message
    assert VALUE in told
    assert "Sold cakes" in told


@pytest.mark.parametrize(
    ("rect", "entries", "content"),
    [
        (PLACE, {}, ""),
        ((60, 560, 260, 616), {"Ff": 4096, "DA": "/Helv 0 Tf 0 g"}, ""),
        ((60, 560, 200, 616), {"Ff": 4096}, ""),
        (PLACE, {"MK": Dictionary(BG=Array([0.9, 0.93, 1]), BC=Array([0]))}, ""),
        (PLACE, {}, "0.5 w 58 598 404 20 re S 0.95 g 59 599 402 18 re f 0 g"),
        (PLACE, {}, "0.5 w 60 600 m 460 600 l S"),
        (PLACE, {"DA": "/Helv 11 Tf 1 g"}, "0.1 g 50 590 500 40 re f"),
    ],
    ids=["plain", "shrunk a little", "in lines", "a tinted ground", "in a frame", "on a rule", "white on a bar"],
)  # fmt: skip
def test_a_value_that_is_seen_is_read(rect: Rect, entries: dict[str, Any], content: str) -> None:
    document = _read((rect, VALUE, entries), content=content)
    assert document.text.split() == f"{SHOWN} {VALUE}".split()
    assert document.flags == ()


def test_a_field_that_stands_twice_is_read_once() -> None:
    document = _read((PLACE, VALUE, {}), (PLACE, VALUE, {}))
    assert document.text == f"{SHOWN}\n{VALUE}"
    assert document.flags == ()

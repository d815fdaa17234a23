"""PDF: what PDFium paints or reads and no person does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evaluator.documents.reading import read_document

SHOWN = "Baked bread of rye and kept the books"
SECRET = ("Trained ranking models and deployed them", "Owned the drift monitoring of nine models")
_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def /CMapType 2 def "
    b"1 begincodespacerange <00><ff> endcodespacerange 1 beginbfrange <20><7e><0020> endbfrange endcmap end end"
)


def _lines(font: str, lead: float) -> str:
    shown = " ".join(f"({line}) Tj T*" for line in SECRET)
    return f"BT /{font} 11 Tf {lead} TL 1 0 0 1 60 600 Tm {shown} ET"


def _ink_called_none(pdf: pikepdf.Pdf, page: Any) -> str:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0, 0, 0], N=1)
    inks = Array([Name("/None")])
    page.Resources.ColorSpace = Dictionary(S=Array([Name.DeviceN, inks, Name.DeviceRGB, tint]))
    return f"/S cs 1 scn {_lines('F', 16)}"


def _over_each_other(pdf: pikepdf.Pdf, page: Any) -> str:
    return _lines("F", 0.6)


def _signs(draw: str) -> Callable[[pikepdf.Pdf, Any], str]:
    def build(pdf: pikepdf.Pdf, page: Any) -> str:
        glyph = pdf.make_stream(f"600 0 0 0 600 800 d1 {draw}".encode())
        names = [Name(f"/g{code}") for code in range(32, 127)]
        page.Resources.Font.T = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 600, 800], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary({str(name): glyph for name in names}), FirstChar=32, LastChar=126,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([32, *names])), Widths=[600] * 95,
            Resources=Dictionary(), ToUnicode=pdf.make_stream(_UNICODE),
        )  # fmt: skip
        return _lines("T", 16)

    return build


def _on_a_layer(pdf: pikepdf.Pdf, page: Any) -> str:
    look = pdf.make_stream(
        _lines("F", 16).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=page.Resources
    )  # fmt: skip
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="notes"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[]))
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 595, 842], F=4, OC=layer, AP=Dictionary(N=look)
    )  # fmt: skip
    page.Annots = Array([pdf.make_indirect(remark)])
    return ""


def _letters(*matrices: str) -> Callable[[pikepdf.Pdf, Any], str]:
    """Each letter by itself, turned as the matrices say in turn."""

    def build(pdf: pikepdf.Pdf, page: Any) -> str:
        shown = [
            f"{matrices[place % len(matrices)]} {60 + 7 * place} {600 - 16 * row} Tm ({letter}) Tj"
            for row, line in enumerate(SECRET)
            for place, letter in enumerate(line)
        ]
        return f"BT /F 11 Tf {' '.join(shown)} ET"

    return build


def _whole_lines(matrix: str) -> Callable[[pikepdf.Pdf, Any], str]:
    def build(pdf: pikepdf.Pdf, page: Any) -> str:
        shown = [
            f"{matrix} {400 - 40 * row} {600 - 16 * row} Tm ({line}) Tj"
            for row, line in enumerate(SECRET)
        ]
        return f"BT /F 11 Tf {' '.join(shown)} ET"

    return build


def _mirrored_form(pdf: pikepdf.Pdf, page: Any) -> str:
    look = pdf.make_stream(
        _lines("F", 16).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
        Resources=page.Resources, Matrix=[-1, 0, 0, 1, 420, 0],
    )  # fmt: skip
    page.Resources.XObject = Dictionary(M=look)
    return "/M Do"


def _piled(pdf: pikepdf.Pdf, page: Any) -> str:
    return f"q -3.7 Tc {_lines('F', 16)} Q"


@pytest.mark.parametrize(
    "build",
    [_ink_called_none, _over_each_other, _signs("60 w 100 50 400 400 re S"), _signs("50 0 500 700 re f"), _on_a_layer,
     _letters("-1 0 0 -1"), _letters("1 0 0 -1"), _whole_lines("1 0 6 1"), _whole_lines("-1 0 0 1"), _whole_lines("-1 0 0 -1"),
     _letters("1 0 0 -1", "-1 0 0 -1"), _mirrored_form, _piled, _letters("1 0 -0.9 1", "1 0 0.9 1")],
    ids=["ink called None", "lines over each other", "rings for letters", "boxes for letters", "a layer that is off",
         "letters turned over", "letters flipped", "lines smeared", "lines mirrored", "lines upside down", "letters turned over and flipped",
         "a mirrored form", "letters on each other", "letters leaning to both sides"],
)  # fmt: skip
def test_what_no_person_reads_does_not_count(build: Callable[[pikepdf.Pdf, Any], str]) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page.Resources = Dictionary(Font=Dictionary(F=font))
    added = build(pdf, page)
    page.Contents = pdf.make_stream(
        f"BT /F 11 Tf 1 0 0 1 60 780 Tm ({SHOWN}) Tj ET {added}".encode()
    )
    out = BytesIO()
    pdf.save(out)
    document = read_document(out.getvalue(), "a.pdf")
    assert document.text == SHOWN
    told = " ".join(flag.message for flag in document.flags)
    assert "models" in told.replace(" ", "")


@pytest.mark.parametrize(
    ("before", "matrix", "after"),
    [
        ("", "0 1 -1 0 40 300 Tm", ""),
        ("", "0 -1 1 0 560 780 Tm", ""),
        ("q 1 0 0 -1 0 842 cm", "1 0 0 -1 60 240 Tm", "Q"),
        ("", "1 0 .25 1 60 600 Tm", ""),
        ("q 0.7 0.7 -0.7 0.7 100 300 cm", "1 0 0 1 0 0 Tm", "Q"),
        ("-0.6 Tc", "1 0 0 1 60 600 Tm", "0 Tc"),
        ("60 Tz", "1 0 0 1 60 600 Tm", "100 Tz"),
    ],
    ids=["up the page", "down the page", "a page written from its top", "italics by a program", "across", "tight", "narrow"],
)  # fmt: skip
def test_a_line_may_run_in_any_direction(before: str, matrix: str, after: str) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    line = f"{before} BT /F 11 Tf {matrix} ({SECRET[0]}) Tj ET {after}"
    page.Contents = pdf.make_stream(
        f"BT /F 11 Tf 1 0 0 1 60 780 Tm ({SHOWN}) Tj ET {line}".encode()
    )
    out = BytesIO()
    pdf.save(out)
    document = read_document(out.getvalue(), "a.pdf")
    assert sorted(document.text.split()) == sorted(f"{SHOWN} {SECRET[0]}".split())
    assert document.flags == ()

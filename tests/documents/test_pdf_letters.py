"""PDF: typefaces that draw other letters than the file says they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evaluator import DocumentError
from evaluator.documents.pdf import converter as pdf_reader
from evaluator.documents.pdf import drawn_letters as pdf_letters
from evaluator.documents.pdf import page as pdf_page
from evaluator.documents.reading import read_document
from evaluator.errors import Unreadable
from evaluator.models.document import Document

SHOWN = "Baked bread of rye and kept the books of the shop"
DRAWN = "decorated wedding cakes and pastry for cafes and sold hot rolls"
CLAIMED = "trained ranking models in PyTorch and owned drift of nine jobs."
OTHERS = str.maketrans("abcdefghijklmnopqrstuvwxyzPT", "qhvmzrtwkxsgbuplaycnfejdoiMG")
HALF = str.maketrans("aeionrst", "rstoaein")
_NAMES = {" ": "space", ".": "period", "-": "hyphen", "\ufb01": "fi"}
_FACES = ["Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-Italic", "Courier-Bold"]
Glyph = tuple[str, str]
"""What is drawn and what it claims to be."""


def _in_bold_of_mathematics(text: str) -> str:
    return "".join(
        chr(0x1D3BF + ord(c)) if c.isupper() else chr(0x1D3B9 + ord(c)) if c.islower() else c
        for c in text
    )


def _wide(text: str) -> str:
    return "".join(chr(0xFEE0 + ord(c)) if c.isalpha() else c for c in text)


def _with_accents(text: str) -> str:
    return text.translate(str.maketrans("aeiouncszyrt", "äéîøůñčşžýřť"))


class _Typeface:
    """Glyphs of a standard face, each under a code of its own."""

    def __init__(self, base: str = "Helvetica", *, own: bool = False) -> None:
        self._base = base
        self._own = own
        self._codes: dict[Glyph, int] = {}

    def shows(self, drawn: str, claimed: str) -> str:
        """A text as an operand."""
        return self.shows_glyphs(list(zip(drawn, claimed, strict=True)))

    def shows_glyphs(self, glyphs: list[Glyph]) -> str:
        codes = [self._codes.setdefault(glyph, 33 + len(self._codes)) for glyph in glyphs]
        return f"<{bytes(codes).hex()}>"

    def written(self, pdf: pikepdf.Pdf) -> Any:
        pairs = "\n".join(
            f"<{code:02x}> <{claim.encode('utf-16-be').hex()}>" for (_, claim), code in self._codes.items()
        )  # fmt: skip
        told = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def /CMapType 2 def "
            f"1 begincodespacerange <00><ff> endcodespacerange {len(self._codes)} beginbfchar {pairs} endbfchar "
            "endcmap end end"
        )
        names = [_NAMES.get(drawn, drawn) for drawn, _ in self._codes]
        font = Dictionary(Type=Name.Font, ToUnicode=pdf.make_stream(told.encode()))
        if self._own:
            return pdf.make_indirect(self._drawn_by_the_page(pdf, font))
        font.Subtype, font.BaseFont = Name.Type1, Name(f"/{self._base}")
        font.Encoding = Dictionary(
            Type=Name.Encoding, Differences=Array([33, *[Name(f"/{name}") for name in names]])
        )
        return pdf.make_indirect(font)

    def _drawn_by_the_page(self, pdf: pikepdf.Pdf, font: Any) -> Any:
        base = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{self._base}"))
        glyphs = {
            f"/g{code}": pdf.make_stream(
                f"600 0 0 -250 600 800 d1 BT /B 1000 Tf ({drawn}) Tj ET".encode()
            )
            for (drawn, _), code in self._codes.items()
        }
        font.Subtype, font.CharProcs = Name.Type3, Dictionary(glyphs)
        font.FontBBox, font.FontMatrix = (
            Array([0, -250, 600, 800]),
            Array([0.001, 0, 0, 0.001, 0, 0]),
        )
        font.Encoding = Dictionary(
            Type=Name.Encoding, Differences=Array([33, *[Name(name) for name in glyphs]])
        )
        font.FirstChar, font.LastChar = 33, 32 + len(glyphs)
        font.Widths, font.Resources = (
            Array([600] * len(glyphs)),
            Dictionary(Font=Dictionary(B=base)),
        )
        return font


def _file(face: _Typeface, *texts: str, shown: str = SHOWN, remark: Any = None) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    lines = "".join(f"1 0 0 1 60 {740 - 20 * n} Tm {text} Tj " for n, text in enumerate(texts))
    page.Resources = Dictionary(Font=Dictionary(F=plain, L=face.written(pdf)))
    first = f"/F 11 Tf 1 0 0 1 60 780 Tm ({shown}) Tj " if shown else ""
    page.Contents = pdf.make_stream(f"BT {first}/L 11 Tf {lines}ET".encode())
    if remark is not None:
        page.Annots = Array([pdf.make_indirect(remark)])
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _read(face: _Typeface, *texts: str) -> Document:
    return read_document(_file(face, *texts), "a.pdf")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pdf_page, pdf_reader):
        monkeypatch.setattr(module, "tessdata", lambda: None)


def _told(document: Document) -> str:
    return " ".join(flag.message for flag in document.flags)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("own", [False, True], ids=["of the reader", "of the page"])
@pytest.mark.parametrize("base", _FACES)
def test_a_typeface_that_spells_another_text_is_told_and_not_read(base: str, own: bool) -> None:
    face = _Typeface(base, own=own)
    document = _read(face, face.shows(DRAWN, CLAIMED))
    assert document.text == SHOWN
    assert "letters drawn as other letters" in _told(document)
    assert "ranking models" in _told(document)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(
    ("drawn", "claimed"),
    [
        (CLAIMED.translate(OTHERS), CLAIMED),
        ("-" * len(CLAIMED), CLAIMED),
        ("wedding pastry", "PyTorch models"),
    ],
    ids=["letters exchanged", "dashes", "two words"],
)  # fmt: skip
def test_no_word_is_read_of_letters_that_are_drawn_as_something_else(
    drawn: str, claimed: str
) -> None:
    face = _Typeface()
    document = _read(face, face.shows(drawn, claimed))
    assert "models" not in document.text
    assert "models" in _told(document)


@pytest.mark.usefixtures("without_ocr")
def test_of_a_typeface_that_lies_in_some_letters_words_without_them_are_read() -> None:
    face = _Typeface()
    lying = face.shows(CLAIMED.translate(HALF), CLAIMED)
    document = _read(face, lying, face.shows("my lbv", "my lbv"))
    assert document.text == f"{SHOWN}\nmy lbv"
    assert "PyTorch" in _told(document)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("base", ["Helvetica", "Courier"])
def test_a_second_glyph_for_a_letter_is_found_on_the_page(base: str) -> None:
    face = _Typeface(base)
    honest = face.shows(SHOWN, SHOWN)
    document = _read(face, honest, honest, face.shows(DRAWN, CLAIMED))
    assert document.text == "\n".join([SHOWN] * 3)
    assert "ranking models" in _told(document)


@pytest.mark.usefixtures("without_ocr")
def test_one_glyph_does_not_stand_for_a_word() -> None:
    face = _Typeface()
    words = [("M", "Kubernetes"), (" ", " "), ("W", "PyTorch"), (" ", " "), ("H", "models")]
    document = _read(face, face.shows_glyphs(words))
    assert document.text == SHOWN
    assert "PyTorch" in _told(document)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("change", [_in_bold_of_mathematics, _wide, _with_accents])
def test_letters_that_programs_take_for_plain_ones_are_compared(
    change: Callable[[str], str],
) -> None:
    face = _Typeface()
    document = _read(face, face.shows(DRAWN, change(CLAIMED)))
    assert document.text == SHOWN
    assert "letters drawn as other letters" in _told(document)


@pytest.mark.parametrize("change", [_in_bold_of_mathematics, _wide])
def test_plain_letters_under_other_names_are_read_when_they_are_drawn(
    change: Callable[[str], str],
) -> None:
    face = _Typeface("Times-Bold")
    document = _read(face, face.shows(CLAIMED, change(CLAIMED)))
    assert unicodedata.normalize("NFKC", document.text) == f"{SHOWN}\n{CLAIMED}"
    assert document.flags == ()


def _claiming(face: _Typeface, drawn: str, meaning: str, claim: str) -> str:
    """A text that claims to be another one than its glyphs mean."""
    glyphs = [(c, " " if c == " " else (meaning or chr(0xE000 + ord(c)))) for c in drawn]
    said = b"\xfe\xff" + claim.encode("utf-16-be")
    return f"/Span <</ActualText <{said.hex()}>>> BDC {face.shows_glyphs(glyphs)} Tj EMC ()"


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(
    "meaning", ["", "\u2022", "\u2605", "\u0301"], ids=["none", "dots", "stars", "accents"]
)
def test_a_claim_is_not_read_where_other_letters_are_drawn(meaning: str) -> None:
    face = _Typeface()
    document = _read(face, _claiming(face, DRAWN, meaning, CLAIMED))
    assert document.text.startswith(SHOWN)
    assert "PyTorch" not in document.text
    assert "PyTorch" in _told(document)


def test_a_claim_is_read_where_its_letters_are_drawn() -> None:
    face = _Typeface()
    document = _read(face, _claiming(face, CLAIMED, "", CLAIMED))
    assert document.text == f"{SHOWN}\n{CLAIMED}"
    assert document.flags == ()


@pytest.mark.usefixtures("without_ocr")
def test_two_letters_that_lie_in_an_honest_typeface_are_told() -> None:
    face = _Typeface()
    drawn, claimed = "and RE with REY for rye loaves", "and ML with MLO for rye loaves"
    document = _read(face, face.shows(drawn, claimed))
    assert document.text.split() == f"{SHOWN} and with for rye loaves".split()


@pytest.mark.usefixtures("without_ocr")
def test_letters_that_never_join_are_no_ligature() -> None:
    face = _Typeface()
    glyphs = [
        ("R", "stat"),
        ("Y", "isti"),
        ("n", "cs"),
        (" ", " "),
        ("o", "to"),
        ("a", "rc"),
        ("t", "h"),
    ]
    document = _read(face, face.shows_glyphs(glyphs))
    assert document.text == SHOWN
    assert "statistics" in _told(document)


@pytest.mark.parametrize("own", [False, True], ids=["of the reader", "of the page"])
@pytest.mark.parametrize("base", _FACES)
@pytest.mark.parametrize("change", [str, str.upper], ids=["as it is", "small capitals"])
def test_an_honest_typeface_is_read(change: Callable[[str], str], base: str, own: bool) -> None:
    face = _Typeface(base, own=own)
    document = _read(face, face.shows(change(CLAIMED), CLAIMED))
    assert document.text == f"{SHOWN}\n{CLAIMED}"
    assert document.flags == ()


def test_ligatures_are_letters() -> None:
    face = _Typeface("Times-Roman")
    glyphs = [(letter, letter) for letter in CLAIMED]
    document = _read(face, face.shows_glyphs([("\ufb01", "fi"), ("n", "n"), ("d", "d"), *glyphs]))
    assert document.text == f"{SHOWN}\nfind{CLAIMED}"
    assert document.flags == ()


def test_letters_that_lie_are_read_as_they_are_drawn() -> None:
    face = _Typeface()
    document = _read(face, face.shows(DRAWN, CLAIMED))
    assert document.text.split() == f"{SHOWN} {DRAWN}".split()
    assert "ranking models" in _told(document)


@pytest.mark.usefixtures("without_ocr")
def test_a_file_of_nothing_but_lies_is_refused() -> None:
    face = _Typeface()
    with pytest.raises(DocumentError) as caught:
        read_document(_file(face, face.shows(DRAWN, CLAIMED), shown=""), "a.pdf")
    assert caught.value.reason is Unreadable.IMAGE_ONLY
    assert "other letters" in caught.value.message


@pytest.mark.usefixtures("without_ocr")
def test_what_there_is_no_time_to_compare_is_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_letters, "_MOST_LOOKS", 0)
    face = _Typeface(own=True)
    document = _read(face, face.shows(CLAIMED, CLAIMED))
    assert document.text == SHOWN
    assert "letters that were not compared with the page" in _told(document)


@pytest.mark.parametrize(
    ("kind", "colour"), [(Name.FreeText, "/C"), (Name.Polygon, "/IC")], ids=["typed", "drawn"]
)
def test_what_some_programs_cover_with_a_remark_is_unverified(kind: Any, colour: str) -> None:
    face = _Typeface()
    remark = Dictionary(Type=Name.Annot, Subtype=kind, Rect=[50, 730, 500, 760], F=4)
    remark[colour] = Array([1, 1, 1])
    data = _file(face, face.shows(CLAIMED, CLAIMED), remark=remark)
    document = read_document(data, "a.pdf")
    assert document.text == SHOWN
    assert "Perhaps hidden" in _told(document)
    assert "ranking models" in _told(document)

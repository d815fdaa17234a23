"""Office documents: text in places that a format has not, what is told twice, and allowances that add up."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import reportlab

from evaluator import DocumentError, Unreadable
from evaluator.documents.office.legibility import are_overlaid, size_of, why_illegible
from evaluator.documents.office.typefaces import Typefaces, unmixed
from evaluator.documents.paint import BLACK, WHITE
from evaluator.documents.reading import read_document
from evaluator.documents.rtf.converter import RtfConverter
from evaluator.models.document import FlagKind

from .test_office_plain import _NAMES, _O, _R, BEFORE, PAYLOAD, _run, _word
from .test_office_unverified import _odt

_R_T = f"<w:r><w:t>{PAYLOAD}</w:t></w:r>"
_ROW = "<w:tr><w:tc><w:p/></w:tc>{}</w:tr>"
WORD = {
    "a run in a run": f"<w:p><w:r>{_R_T}</w:r></w:p>",
    "letters in a paragraph": f"<w:p><w:t>{PAYLOAD}</w:t></w:p>",
    "a paragraph in a row": f"<w:tbl>{_ROW.format(_run())}</w:tbl>",
    "a paragraph in a paragraph": f"<w:p>{_run()}</w:p>",
    "a run in a bookmark": f'<w:p><w:bookmarkStart w:id="1">{_R_T}</w:bookmarkStart></w:p>',
    "letters in a break": f"<w:p><w:r><w:br><w:t>{PAYLOAD}</w:t></w:br></w:r></w:p>",
    "an element in letters": f"<w:p><w:r><w:t><w:proofErr>{PAYLOAD}</w:proofErr></w:t></w:r></w:p>",
    "a paragraph in the properties of a control": f"<w:sdt>{_run()}</w:sdt>",
    "a revision of the properties": f"<w:p><w:r><w:ins>{_R_T}</w:ins></w:r></w:p>",
    "a second body": f"</w:body><w:body>{_run()}",
    "a colour of eight digits": _run(run='<w:color w:val="00FFFFFF"/>'),
    "a colour behind a blank": _run(run='<w:color w:val=" FFFFFF"/>'),
}
SHOWN_WORD = {
    "a control": f"<w:sdt><w:sdtContent>{_run()}</w:sdtContent></w:sdt>",
    "an inserted run in a link": f"<w:p><w:hyperlink><w:ins>{_R_T}</w:ins></w:hyperlink></w:p>",
    "a row in a control": f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{_run()}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    "a table in a cell": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{_run()}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    "a smart tag": f"<w:p><w:smartTag>{_R_T}</w:smartTag></w:p>",
}
_P = f"<text:p>{PAYLOAD}</text:p>"
_CELLS = "<table:table><table:table-column/><table:table-row><table:table-cell><text:p/></table:table-cell>{}</table:table-row></table:table>"
OPEN = {
    "a paragraph in a paragraph": f"<text:p>{_P}</text:p>",
    "a paragraph in a row": _CELLS.format(_P),
    "a cell without a column": _CELLS.format(f"<table:table-cell>{_P}</table:table-cell>"),
    "a paragraph in a list": f"<text:list>{_P}</text:list>",
    "letters in a tab": f"<text:p><text:tab>{PAYLOAD}</text:tab></text:p>",
    "a span in a bookmark": f"<text:p><text:bookmark><text:span>{PAYLOAD}</text:span></text:bookmark></text:p>",
    "a note without a body": f"<text:p><text:note>{_P}</text:note></text:p>",
    "a second text": f"</office:text><office:text>{_P}",
    "beside the text": f"</office:text>{_P}<office:text>",
}
SHOWN_OPEN = {
    "a list in a list": f"<text:list><text:list-item><text:list><text:list-item>{_P}</text:list-item></text:list></text:list-item></text:list>",
    "a span in a link": f"<text:p><text:a><text:span>{PAYLOAD}</text:span></text:a></text:p>",
    "a table in a section": f"<text:section>{_CELLS.format('')}{_P}</text:section>",
}
_ROW_OF_ONE = r"\trowd\cellx4000\pard\intbl Bread\cell "
RTF = {
    "behind the end": rf"\par}}{PAYLOAD}\par",
    "a second document": rf"\par}}{{\rtf1 {PAYLOAD}\par",
    "a cell that its row has not": rf"{_ROW_OF_ONE}{PAYLOAD}\cell\row\pard",
    "a cell without an end": rf"{_ROW_OF_ONE}{PAYLOAD}\row\pard",
    "a table without a cell": rf"{_ROW_OF_ONE}\row\pard\intbl {PAYLOAD}\par\pard",
    "an inner table without an end": rf"\trowd\cellx4000\pard\intbl\itap2 {PAYLOAD}\par\pard\intbl\itap1 Bread\cell\row\pard",
    "a negative colour": rf"{{\colortbl;\red-1\green-1\blue-1;}}{{\cf1 {PAYLOAD}}}",
}
SHOWN_RTF = {
    "an inner table": rf"\trowd\cellx4000\cellx8000\pard\intbl\itap2 {PAYLOAD}\nestcell{{\*\nesttableprops\trowd\cellx2000\nestrow}}\pard\intbl\itap1 Bread\cell More\cell\row\pard",
    "two paragraphs in a cell": rf"\trowd\cellx4000\pard\intbl {PAYLOAD}\par\pard\intbl Bread\cell\row\pard",
}


def _rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\deff0{{\fonttbl{{\f0 Times;}}}}{BEFORE}\par {body}\par}}".encode()


def _says(text: str, flags: str) -> str:
    assert BEFORE in text
    return "shown" if PAYLOAD in text else "told" if "Sorted" in flags else "lost"


def test_text_where_a_format_has_none_is_told_and_not_read() -> None:
    files = {
        **{f"Word, {name}": (_word(body), "a.docx") for name, body in (WORD | SHOWN_WORD).items()},
        **{f"RTF, {name}": (_rtf(body), "a.rtf") for name, body in (RTF | SHOWN_RTF).items()},
    }
    found = {name: read_document(*file) for name, file in files.items()}
    found |= {f"ODT, {name}": _odt(body) for name, body in (OPEN | SHOWN_OPEN).items()}
    said = {
        name: _says(one.text, " ".join(flag.message for flag in one.flags))
        for name, one in found.items()
    }
    hiding = {*(f"Word, {n}" for n in WORD), *(f"ODT, {n}" for n in OPEN), *(f"RTF, {n}" for n in RTF)}  # fmt: skip
    assert {name for name in said if said[name] != ("told" if name in hiding else "shown")} == set()
    assert {name for name, one in found.items() if name not in hiding and one.flags} == set()


_PACKAGE = f'<Relationships xmlns="{_O}/package/2006/relationships">{{}}</Relationships>'
_ROOT = f'<Relationship Id="{{}}" Type="{_R}/officeDocument" Target="word/{{}}.xml"/>'
_NOTE = f'<w:footnote w:id="2">{_run()}</w:footnote>'
TWICE: dict[str, tuple[bytes, str]] = {
    "main parts": (_word("", more={"_rels/.rels": _PACKAGE.format(_ROOT.format("a", "document") + _ROOT.format("b", "header1"))}), "a.docx"),
    "relationships": (_word("", more={"word/_rels/document.xml.rels": _PACKAGE.format("".join(f'<Relationship Id="h" Type="{_R}/header" Target="header{n}.xml"/>' for n in (1, 2)))}), "a.docx"),
    "headers": (_word('<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="default" r:id="n"/></w:sectPr>'), "a.docx"),
    "notes": (
        _word("", more={
            "word/_rels/document.xml.rels": _PACKAGE.format(f'<Relationship Id="f" Type="{_R}/footnotes" Target="footnotes.xml"/>'),
            "word/footnotes.xml": f"<w:footnotes {_NAMES}>{_NOTE}{_NOTE}</w:footnotes>",
        }),
        "a.docx",
    ),
    "formats": (_word("", more={"mimetype": "application/vnd.oasis.opendocument.text"}), "a.docx"),
    "a PDF and RTF": (rb"{\rtf1\ansi{\*\other %PDF-1.4}" + BEFORE.encode() + b"}", "a.rtf"),
}  # fmt: skip


@pytest.mark.parametrize("name", TWICE)
def test_a_file_that_is_two_documents_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="two documents") as refused:
        read_document(*TWICE[name])
    assert refused.value.reason is Unreadable.UNSAFE


def test_kinds_of_pages_that_are_told_twice_are_refused() -> None:
    edge = "<style:header><text:p>Bread</text:p></style:header>"
    with pytest.raises(DocumentError, match="two documents"):
        _odt("", edge * 2)
    with pytest.raises(DocumentError, match="two documents"):
        _odt("", f'</style:master-page><style:master-page style:name="Standard">{edge}')


def test_a_style_that_is_told_twice_hides_unless_both_are_the_same() -> None:
    def style(properties: str) -> str:
        return f'<w:style w:type="paragraph" w:styleId="S"><w:rPr>{properties}</w:rPr></w:style>'

    body = _run('<w:pStyle w:val="S"/>')
    for second, is_shown in (("<w:b/>", True), ('<w:color w:val="000000"/>', False)):
        document = read_document(_word(body, style("") + style(second)), "a.docx")
        assert (PAYLOAD in document.text) is is_shown


def test_two_headers_of_one_section_of_rich_text_are_told() -> None:
    def flags(first: str, second: str) -> list[FlagKind]:
        edges = rf"{{\header {first}\par}}{{\header {second}\par}}"
        draft = RtfConverter().convert(_rtf(edges))
        return [FlagKind.HIDDEN_TEXT for one in draft.hidden if PAYLOAD in one.text]

    assert flags("Bread", PAYLOAD) == flags(PAYLOAD, "Bread") == [FlagKind.HIDDEN_TEXT]
    assert flags(PAYLOAD, PAYLOAD) == []


def test_a_note_counts_where_a_page_shows_what_refers_to_it() -> None:
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": _PACKAGE.format(f'<Relationship Id="f" Type="{_R}/footnotes" Target="footnotes.xml"/>'),
        "word/footnotes.xml": f"<w:footnotes {_NAMES}>{_NOTE}</w:footnotes>",
    }  # fmt: skip
    for properties, is_shown in (("", True), ("<w:rPr><w:vanish/></w:rPr>", False)):
        body = f'<w:p><w:r>{properties}<w:footnoteReference w:id="2"/></w:r></w:p>'
        assert (PAYLOAD in read_document(_word(body, more=parts), "a.docx").text) is is_shown


def test_size_width_page_and_colour_are_judged_together() -> None:
    pale, white = ((168, 168, 168),), (WHITE,)
    assert why_illegible(size_of(5, 1.0), (BLACK,), white) is None
    assert why_illegible(size_of(8, 1.0), pale, white) is None
    assert why_illegible(size_of(5, 0.5), pale, white)
    assert why_illegible(size_of(5 * 0.65, 0.6), (BLACK,), white)
    assert why_illegible(size_of(5, 1.0, page=1_580), (BLACK,), white)
    assert why_illegible(size_of(5, 1.0, page=1_190), (BLACK,), white) is None
    assert are_overlaid(5, 0.5, -1.0)
    assert not are_overlaid(10, 1.0, -1.0)


def _blank(data: bytes) -> bytes:
    """A typeface of which no letter has an outline."""
    found = bytearray(data)
    for table in range(struct.unpack(">H", found[4:6])[0]):
        tag, _, start, size = struct.unpack(">4sIII", found[12 + 16 * table : 28 + 16 * table])
        if tag == b"loca":
            found[start : start + size] = bytes(size)
    return bytes(found)


def test_a_typeface_of_the_files_own_counts_where_it_draws_its_letters() -> None:
    true = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()
    key = "{12345678-1234-1234-1234-123456789ABC}"
    assert unmixed(unmixed(true, key), key) == true
    face = '<w:rFonts w:ascii="Bitstream Vera Sans" w:hAnsi="Bitstream Vera Sans"/>'
    for data, is_shown in ((true, True), (_blank(true), False), (b"no typeface", False)):
        parts: dict[str, str | bytes] = {
            "word/_rels/document.xml.rels": _PACKAGE.format(f'<Relationship Id="t" Type="{_R}/fontTable" Target="fontTable.xml"/>'),
            "word/fontTable.xml": f'<w:fonts {_NAMES}><w:font w:name="Bitstream Vera Sans"><w:embedRegular r:id="f" w:fontKey="{key}"/></w:font></w:fonts>',
            "word/_rels/fontTable.xml.rels": _PACKAGE.format(f'<Relationship Id="f" Type="{_R}/font" Target="faces/a.odttf"/>'),
            "word/faces/a.odttf": unmixed(data, key),
        }  # fmt: skip
        document = read_document(_word(_run(run=face), more=parts), "a.docx")
        assert (PAYLOAD in document.text) is is_shown
        assert bool(document.flags) is not is_shown
    named = Typefaces()
    named.add("Other Name", true)
    assert named.why_untrue(["Bitstream Vera Sans"], "bread")

"""DOCX, ODT and RTF: what is cut off, merged away, switched off, turned around or drawn as pictures does not count and is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

import pytest

from evaluator.documents.office.overflow import Room
from evaluator.documents.reading import read_document
from evaluator.documents.symbol_fonts import draws_pictures
from evaluator.documents.writing_direction import is_turned
from evaluator.errors import DocumentError, Unreadable
from evaluator.models.document import FlagKind
from fixtures.corpus.hidden import odt

from .test_docx_parts import _word
from .test_office_hiding import BEFORE, PAYLOAD, _box, _run, _vml

MUCH = "Rolls and loaves were sold each day. " * 20
Case = tuple[str, bool]


def _says(data: bytes, name: str) -> str:
    """Whether the sentence is ``shown`` or ``hidden``; anything else is a fault."""
    try:
        document = read_document(data, name)
    except DocumentError as error:
        return "hidden" if error.reason is Unreadable.NO_TEXT else error.message
    is_told = any(f.kind is FlagKind.HIDDEN_TEXT for f in document.flags)
    if ("Sorted" in document.text) == is_told:
        return "both or neither"
    return "hidden" if is_told else "shown"


def _wrong(cases: Mapping[str, Case], data_of: Callable[[str], bytes], name: str) -> dict[str, str]:
    said = {case: _says(data_of(content), name) for case, (content, _) in cases.items()}
    return {c: s for c, s in said.items() if s != ("hidden" if cases[c][1] else "shown")}


def _table(
    cell: str = "", row: str = "", table: str = "", *, text: str = _run(), before: str = ""
) -> str:
    return (
        f"<w:tbl><w:tblPr>{table}</w:tblPr>{before}<w:tr><w:trPr>{row}</w:trPr>"
        f"<w:tc><w:tcPr>{cell}</w:tcPr>{text}</w:tc></w:tr></w:tbl>"
    )


def _exact(height: int) -> str:
    return f'<w:trHeight w:val="{height}" w:hRule="exact"/>'


def _field(code: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{PAYLOAD}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _page(size: str, margins: str) -> str:
    return f"{_run()}<w:sectPr><w:pgSz {size}/><w:pgMar {margins}/></w:sectPr>"


_A4 = 'w:w="11906" w:h="16838"'
_LONG = f"<w:p><w:r><w:t>{MUCH}</w:t></w:r></w:p>"
_ABOVE = '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Bread</w:t></w:r></w:p></w:tc></w:tr>'
_FRAME = '<w:framePr w:w="{}" w:h="{}" w:hRule="{}"/>'


def _boxed(text: str, body: str) -> str:
    return _box("", size="900000").replace(_run(), text).replace("</wps:wsp>", f"{body}</wps:wsp>")


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/>'


DOCX: dict[str, Case] = {
    "a deletion with ordinary text": (f'<w:p><w:del w:id="1">{_run()[13:-6]}</w:del></w:p>'.replace("</w:pPr>", "").replace("<w:pPr>", ""), True),
    "what was moved away": (f"<w:p><w:moveFrom><w:r><w:t>{PAYLOAD}</w:t></w:r></w:moveFrom></w:p>", True),
    "an insertion": (f"<w:p><w:ins><w:r><w:t>{PAYLOAD}</w:t></w:r></w:ins></w:p>", False),
    "a low narrow cell": (_table('<w:tcW w:w="100" w:type="dxa"/>', _exact(260)), True),
    "a low wide cell": (_table('<w:tcW w:w="6000" w:type="dxa"/>', _exact(260)), False),
    "below much in a low row": (_table("", _exact(300), text=_LONG + _run()), True),
    "below much in a row that grows": (_table("", '<w:trHeight w:val="300" w:hRule="atLeast"/>', text=_LONG + _run()), False),
    "a cell merged into the one above": (_table("<w:vMerge/>", before=_ABOVE), True),
    "a cell merged by an unknown value": (_table('<w:vMerge w:val="cont"/>', before=_ABOVE), True),
    "the first of merged cells": (_table('<w:vMerge w:val="restart"/>', before=_ABOVE), False),
    "a row far to the right": (_table("", '<w:wBefore w:w="14000" w:type="dxa"/>'), True),
    "a row a little to the right": (_table("", '<w:wBefore w:w="1400" w:type="dxa"/>'), False),
    "a cell with a huge margin": (_table('<w:tcMar><w:left w:w="18000" w:type="dxa"/></w:tcMar>'), True),
    "a table with huge margins": (_table("", "", '<w:tblCellMar><w:left w:w="18000"/></w:tblCellMar>'), True),
    "a table with margins": (_table("", "", '<w:tblCellMar><w:left w:w="115"/></w:tblCellMar>'), False),
    "squeezed into a cell": (_table('<w:tcW w:w="60" w:type="dxa"/><w:tcFitText/>'), True),
    "fitted into a wide cell": (_table('<w:tcW w:w="5000" w:type="dxa"/><w:tcFitText/>'), False),
    "a picture font": (_run('<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), True),
    "an ordinary font": (_run('<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'), False),
    "small where it runs from right to left": (_run(f'<w:rtl/>{_size(11)}<w:szCs w:val="2"/>'), True),
    "a size for other scripts": (_run(f'{_size(11)}<w:szCs w:val="2"/>'), False),
    "small and raised": (_run(f'{_size(3)}<w:vertAlign w:val="superscript"/>'), True),
    "squeezed into a width": (_run('<w:fitText w:val="20" w:id="1"/>'), True),
    "fitted into a width": (_run('<w:fitText w:val="3900" w:id="1"/>'), False),
    "small letters over each other": (_run(f'{_size(6)}<w:spacing w:val="-60"/>'), True),
    "large letters set tightly": (_run(f'{_size(40)}<w:spacing w:val="-60"/>'), False),
    "half a line for large letters": (_run(_size(24), '<w:spacing w:line="90" w:lineRule="exact"/>'), True),
    "raised out of an exact line": (_run('<w:position w:val="120"/>', '<w:spacing w:line="240" w:lineRule="exact"/>'), True),
    "right of the paper": (_run("", '<w:ind w:left="12500"/>'), True),
    "right of the paper, in letters": (_run("", '<w:ind w:leftChars="9000" w:left="0"/>'), True),
    "indented by letters": (_run("", '<w:ind w:leftChars="200" w:left="480"/>'), False),
    "a low narrow frame": (_run("", _FRAME.format(40, 240, "exact")), True),
    "a frame that grows": (_run("", _FRAME.format(40, 240, "atLeast")), False),
    "a frame with room": (_run("", _FRAME.format(6000, 600, "exact")), False),
    "backwards": (f'<w:p><w:bdo w:val="rtl"><w:r><w:t>{PAYLOAD}</w:t></w:r></w:bdo></w:p>', True),
    "its own direction": (f'<w:p><w:bdo w:val="ltr"><w:r><w:t>{PAYLOAD}</w:t></w:r></w:bdo></w:p>', False),
    "a field that sets": (_field('SET x "y"'), True),
    "an index entry": (f'<w:p><w:fldSimple w:instr="XE y"><w:r><w:t>{PAYLOAD}</w:t></w:r></w:fldSimple></w:p>', True),
    "a date that says more": (_field("DATE"), True),
    "a full box": (_boxed(_LONG + _run(), "<wps:bodyPr/>"), True),
    "a box that grows": (_boxed(_LONG + _run(), "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>"), False),
    "a box with room": (_boxed(_run(), "<wps:bodyPr/>"), False),
    "a box of margins": (_boxed(_run(), '<wps:bodyPr lIns="600000" rIns="600000"/>'), True),
    "a box of margins above": (_boxed(_run(), '<wps:bodyPr tIns="900000" bIns="900000"/>'), True),
    "a box that shrinks its text": (_boxed(_run(), '<wps:bodyPr><a:normAutofit fontScale="1000"/></wps:bodyPr>'), True),
    "a box that shrinks a little": (_boxed(_run(), '<wps:bodyPr><a:normAutofit fontScale="90000"/></wps:bodyPr>'), False),
    "in a hidden group": (_vml("width:90pt;height:90pt").replace("<w:pict>", '<w:pict><v:group xmlns:v="urn:schemas-microsoft-com:vml" style="visibility:hidden">').replace("</w:pict>", "</v:group></w:pict>"), True),
    "a paper of margins": (_page(_A4, 'w:left="14000" w:right="0" w:top="0" w:bottom="0"'), True),
    "a paper of no size": (_page('w:w="900" w:h="900"', 'w:left="0" w:right="0" w:top="0" w:bottom="0"'), True),
    "a paper": (_page(_A4, 'w:left="1134" w:right="1134" w:top="-1134" w:bottom="1134"'), False),
}  # fmt: skip


def test_word_shows_what_fits_and_is_not_taken_away() -> None:
    assert _wrong(DOCX, lambda body: _word(body), "a.docx") == {}


HEADER = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{_run()}</w:hdr>'


@pytest.mark.parametrize(
    ("kind", "distance", "said"),
    [("even", 700, "hidden"), ("default", 700, "shown"), ("default", 17_500, "hidden")],
)
def test_a_header_is_read_where_a_page_shows_it(kind: str, distance: int, said: str) -> None:
    section = (
        f'<w:sectPr><w:headerReference w:type="{kind}" r:id="b"/><w:pgSz {_A4}/>'
        f'<w:pgMar w:header="{distance}"/></w:sectPr>'
    )
    assert _says(_word(section, kind="header", part=HEADER.encode()), "a.docx") == said


def test_bullets_and_icons_of_picture_fonts_are_no_words_and_no_flag() -> None:
    icon = '<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>v</w:t></w:r></w:p>'
    document = read_document(_word(icon + _run()), "a.docx")
    assert document.flags == ()
    assert [line for line in document.text.split("\n") if line] == [BEFORE_LINE, PAYLOAD, "After"]


BEFORE_LINE = read_document(_word(""), "a.docx").text.split("\n")[0]

_WIDE = r"\trowd{}\cellx9000\pard\intbl {}\cell\row"
RTF: dict[str, Case] = {
    r"{\f1 TEXT}": (r"{\f1 TEXT}", True),
    r"{\f2 TEXT}": (r"{\f2 TEXT}", True),
    r"{\f0 TEXT}": (r"{\f0 TEXT}", False),
    "small where it runs from right to left": (r"{\rtlch\afs2 TEXT}", True),
    "a size for other scripts": (r"{\rtlch\afs2 \ltrch\fs22 TEXT}", False),
    "small and raised": (r"{\fs6\super TEXT}", True),
    "raised": (r"{\fs20\super TEXT\nosupersub}", False),
    "over each other": (r"{\expnd-60 TEXT}", True),
    "a hidden style": (r"{\pard\s5 TEXT\par}", True),
    "a hidden style of letters": (r"{\cs7 TEXT}", True),
    "an ordinary style": (r"{\pard\s6 TEXT\par}", False),
    "a hidden style that is taken back": (r"{\cs7\plain TEXT}", False),
    "merged into the cell above": (r"\trowd\clvmgf\cellx9000\pard\intbl Bread\cell\row\trowd\clvmrg\cellx9000\pard\intbl TEXT\cell\row", True),
    "merged into the cell before": (r"\trowd\clmgf\cellx3000\clmrg\cellx9000\pard\intbl Bread\cell TEXT\cell\row", True),
    "the second cell": (r"\trowd\cellx3000\cellx9000\pard\intbl Bread\cell TEXT\cell\row", False),
    "a low narrow cell": (r"\trowd\trrh-260\cellx60\pard\intbl TEXT\cell\row", True),
    "below much in a low row": (_WIDE.format(r"\trrh-300", MUCH + r"\line TEXT"), True),
    "below much in a row that grows": (_WIDE.format(r"\trrh300", MUCH + r"\line TEXT"), False),
    "a row far to the right": (_WIDE.format(r"\trleft14000", "TEXT"), True),
    "a cell far to the right": (r"\trowd\trrh-400\cellx17000\cellx20000\pard\intbl Bread\cell TEXT\cell\row", True),
    "a first header of none": (r"{\headerf TEXT}", True),
    "a first header": (r"\titlepg{\headerf TEXT}", False),
    "a left header of none": (r"{\headerl TEXT}", True),
    "a right footer": (r"\facingp{\footerr TEXT}", False),
    "a header": (r"{\header TEXT}", False),
    "left of the paper": (r"{\pard\li-9000\ri12000 TEXT\par}", True),
    "right of the paper": (r"{\pard\li12500 TEXT\par}", True),
    "half a line for large letters": (r"{\pard\fs48\sl-90\slmult0 TEXT\par}", True),
    "a low narrow frame": (r"{\pard\absw40\absh-240 TEXT\par}", True),
    "a frame of no height": (r"{\pard\absw4000\absh-20 TEXT\par}", True),
    "a frame with room": (r"{\pard\absw6000\absh-900 TEXT\par}", False),
    "squeezed into a width": (r"{\fittext20 TEXT}", True),
    "raised out of an exact line": (r"{\pard\sl-240\slmult0\up120 TEXT\par}", True),
    "a field that sets": (r'{\field{\*\fldinst SET x "y"}{\fldrslt TEXT}}', True),
    "a date that says more": (r"{\field{\*\fldinst DATE}{\fldrslt TEXT}}", True),
    "after a field that sets": (r'{\field{\*\fldinst SET x "y"}{\fldrslt }}TEXT', False),
    "a full box": (r"{\shp{\*\shpinst\shpleft0\shptop0\shpright4000\shpbottom300{\shptxt MUCH\par TEXT\par}}}".replace("MUCH", MUCH), True),
    "a box that grows": (r"{\shp{\*\shpinst\shpleft0\shptop0\shpright4000\shpbottom300{\sp{\sn fFitShapeToText}{\sv 1}}{\shptxt MUCH\par TEXT\par}}}".replace("MUCH", MUCH), False),
    "a paper of margins": (r"\paperw11906\margl14000 TEXT", True),
    "a paper": (r"\paperw11906\margl1134 TEXT", False),
}  # fmt: skip


def _rtf(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0 Arial;}{\f1\fcharset2 Signs;}{\f2 Webdings;}}"
    styles = r"{\stylesheet{\s5\v Gone;}{\*\cs7\v Gone too;}{\s6\fs22 Body;}}"
    return (
        rf"{{\rtf1\ansi{fonts}{styles} {BEFORE}\par {body.replace('TEXT', PAYLOAD)}\par }}".encode()
    )


def test_rich_text_shows_what_fits_and_is_not_taken_away() -> None:
    assert _wrong(RTF, _rtf, "a.rtf") == {}


def test_entries_of_an_index_are_not_text() -> None:
    for word in ("xe", "tc", "txe", "rxe"):
        assert "Sorted" not in read_document(_rtf(rf"{{\{word} TEXT}}"), "a.rtf").text


def _styled(properties: str, body: str = f'<text:p text:style-name="H">{PAYLOAD}</text:p>') -> str:
    return f'<style:style style:name="H" style:family="paragraph">{properties}</style:style>|{body}'


def _cells(
    *,
    row: str = "",
    column: str = "",
    text: str = PAYLOAD,
    more: str = "",
    cell: str = "table-cell",
) -> str:
    styles = (
        f'<style:style style:name="R" style:family="table-row"><style:table-row-properties {row}/></style:style>'
        f'<style:style style:name="C" style:family="table-column"><style:table-column-properties {column}/></style:style>'
    )
    return (
        f'{styles}|<table:table><table:table-column table:style-name="C"/><table:table-row table:style-name="R" {more}>'
        f"<table:{cell}><text:p>{text}</text:p></table:{cell}></table:table-row></table:table>"
    )


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "style", "text"))
_FACE = '<style:font-face style:name="W" style:font-charset="x-symbol"/>'
_LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
_DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
_HIDDEN = "<text:p><text:hidden-paragraph/>"
ODT: dict[str, Case] = {
    "a picture font": (_FACE + _styled('<style:text-properties style:font-name="W"/>'), True),
    "a picture font by name": (_styled("<style:text-properties fo:font-family=\"'Webdings'\"/>"), True),
    "an ordinary font": (_styled('<style:text-properties style:font-name="V"/>'), False),
    "clear": (_styled(f'<style:text-properties {_LOEXT} loext:opacity="0%"/>'), True),
    "of the colour of windows": (_styled(f'<style:text-properties {_LOEXT} style:use-window-font-color="true" loext:opacity="0%"/>'), False),
    "a little clear": (_styled(f'<style:text-properties {_LOEXT} loext:opacity="80%"/>'), False),
    "half a line for large letters": (_styled('<style:paragraph-properties fo:line-height="0.15cm"/><style:text-properties fo:font-size="24pt"/>'), True),
    "left of the paper": (_styled('<style:paragraph-properties fo:margin-right="22cm"/>'), True),
    "right of the paper": (_styled('<style:paragraph-properties fo:margin-left="20cm"/>'), True),
    "pushed out": (_styled('<style:paragraph-properties fo:padding-left="25cm"/>'), True),
    "padded": (_styled('<style:paragraph-properties fo:padding-left="1cm"/>'), False),
    "a row that is collapsed": (_cells(more='table:visibility="collapse"'), True),
    "a covered cell": (_cells(cell="covered-table-cell"), True),
    "below much in a low row": (_cells(row='style:row-height="0.5cm"', text=f"{MUCH}</text:p><text:p>{PAYLOAD}"), True),
    "below much in a row that grows": (_cells(row='style:min-row-height="0.5cm"', text=f"{MUCH}</text:p><text:p>{PAYLOAD}"), False),
    "a low narrow cell": (_cells(row='style:row-height="0.5cm"', column='style:column-width="0.1cm"'), True),
    "a cell with room": (_cells(row='style:row-height="2cm"', column='style:column-width="12cm"'), False),
    "a hidden paragraph": (f"|{_HIDDEN}{PAYLOAD}</text:p>", True),
    "after a hidden paragraph": (f"|{_HIDDEN}</text:p><text:p>{PAYLOAD}</text:p>", False),
    "a script": (f"|<text:p><text:script>{PAYLOAD}</text:script></text:p>", True),
    "moved off": (f'|<text:p><draw:frame {_DRAW} draw:transform="rotate (0) translate (-40cm 0cm)"><draw:text-box><text:p>{PAYLOAD}</text:p></draw:text-box></draw:frame></text:p>', True),
    "moved a little": (f'|<text:p><draw:frame {_DRAW} draw:transform="translate (4cm 1cm)"><draw:text-box><text:p>{PAYLOAD}</text:p></draw:text-box></draw:frame></text:p>', False),
    "a paper of margins": (f'<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:margin-left="25cm"/></style:page-layout>|<text:p>{PAYLOAD}</text:p>', True),
}  # fmt: skip


def _odt(content: str, masters: str = "") -> bytes:
    styles, _, body = content.partition("|")
    stream = BytesIO(odt((styles, body)))
    with ZipFile(stream, "a") as archive:
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {_NAMES}><office:master-styles>{masters}</office:master-styles></office:document-styles>",
        )
    return stream.getvalue()


def test_open_document_shows_what_fits_and_is_not_taken_away() -> None:
    assert _wrong(ODT, _odt, "a.odt") == {}


@pytest.mark.parametrize(
    ("masters", "said"),
    [
        ('<style:master-page style:name="Standard"><style:header>{}</style:header></style:master-page>', "shown"),
        ('<style:master-page style:name="Standard"><style:header style:display="false">{}</style:header></style:master-page>', "hidden"),
        ('<style:master-page style:name="Standard"/><style:master-page style:name="Other"><style:header>{}</style:header></style:master-page>', "hidden"),
    ],
)  # fmt: skip
def test_a_header_of_open_document_is_read_where_a_page_has_it(masters: str, said: str) -> None:
    pages = masters.format(f"<text:p>{PAYLOAD}</text:p>")
    assert _says(_odt("|", pages), "a.odt") == said


def test_a_room_fills_by_lines_and_tolerates_another_programs_breaks() -> None:
    room = Room(width=200, height=24)
    assert room.holds("Two lines that fit into two hundred points of width", 11)
    room.end_line(11)
    assert not room.holds(MUCH, 11)


def test_names_of_picture_fonts_are_known_however_they_are_written() -> None:
    for name in ("Wingdings", "'ZapfDingbats'", "ITC Zapf Dingbats", "Libre Barcode 39"):
        assert draws_pictures(name)
    for name in ("Arial", "Symbola", "", "Source Code Pro"):
        assert not draws_pictures(name)


def test_hebrew_from_right_to_left_is_not_turned() -> None:
    assert not is_turned("מהנדסת למידת מכונה")
    assert is_turned("engineer")

"""Office documents: plain ones are read by their files alone; of others only what a picture shows counts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from evaluator.documents.draft import Draft, DraftLine, DraftLink, Hidden
from evaluator.documents.drawing.confirming import confirmed
from evaluator.documents.drawing.pictures import View, packed
from evaluator.documents.reading import reading_of
from evaluator.models.document import Document, FlagKind

from .test_office_unverified import _archive
from .test_page_pictures import paper

PAYLOAD = "Sorted archived ledgers by hand every autumn."
BEFORE = "Marlow Quennell, keeper of ledgers in Rotterdam."
KEPT = Path(__file__).resolve().parents[2] / "fixtures" / "corpus" / "kept"
_O = "http://schemas.openxmlformats.org"
_R = f"{_O}/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_O}/wordprocessingml/2006/main" xmlns:r="{_R}" xmlns:wp="{_O}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_O}/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:z="urn:z"'
)
_PAGE = (
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
_EXACT = '<w:trHeight w:val="400" w:hRule="exact"/>'


def _run(paragraph: str = "", run: str = "", text: str = PAYLOAD) -> str:
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _table(row: str, cell: str, inside: str) -> str:
    return (
        f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="9000" w:type="dxa"/>{cell}</w:tcPr>{inside}</w:tc></w:tr></w:tbl>'
    )


def _box(across: str, inside: str = "") -> str:
    held = f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>" if inside else ""
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="0" relativeHeight="5">{across}<wp:positionV relativeFrom="page">'
        '<wp:posOffset>300000</wp:posOffset></wp:positionV><wp:extent cx="900000" cy="900000"/><wp:wrapNone/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr><a:prstGeom prst="rect"/><a:solidFill>'
        f'<a:srgbClr val="FFFFFF"/></a:solidFill></wps:spPr>{held}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def _at(offset: int, relative: str) -> str:
    return f'<wp:positionH relativeFrom="{relative}"><wp:posOffset>{offset}</wp:posOffset></wp:positionH>'


def _word(
    body: str,
    styles: str = "",
    *,
    name: str = "styles.xml",
    header: str = "",
    type_: str = "header",
    indent: int = 720,
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    package = f"{_O}/package/2006"
    links = f'<Relationship Id="s" Type="{_R}/styles" Target="{name}"/><Relationship Id="h" Type="{_R}/header" Target="header1.xml"/>'
    links += f'<Relationship Id="n" Type="{_R}/numbering" Target="numbering.xml"/>'
    shown = '<w:headerReference w:type="default" r:id="h"/>' if header else ""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return _archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/word/header1.xml" ContentType="{kind}.{type_}+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            "word/document.xml": f"<w:document {_NAMES}><w:body>{_run(text=BEFORE)}{body}<w:sectPr>{shown}{_PAGE}</w:sectPr></w:body></w:document>",
            "word/header1.xml": f"<w:hdr {_NAMES}>{header}</w:hdr>",
            "word/numbering.xml": f'<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:pPr><w:ind w:left="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            f"word/{name}": f"<w:styles {_NAMES}>{styles}</w:styles>",
            **(more or {}),
        }
    )  # fmt: skip


def _style(properties: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="S">{properties}</w:style>'


_S = '<w:pStyle w:val="S"/>'
_FAR = '<w:tabs><w:tab w:val="left" w:pos="11000"/></w:tabs>'
_BEHIND_TAB = f"<w:p><w:pPr>{{}}</w:pPr><w:r><w:tab/><w:t>{PAYLOAD}</w:t></w:r></w:p>"
HIDING_WORD: dict[str, bytes] = {
    "styles of another name": _word(_run(_S), _style("<w:rPr><w:vanish/></w:rPr>"), name="looks.xml"),
    "styles beside those of the usual name": _word(
        _run(_S), _style("<w:rPr><w:vanish/></w:rPr>"), name="looks.xml", more={"word/styles.xml": f"<w:styles {_NAMES}/>"}
    ),
    "a header of another type": _word("", header=_run() + _run(text="Typed twelve hundred letters on one machine of the harbour"), type_="footer"),
    "an element of nobody": _word(f"<z:z>{_run()}</z:z>"),
    "spacing in a row": _word(_table(_EXACT, "", _run('<w:spacing w:before="900"/>'))),
    "spacing of a style in a row": _word(_table(_EXACT, "", _run(_S)), _style('<w:pPr><w:spacing w:before="900"/></w:pPr>')),
    "a cell's margin in a row": _word(_table(_EXACT, '<w:tcMar><w:top w:w="900" w:type="dxa"/></w:tcMar>', _run())),
    "a cell's text left of the paper": _word(_table("", "", _run('<w:ind w:left="-6400" w:right="6400"/>'))),
    "a tab stop": _word(_BEHIND_TAB.format(_FAR)),
    "a tab stop of a style": _word(_BEHIND_TAB.format(_S), _style(f"<w:pPr>{_FAR}</w:pPr>")),
    "a list of a style": _word(_run(_S), _style('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'), indent=10_900),
    "half-clear letters": _word(_run("", '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="A0A0A0"><w14:alpha w14:val="80000"/></w14:srgbClr></w14:solidFill></w14:textFill>')),
    "a box left of the paper": _word(_box(_at(-1_900_000, "column"), _run())),
    "a shape over the header": _word(_box(_at(900_000, "page")).replace('cx="900000" cy="900000"', 'cx="6000000" cy="500000"'), header=_run()),
}  # fmt: skip
ORDINARY_WORD: dict[str, bytes] = {
    "spacing in a row that is high enough": _word(_table(_EXACT, "", _run('<w:spacing w:before="120"/>'))),
    "a tab stop at the right": _word(_BEHIND_TAB.format(_FAR.replace('"left"', '"right"'))),
    "a tab stop that is cleared": _word(_BEHIND_TAB.format(_FAR.replace('"left"', '"clear"'))),
    "a tab stop of the paragraph before": _word(_BEHIND_TAB.format(_FAR).replace(PAYLOAD, "") + _run()),
    "a box in the margin": _word(_box(_at(-800_000, "column"), _run())),
    "a shape beside the header": _word(_box(_at(6_500_000, "page")), header=_run()),
    "letters that are a little clear": _word(_run("", '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="202020"><w14:alpha w14:val="20000"/></w14:srgbClr></w14:solidFill></w14:textFill>')),
}  # fmt: skip


def _told(data: bytes, views: bytes = b"") -> tuple[str, str]:
    """What is read of a document, and what is told beside it."""
    found = reading_of(data, "a", views).document
    assert isinstance(found, Document)
    return found.text, " ".join(f.message for f in found.flags if f.kind is FlagKind.HIDDEN_TEXT)


@pytest.mark.parametrize("name", HIDING_WORD)
def test_what_word_perhaps_does_not_show_is_told_without_a_picture(name: str) -> None:
    text, told = _told(HIDING_WORD[name])
    assert "Sorted" not in text
    assert "Sorted" in told
    assert BEFORE in text


@pytest.mark.parametrize("name", ORDINARY_WORD)
def test_what_word_shows_is_read_without_a_flag(name: str) -> None:
    text, told = _told(ORDINARY_WORD[name])
    assert PAYLOAD in text
    assert not told


_U = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    f'xmlns:{short}="{_U}{long}:1.0"'
    for short, long in (("text", "text"), ("style", "style"), ("office", "office"), ("table", "table"), ("draw", "drawing"),
                        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))
) + f' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" xmlns:f="{_U}xsl-fo-compatible:1.2" xmlns:z="urn:z"'  # fmt: skip
_ROW = '<style:style style:name="R" style:family="table-row"><style:table-row-properties style:row-height="0.5cm"/></style:style>'


def _odt(
    properties: str,
    body: str = "",
    *,
    row: str = "",
    header: str = "",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    shown = body or f'<text:p text:style-name="P">{PAYLOAD}</text:p>'
    if row:
        shown = f"<table:table><table:table-column/><table:table-row{row}><table:table-cell>{shown}</table:table-cell></table:table-row></table:table>"
    styles = f'{_ROW if row.strip() else ""}<style:style style:name="P" style:family="paragraph">{properties}</style:style>'
    layout = (
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="2cm" '
        'fo:margin-right="2cm" fo:margin-top="2cm" fo:margin-bottom="2cm"/></style:page-layout>'
    )
    return _archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text><text:p>{BEFORE}</text:p>{shown}</office:text></office:body></office:document-content>",
            "styles.xml": f'<office:document-styles {_ODF}><office:automatic-styles>{styles if header else ""}{layout}</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{header}</style:master-page></office:master-styles></office:document-styles>',
            **(more or {}),
        }
    )  # fmt: skip


_FIXED = ' table:style-name="R"'
_TAB = f'<text:p text:style-name="P"><text:tab/>{PAYLOAD}</text:p>'
_OVER_MARGIN: dict[str, str | bytes] = {
    "settings.xml": f'<office:document-settings {_ODF} xmlns:c="{_U}config:1.0"><c:item c:name="TabOverMargin" c:type="boolean">true</c:item></office:document-settings>'
}
_STOP = '<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="{}"/></style:tab-stops></style:paragraph-properties>'
ODT: dict[str, tuple[bytes, bool]] = {
    "a namespace of a later version": (_odt('<style:text-properties f:color="#ffffff"/>'), True),
    "a margin in a row": (_odt('<style:paragraph-properties fo:margin-top="2cm"/>', row=_FIXED), True),
    "a margin": (_odt('<style:paragraph-properties fo:margin-top="2cm"/>'), False),
    "a row": (_odt("", row=_FIXED), False),
    "a cell's text left of the paper": (_odt('<style:paragraph-properties fo:margin-left="-9cm" fo:margin-right="9cm"/>', row=" "), True),
    "a tab stop as in Word": (_odt(_STOP.format("20cm"), _TAB, more=_OVER_MARGIN), True),
    "a tab stop behind the line, which text does not take": (_odt(_STOP.format("20cm"), _TAB), False),
    "an ordinary tab stop": (_odt(_STOP.format("5cm"), _TAB), False),
    "half-clear letters": (_odt('<style:text-properties fo:color="#909090" loext:opacity="15%"/>'), True),
    "an element of nobody": (_odt("", f"<z:z><text:p>{PAYLOAD}</text:p></z:z>"), True),
}  # fmt: skip


@pytest.mark.parametrize("name", ODT)
def test_what_open_document_perhaps_does_not_show_is_told_without_a_picture(name: str) -> None:
    data, hides = ODT[name]
    text, told = _told(data)
    assert ("Sorted" in told) == hides
    assert ("Sorted" in text) != hides


def _rtf(body: str, head: str = "") -> bytes:
    return (
        rf"{{\rtf1\ansi{head}\paperw12240\paperh15840\margl1440\margr1440\margt1440\margb1440 \pard {BEFORE}\par "
        rf"{body.replace('TEXT', PAYLOAD)}\par}}"
    ).encode()


RTF: dict[str, bool] = {
    r"\trowd\trrh-400\cellx9000\pard\intbl\sb900 TEXT\cell\row": True,
    r"\trowd\trrh-400\cellx9000\pard\intbl\sb120 TEXT\cell\row": False,
    r"\trowd\trrh-400\clpadt900\cellx9000\pard\intbl TEXT\cell\row": True,
    r"\trowd\cellx9000\pard\intbl\li-6400\ri6400 TEXT\cell\row": True,
    r"\pard\tx11000\tab TEXT": True,
    r"\pard\tx11000\tab Bread\par TEXT": False,
    r"\pard\tx5000\tab TEXT": False,
}


@pytest.mark.parametrize("body", RTF)
def test_what_rich_text_perhaps_does_not_show_is_told_without_a_picture(body: str) -> None:
    text, told = _told(_rtf(body))
    assert ("Sorted" in told) == RTF[body]
    assert ("Sorted" in text) != RTF[body]


def test_a_field_shows_the_property_of_its_own_kind() -> None:
    info = rf"{{\info{{\title {PAYLOAD}}}}}"
    field = r"{{\field{{\*\fldinst {}}}{{\fldrslt TEXT}}}}"
    assert PAYLOAD in _told(_rtf(field.format("TITLE"), info))[0]
    text, told = _told(_rtf(field.format("REF nowhere"), info))
    assert PAYLOAD not in text
    assert PAYLOAD in told


def _by_program() -> bytes:
    """Headings, lists and a table as python-docx writes them with Word's own template."""
    made = docx.Document()
    made.add_heading("Marlow Quennell")
    made.add_paragraph("Counted crates of tea.", style="List Bullet")
    table = made.add_table(2, 2, style="Light Grid Accent 1")
    table.cell(0, 0).text = "Languages"
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


PLAIN = [_by_program(), _word(_run('<w:ind w:left="720" w:hanging="360"/><w:spacing w:before="120"/>')), _odt(""), _rtf("TEXT")]  # fmt: skip


@pytest.mark.parametrize("data", PLAIN)
def test_a_plain_document_asks_for_no_picture(data: bytes) -> None:
    assert not reading_of(data, "a").wants_picture


def test_what_libreoffice_writes_of_plain_designs_is_plain() -> None:
    names = [f"libreoffice-{kind}.{form}" for kind in ("plain", "table", "edges", "zh") for form in ("odt", "rtf")]  # fmt: skip
    found = {name: reading_of((KEPT / name).read_bytes(), name).wants_picture for name in names}
    assert not any(found.values())


UNUSUAL: dict[str, bytes] = {
    "a row of exact height": _word(_table(_EXACT, "", _run())),
    "a line of exact height": _word(_run('<w:spacing w:line="240" w:lineRule="exact"/>')),
    "a frame": _word(_run('<w:framePr w:w="4000" w:x="1440" w:y="1440"/>')),
    "a far indent": _word(_run('<w:ind w:left="5000"/>')),
    "a tab stop far off": _word(_run('<w:tabs><w:tab w:val="right" w:pos="10900"/></w:tabs>')),
    "a box": _word(_box(_at(900_000, "page"), _run())),
    "pale letters": _word(_run("", '<w:color w:val="C0C0C0"/>')),
    "a field that is computed": _word(
        f'<w:p><w:fldSimple w:instr="REF a"><w:r><w:t>{BEFORE}</w:t></w:r></w:fldSimple></w:p>{_run()}'
    ),
    "an element that is not known": _word(_run().replace("<w:r>", "<w:r><w:whatever/>")),
    "a part of another name": _word(_run(), name="looks.xml"),
    "a row of fixed height": _odt("", row=_FIXED),
    "a condition": _odt("", f'<text:section text:condition="ooow:1"><text:p>{PAYLOAD}</text:p></text:section>'),
    "a line height in points": _odt('<style:paragraph-properties fo:line-height="14pt"/>'),
    "a frame beside the text": _odt("", f'<text:p>{PAYLOAD}<draw:frame text:anchor-type="paragraph"/></text:p>'),
    "a ground that is half clear": _odt('<style:paragraph-properties draw:opacity="50%"/>'),
    "rows of exact height": _rtf(r"\trowd\trrh-700\cellx9000\pard\intbl TEXT\cell\row"),
    "a shape": _rtf(r"{\shp{\*\shpinst\shpleft0}}TEXT"),
    "an exact line": _rtf(r"\pard\sl-300\slmult0 TEXT"),
    "a word that is not known": _rtf(r"\whatever TEXT"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_not_plain_counts_where_the_picture_shows_it(name: str) -> None:
    data = UNUSUAL[name]
    found = reading_of(data, "a")
    assert found.wants_picture
    assert PAYLOAD in _told(data)[0]
    for shown in (True, False):
        lines = [BEFORE, "Sorted archived ledgers", "by hand every autumn."] if shown else [BEFORE]
        text, told = _told(data, packed("LibreOffice", [View(paper(*lines))]))
        assert BEFORE in text
        assert ("Sorted" in text) == shown
        assert ("Sorted" in told) != shown


def _draft(*lines: str, **more: list[str]) -> Draft:
    return Draft(lines=[DraftLine(line) for line in lines], unusual="a frame", **more)  # type: ignore[arg-type]


def _left(draft: Draft, *drawn: str) -> list[str]:
    found = confirmed(draft, [View(paper(*drawn))])
    assert found is not None
    return [line.text for line in found.lines]


def test_a_line_is_found_however_the_picture_breaks_it() -> None:
    lines = [
        "E X P E R I E N C E",
        "Kept the harbour's bookkeeping for nine offices",
        "Tea and coffee",
    ]
    drawn = ["EXPERIENCE", "Kept the harbour's book-", "keeping for", "nine offices", "Tea", "Page 1", "and", "coffee"]  # fmt: skip
    assert _left(_draft(*lines), *drawn) == lines


def test_words_that_are_cut_off_are_told_and_the_rest_of_their_line_counts() -> None:
    line = "Answered letters from merchants in four languages every single morning"
    found = confirmed(
        _draft(line, BEFORE),
        [View(paper("Answered letters from merchants in four languages", BEFORE))],
    )
    assert found is not None
    assert [one.text for one in found.lines] == ["Answered letters from merchants in four languages", BEFORE]  # fmt: skip
    assert [one.text for one in found.unverified] == ["every single morning"]


def test_a_picture_adds_nothing_and_what_is_hidden_stays_hidden() -> None:
    draft = _draft(BEFORE, "Kept the books")
    draft.hidden = [Hidden("a hidden run", PAYLOAD)]
    draft.links = [
        DraftLink("https://a.example", "Kept the books"),
        DraftLink("https://b.example", ""),
    ]
    found = confirmed(draft, [View(paper(BEFORE, PAYLOAD))])
    assert found is not None
    assert [line.text for line in found.lines] == [BEFORE]
    assert found.hidden == draft.hidden
    assert [link.target for link in found.links] == ["https://b.example"]


def test_what_no_picture_is_expected_to_show_counts() -> None:
    draft = _draft(BEFORE, "Saved 3 May 2021", undrawn=["Saved 3 May 2021"])
    assert _left(draft, BEFORE) == [BEFORE, "Saved 3 May 2021"]


def test_a_script_without_a_typeface_is_not_looked_for_where_all_is_written_in_it() -> None:
    chinese = ["欧阳晓岚在港口抄写账簿并回复商人的信件", "每年秋天整理旧账"]
    assert _left(_draft(*chinese), "Page 1") == chinese
    assert _left(_draft(BEFORE, chinese[1]), BEFORE) == [BEFORE]


def test_without_a_picture_that_can_be_read_nothing_changes() -> None:
    assert confirmed(_draft(BEFORE), [View(b"%PDF-1.7 of nothing")]) is None

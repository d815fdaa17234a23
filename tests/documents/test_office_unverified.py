"""Office documents: what only some programs or pages show, what is drawn over, what is computed anew does not count."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.document import Document, FlagKind

PAYLOAD = "Sorted archived ledgers by hand every autumn for nine offices of the harbour."
BEFORE = "Marlow Quennell, keeper of ledgers in Rotterdam."
Case = tuple[str, bool]
"""A body, and whether it hides the payload."""


def _png(red: int, green: int, blue: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes((red, green, blue)) * 4) * 4
    head = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _archive(members: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _hides(document: Document) -> bool:
    told = " ".join(f.message for f in document.flags if f.kind is FlagKind.HIDDEN_TEXT)
    assert ("Sorted" in document.text) != ("Sorted" in told), (document.text, told)
    assert BEFORE in document.text
    return "Sorted" in told


_O = "http://schemas.openxmlformats.org"
_R = f"{_O}/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_O}/wordprocessingml/2006/main" xmlns:r="{_R}" xmlns:wp="{_O}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_O}/drawingml/2006/main" xmlns:pic="{_O}/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_PAGE = (
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
_RELATIONS = {
    "s": ("styles", "styles.xml"), "t": ("theme", "theme/theme1.xml"), "e": ("settings", "settings.xml"),
    "n": ("numbering", "numbering.xml"), "h": ("header", "header1.xml"), "f": ("footer", "footer1.xml"),
    "i": ("image", "i.png"), "m": ("image", "m.emf"),
}  # fmt: skip
_THEME = (
    f'<a:theme xmlns:a="{_O}/drawingml/2006/main"><a:clrScheme><a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/>'
    '</a:lt1><a:accent1><a:srgbClr val="1F3864"/></a:accent1></a:clrScheme><a:majorFont><a:latin typeface="Wingdings"/></a:majorFont></a:theme>'
)
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Far"><w:pPr><w:ind w:left="10400"/></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="White"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Off"><w:tblPr><w:tblInd w:w="11300"/></w:tblPr></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:pPr><w:ind w:left="10800"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _run(properties: str = "", paragraph: str = "", text: str = PAYLOAD) -> str:
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _word(body: str, *, section: str = _PAGE, settings: str = "") -> Document:
    lines = _run(text=BEFORE) + body
    if "<w:sectPr" not in body.rpartition("</w:p>")[2]:
        lines += f"<w:sectPr>{section}</w:sectPr>"
    edges = [key for key in "hf" if f'r:id="{key}"' in section]
    links = "".join(
        f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{to}"/>'
        for i, (kind, to) in _RELATIONS.items()
        if i not in "hf" or i in edges
    )
    package = f"{_O}/package/2006/relationships"
    members: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "word/document.xml": f"<w:document {_NAMES}><w:body>{lines}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_NAMES}>{_STYLES}</w:styles>",
        "word/settings.xml": f"<w:settings {_NAMES}>{settings}</w:settings>",
        "word/numbering.xml": f"<w:numbering {_NAMES}>{_NUMBERING}</w:numbering>",
        "word/theme/theme1.xml": _THEME,
        "word/header1.xml": f"<w:hdr {_NAMES}>{_run()}{_run(text='Typed twelve hundred letters without one mistake')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMES}>{_run(text='References')}</w:ftr>",
        "word/i.png": _png(16, 16, 40), "word/m.emf": b"nothing",
        "customXml/itemProps1.xml": '<d:datastoreItem xmlns:d="urn:d" d:itemID="{1}"/>',
        "customXml/item1.xml": f"<r><a>Bread</a><b>{PAYLOAD}</b></r>",
        "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{PAYLOAD}</dc:title></c>',
    }  # fmt: skip
    if "NOTITLE" in body or "TITLE" not in body:
        del members["docProps/core.xml"]
    return read_document(_archive(members), "a.docx")


def _field(code: str, result: str = PAYLOAD) -> str:
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        f'</w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _anchor(
    inside: str,
    *,
    y: int = -30_000,
    behind: int = 0,
    wrap: str = "None",
    z: int = 5,
    height: int = 600_000,
) -> str:
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="{behind}" relativeHeight="{z}"><wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx="6000000" cy="{height}"/>'
        f"<wp:wrap{wrap}/><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _shape(fill: str, text: str = "") -> str:
    held = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return f"<wps:wsp><wps:spPr>{fill}</wps:spPr>{held}</wps:wsp>"


def _solid(colour: str, change: str = "") -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}">{change}</a:srgbClr></a:solidFill>'


def _under(drawn: str, properties: str = "", text: str = PAYLOAD) -> str:
    return f"<w:p>{drawn}<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _table(style: str = "", more: str = "", columns: str = "9000", look: str = "0420") -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{{}}</w:tc>'
        for w in columns.split()
    )
    texts = [_run(text="Bread")] * columns.count(" ") + [_run()]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in columns.split())
    head = f'<w:tblPr><w:tblStyle w:val="{style}"/>{more}<w:tblLook w:val="{look}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{head}<w:tr>{cells.format(*texts)}</w:tr></w:tbl>"


def _bound(path: str, store: str = "{1}", prefix: str = "w") -> str:
    binding = f'<{prefix}:dataBinding w:xpath="{path}" w:storeItemID="{store}"/>'
    return f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{_run()}</w:sdtContent></w:sdt>"


def _picture(key: str) -> str:
    return f'<pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'


def _letters(fill: str) -> str:
    return f"<w14:textFill>{fill}</w14:textFill>"


_DARK, _WHITE = '<w:color w:val="101010"/>', '<w:color w:val="FFFFFF"/>'
_BANNER = _anchor(_picture("i"), behind=1)
_STOPS = '<w14:gradFill><w14:gsLst><w14:gs w14:pos="0"><w14:srgbClr w14:val="{}"/></w14:gs><w14:gs w14:pos="9"><w14:srgbClr w14:val="222222"/></w14:gs></w14:gsLst></w14:gradFill>'
WORD: dict[str, Case] = {
    "a page's number that says more": (_field("PAGE"), True),
    "a count in a link": (_field('HYPERLINK "http://a.example"', "</w:t></w:r></w:p>" + _field("NUMWORDS") + "<w:p><w:r><w:t>"), True),
    "a title that is the document's": (_field("TITLE"), False),
    "a title of none": (_field("TITLE") + "<!--NOTITLE-->", True),
    "a reference to what stands elsewhere": (_run() + _field("REF x"), False),
    "a reference to nothing": (_field("REF x"), True),
    "a quotation": (_field(f'QUOTE "{PAYLOAD}"'), False),
    "a quotation of other words": (_field('QUOTE "Bread"'), True),
    "a link": (_field('HYPERLINK "http://a.example"'), False),
    "a field without a kind": (_field(""), True),
    "bound to other words": (_bound("/r/a"), True),
    "bound to other words, newer": (_bound("/r[1]/a[1]", prefix="w15"), True),
    "bound to these words": (_bound("/r/b"), False),
    "bound to nothing there": (_bound("/r/a", "{2}"), False),
    "bound by a search": (_bound("//a"), True),
    "covered by a shape": (_under(_anchor(_shape(_solid("FFFFFF")))), True),
    "covered by a styled shape": (_under(_anchor(_shape("").replace("</wps:spPr>", '</wps:spPr><wps:style><a:fillRef idx="1"><a:schemeClr val="lt1"/></a:fillRef></wps:style>'))), True),
    "covered by a picture": (_under(_anchor(_picture("m"))), True),
    "covered from the paragraph above": (_under(_anchor(_shape(_solid("FFFFFF")), y=170_000), text="Bread") + _run(), True),
    "covered from below": (_run() + _under(_anchor(_shape(_solid("FFFFFF")), y=-190_000, height=190_000), text="Bread"), True),
    "covered by an old drawing": (_under('<w:r><w:pict><v:rect style="position:absolute;margin-left:0;margin-top:-2pt;width:468pt;height:60pt;z-index:5"/></w:pict></w:r>'), True),
    "a shape that text flows around": (_under(_anchor(_shape(_solid("FFFFFF")), wrap="Square")), False),
    "a shape that is only a line": (_under(_anchor(_shape(f"<a:noFill/><a:ln>{_solid('000000')}</a:ln>"))), False),
    "a shape further down": (_under(_anchor(_shape(_solid("FFFFFF")), y=2_000_000)), False),
    "an old drawing behind": (_under('<w:r><w:pict><v:rect style="position:absolute;width:468pt;height:60pt;z-index:-5" fillcolor="yellow"/></w:pict></w:r>'), False),
    "dark on a dark picture": (_under(_BANNER, _DARK), True),
    "white on a dark picture": (_under(_BANNER, _WHITE), False),
    "on a picture that is not read": (_under(_anchor(_picture("m"), behind=1)), True),
    "dark on a gradient": (_under(_anchor(_shape(f'<a:gradFill><a:gsLst><a:gs pos="0">{_solid("101010")[13:-14]}</a:gs></a:gsLst></a:gradFill>'), behind=1), _DARK), True),
    "dark in a box of a picture": (_under(_anchor(_shape('<a:blipFill><a:blip r:embed="i"/></a:blipFill>', _run(_DARK))), text="Bread"), True),
    "dark in a box that is darkened": (_under(_anchor(_shape(_solid("FFFFFF", '<a:lumMod val="5000"/>'), _run(_DARK)), wrap="Square"), text="Bread"), True),
    "in a box of a computed colour": (_under(_anchor(_shape(_solid("FFFFFF", '<a:inv val="1"/>'), _run(_DARK)), wrap="Square"), text="Bread"), True),
    "in a box below another": (f"<w:p>{_anchor(_shape('<a:noFill/>', _run()))}{_anchor(_shape(_solid('FFFFFF'), _run(text='Bread')), z=9)}</w:p>", True),
    "in a box above another": (f"<w:p>{_anchor(_shape('<a:noFill/>', _run(_WHITE)), z=9)}{_anchor(_shape(_solid('203864')))}</w:p>", False),
    "white by the settings' theme": (_run('<w:color w:val="000000" w:themeColor="text1"/>'), False),
    "white by value, dark by theme": (_run('<w:color w:val="FFFFFF" w:themeColor="dark1"/>'), True),
    "a theme's picture font": (_run('<w:rFonts w:asciiTheme="majorHAnsi"/>'), True),
    "a picture font of complex letters": (_run('<w:rFonts w:cs="Wingdings"/><w:cs/>'), True),
    "letters of a white gradient": (_run(_letters(_STOPS.format("FFFFFF"))), True),
    "letters of a dark gradient": (_run(_letters(_STOPS.format("1F3864"))), False),
    "letters lightened away": (_run(_letters('<w14:solidFill><w14:schemeClr w14:val="tx1"><w14:lumMod w14:val="1000"/><w14:lumOff w14:val="99000"/></w14:schemeClr></w14:solidFill>')), True),
    "letters of a computed colour": (_run(_letters('<w14:solidFill><w14:srgbClr w14:val="222222"><w14:inv/></w14:srgbClr></w14:solidFill>')), True),
    "formatting that is not known": (_run('<w:eastAsianLayout w:combine="1"/>'), True),
    "formatting before a change": (_run('<w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>', '<w:pPrChange><w:pPr><w:ind w:left="15000"/></w:pPr></w:pPrChange>'), False),
    "white in a first row": (_table("White"), True),
    "white in a row that is not first": (_table("White", look="0400"), False),
    "white in a dark first row": (_table("Dark"), False),
    "a cell right of the paper": (_table(columns="11500 4000"), True),
    "the second of two cells": (_table(columns="3000 6000"), False),
    "a fixed cell of no width": (_table(more='<w:tblLayout w:type="fixed"/>', columns="9000 60"), True),
    "a table off the paper by its style": (_table("Off"), True),
    "a table placed off the paper": (_table(more='<w:tblpPr w:horzAnchor="page" w:tblpX="12600"/>'), True),
    "a table placed below the paper": (_table(more='<w:tblpPr w:vertAnchor="page" w:tblpY="15900"/>'), True),
    "a frame right of the paper": (_run("", '<w:framePr w:w="900" w:hAnchor="page" w:x="12300"/>'), True),
    "a frame beside the text": (_run("", '<w:framePr w:w="900" w:hAnchor="margin" w:x="7300"/>'), False),
    "an indent of a style": (_run("", '<w:pStyle w:val="Far"/>'), True),
    "an indent of a list": (_run("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), True),
    "indents that meet": (_run("", '<w:ind w:left="5000" w:right="4300"/>'), True),
    "an ordinary indent": (_run("", '<w:ind w:left="2000" w:right="900" w:hanging="400"/>'), False),
    "a column of no width": (_run() + f'<w:sectPr>{_PAGE}<w:cols w:num="2" w:equalWidth="0"><w:col w:w="20" w:space="20"/><w:col w:w="9000"/></w:cols></w:sectPr>', True),
}  # fmt: skip


def test_word_counts_what_every_program_shows() -> None:
    # In columns of no width the line before is lost as well.
    found = {}
    for name, (body, _) in WORD.items():
        section = (
            f"<w:p><w:pPr><w:sectPr>{_PAGE}</w:sectPr></w:pPr></w:p>" if "w:cols" in body else ""
        )
        document = _word(section + body)
        told = " ".join(flag.message for flag in document.flags)
        found[name] = ("Sorted" in told, "Sorted" in document.text, BEFORE in document.text)
    wanted = {name: (hidden, not hidden, True) for name, (_, hidden) in WORD.items()}
    assert {name: found[name] for name in WORD if found[name] != wanted[name]} == {}


def test_settings_of_word_change_what_colours_mean() -> None:
    white = _run('<w:color w:val="000000" w:themeColor="text1"/>')
    assert _hides(_word(white, settings='<w:clrSchemeMapping w:t1="light1"/>'))


_HEADER, _EVEN = '<w:headerReference w:type="{}" r:id="h"/>', "<w:evenAndOddHeaders/>"
_TURN = '<w:p><w:r><w:br w:type="page"/><w:t>Bread</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "section", "settings", "hidden"),
    [
        ("", _HEADER.format("default"), "", False),
        ("", _HEADER.format("default") + "<w:titlePg/>", "", True),
        (_TURN, _HEADER.format("default") + "<w:titlePg/>", "", False),
        (_run(text="Bread and rolls. " * 900), _HEADER.format("default") + "<w:titlePg/>", "", False),
        (_run(paragraph="<w:pageBreakBefore/>", text="Bread"), _HEADER.format("even"), _EVEN, False),
        ("", _HEADER.format("even"), _EVEN, True),
        ("", _HEADER.format("even"), "", True),
        (f"<w:p><w:pPr><w:sectPr>{_PAGE}</w:sectPr></w:pPr></w:p>", _HEADER.format("default") + '<w:type w:val="continuous"/>', "", True),
    ],
)  # fmt: skip
def test_a_header_of_word_counts_where_its_page_surely_exists(
    body: str, section: str, settings: str, hidden: bool
) -> None:
    assert _hides(_word(body, section=section + _PAGE, settings=settings)) == hidden


def test_a_short_header_of_later_pages_is_no_matter() -> None:
    section = '<w:footerReference w:type="default" r:id="f"/><w:titlePg/>' + _PAGE
    document = _word(_run(), section=section)
    assert (document.flags, "References" in document.text) == ((), False)


_FO = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    f'xmlns:{short}="{_FO}{name}:1.0"'
    for short, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def _styled(name: str, properties: str, family: str = "paragraph") -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


_GRAPHIC = '<style:graphic-properties draw:fill="solid" draw:fill-color="#{}" style:wrap="run-through" style:run-through="{}"/>'
_TEXT = '<style:text-properties fo:color="#101010"/>'
_OWN = (
    _styled("Over", _GRAPHIC.format("ffffff", "foreground"), "graphic")
    + _styled("Under", _GRAPHIC.format("101010", "background"), "graphic")
    + _styled("Dark", _TEXT)
    + _styled("Odd", '<style:text-properties style:text-vanishes="true"/>')
    + _styled("Cols", '<style:section-properties><style:columns fo:column-count="2"><style:column style:rel-width="9*"/><style:column style:rel-width="9000*"/></style:columns></style:section-properties>', "section")
    + _styled("Far", '<style:paragraph-properties fo:margin-left="17cm"/>')
    + _styled("Clash", '<style:text-properties fo:font-weight="bold"/>')
)  # fmt: skip
_AREA = 'text:anchor-type="paragraph" svg:x="0cm" svg:y="-0.1cm" svg:width="17cm" svg:height="2cm"'
_P = f"<text:p>{{}}{PAYLOAD}</text:p>"
ODT: dict[str, Case] = {
    "a page's number that says more": (f"<text:p><text:page-number>{PAYLOAD}</text:page-number></text:p>", True),
    "an element that is not known": (f"<text:p><text:other>{PAYLOAD}</text:other></text:p>", True),
    "a fixed subject": (f'<text:p><text:subject text:fixed="true">{PAYLOAD}</text:subject></text:p>', False),
    "a reference to what stands elsewhere": (f"{_P.format('')}<text:p><text:bookmark-ref>{PAYLOAD}</text:bookmark-ref></text:p>", False),
    "a placeholder": (f"<text:p><text:placeholder>{PAYLOAD}</text:placeholder></text:p>", False),
    "the second content of a frame": (f'<text:p><draw:frame text:anchor-type="as-char" svg:width="9cm" svg:height="2cm"><draw:text-box><text:p>Bread</text:p></draw:text-box><draw:text-box>{_P.format("")}</draw:text-box></draw:frame></text:p>', True),
    "covered": (_P.format(f'<draw:rect draw:style-name="Over" {_AREA}/>'), True),
    "covered by a group": (_P.format(f'<draw:g draw:style-name="Over" text:anchor-type="paragraph"><draw:rect draw:style-name="Over" {_AREA}/></draw:g>'), True),
    "dark on a dark shape": (f'<text:p text:style-name="Dark"><draw:rect draw:style-name="Under" {_AREA}/>{PAYLOAD}</text:p>', True),
    "a property that is not known": (f'<text:p text:style-name="Odd">{PAYLOAD}</text:p>', True),
    "a column of no width": (f'<text:section text:style-name="Cols">{_P.format("")}</text:section>', True),
    "margins that add up": (f'<text:p text:style-name="Far">{PAYLOAD}</text:p>', True),
    "a style of the same name in the headers": (f'<text:p text:style-name="Clash">{PAYLOAD}</text:p>', False),
    "a column that is collapsed": (f'<table:table><table:table-column table:visibility="collapse"/><table:table-row><table:table-cell>{_P.format("")}</table:table-cell></table:table-row></table:table>', True),
}  # fmt: skip
_LAYOUT = '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="4cm" fo:margin-right="2cm"/></style:page-layout>'


_WHITE_CLASH = _styled("Clash", '<style:text-properties fo:color="#ffffff"/>')


def _odt(body: str, edges: str = "") -> Document:
    automatic = "<office:automatic-styles>{}</office:automatic-styles>"
    return read_document(
        _archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"<office:document-content {_ODF}>{automatic.format(_OWN)}<office:body><office:text><text:p>{BEFORE}</text:p>{body}</office:text></office:body></office:document-content>",
                "styles.xml": f"<office:document-styles {_ODF}>{automatic.format(_LAYOUT + _WHITE_CLASH)}"
                f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{edges}</style:master-page></office:master-styles></office:document-styles>',
            }
        ),
        "a.odt",
    )


def test_open_document_counts_what_is_surely_shown() -> None:
    found = {name: _hides(_odt(body)) for name, (body, _) in ODT.items()}
    assert {name for name in ODT if found[name] != ODT[name][1]} == set()


@pytest.mark.parametrize(
    ("kind", "others", "hidden"),
    [
        ("header", "", False),
        ("header", "<style:header-first><text:p>Bread</text:p></style:header-first>", True),
        ("header-first", "", False),
        ("footer-left", "", True),
    ],
)
def test_a_header_of_open_document_counts_where_its_page_surely_exists(
    kind: str, others: str, hidden: bool
) -> None:
    more = "<text:p>Typed twelve hundred letters without one mistake</text:p>"
    assert _hides(_odt("", f"<style:{kind}>{_P.format('')}{more}</style:{kind}>{others}")) == hidden


_SHP = r"{\shp{\*\shpinst\shpleft0\shptop-40\shpright9400\shpbottom900\shpbypara\shpwr3\shpfblwtxtN{\sp{\sn fillColor}{\sv COLOUR}}}}"
RTF: dict[str, bool] = {
    r"{\field{\*\fldinst NUMPAGES}{\fldrslt TEXT}}": True,
    r'{\field{\*\fldinst HYPERLINK "http://a.example"}{\fldrslt TEXT}}': False,
    r"{\nonesttables TEXT}": True,
    r"{\*\other TEXT}": True,
    r"{\listtext TEXT\tab}": True,
    r"{\upr{Bread}{\*\ud{TEXT}}}": False,
    r"{\upr{TEXT}{\*\ud{Bread}}}": True,
    r"{\upr{TEXT}{\*\ud{TEXT}}}": False,
    r"{\uc90\u32 TEXTzzzzzzzzzzzzzzzzzzzz}": True,
    r"\pard\plain\s6 TEXT": True,
    r"\pard\cf1\shading9900\cfpat1\cbpat2 TEXT": True,
    r"{\cf1\chshdng9900\chcfpat1\chcbpat2 TEXT}": True,
    r"\trowd\clshdng9900\clcfpat1\cellx9000\pard\intbl\cf1 TEXT\cell\row": True,
    r"\trowd\clcbpat2\cellx9000\pard\intbl\cf1 TEXT\cell\row": False,
    r"\trowd\cellx12500\cellx15000\pard\intbl Bread\cell TEXT\cell\row": True,
    r"\sect\sectd\marglsxn11900 TEXT": True,
    r"\pard\li6000\fi6000 TEXT": True,
    r"\pard\pvpg\phpg\posx12300\posy900\absw900 TEXT": True,
    _SHP.replace("N", "0").replace("COLOUR", "16777215") + "TEXT": True,
    _SHP.replace("N", "1").replace("COLOUR", "1052688") + r"{\cf1 TEXT}": True,
    _SHP.replace("N", "1").replace("COLOUR", "16777215") + "TEXT": False,
}


def test_rich_text_counts_what_is_surely_shown() -> None:
    head = r"{\rtf1\ansi{\colortbl;\red16\green16\blue16;\red255\green255\blue255;}{\stylesheet{\s5\v Gone;}{\s6\sbasedon5 Child;}}"
    found = {
        body: "Sorted" not in read_document(
            rf"{head}{BEFORE}\par {body.replace('TEXT', PAYLOAD)}\par}}".encode(), "a.rtf"
        ).text
        for body in RTF
    }  # fmt: skip
    assert {body for body in RTF if found[body] != RTF[body]} == set()

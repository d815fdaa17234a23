"""DOCX, ODT and RTF: what no page shows does not count and is told; ordinary designs are read whole without a flag."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.document import Document, FlagKind
from fixtures.corpus.hidden import odt

from .test_docx_parts import _word

PAYLOAD = "Sorted archived ledgers by hand every autumn."
BEFORE = "Marlow Quennell, keeper of ledgers in Rotterdam."


def _hides(document: Document) -> bool:
    told = " ".join(f.message for f in document.flags if f.kind is FlagKind.HIDDEN_TEXT)
    assert ("Sorted" in document.text) != ("Sorted" in told)
    return "Sorted" in told


def _run(run: str = "", paragraph: str = "") -> str:
    return (
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{PAYLOAD}</w:t></w:r></w:p>"
    )


def _row(row: str, table: str = "") -> str:
    return f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc>{_run()}</w:tc></w:tr></w:tbl>"


_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
WHITE = '<w:color w:val="FFFFFF"/>'


def _filled(fill: str) -> str:
    return f"<w14:textFill {_W14}>{fill}</w14:textFill>"


def _box(
    fill: str, run: str = "", *, size: str = "5000000", place: str = "", style: str = ""
) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor>{place}<wp:extent cx="{size}" cy="{size}"/><a:graphic><a:graphicData>'
        f"<wps:wsp {_WPS}><wps:spPr>{fill}</wps:spPr>{style}<wps:txbx><w:txbxContent>{_run(run)}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def _vml(style: str) -> str:
    return f'<w:p><w:r><w:pict><v:rect {_VML} style="{style}"><v:textbox><w:txbxContent>{_run()}</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>'


def _at(axis: str, relative: str, offset: int) -> str:
    return f'<wp:{axis} relativeFrom="{relative}"><wp:posOffset>{offset}</wp:posOffset></wp:{axis}>'


def _choice(requires: str) -> str:
    return f'<mc:AlternateContent {_MC}><mc:Choice Requires="{requires}">{_run()}</mc:Choice><mc:Fallback/></mc:AlternateContent>'


HIDING_DOCX = {
    "no fill": _run(_filled("<w14:noFill/>")),
    "white fill": _run(_filled('<w14:solidFill><w14:srgbClr w14:val="FDFDFD"/></w14:solidFill>')),
    "clear fill": _run(_filled('<w14:solidFill><w14:schemeClr w14:val="tx1"><w14:alpha w14:val="97000"/></w14:schemeClr></w14:solidFill>')),
    "small and pale": _run('<w:sz w:val="8"/><w:color w:val="D9D9D9"/>'),
    "small and narrow": _run('<w:sz w:val="8"/><w:w w:val="30"/>'),
    "on a solid ground": _run('<w:color w:val="222222"/><w:shd w:val="solid" w:color="202020" w:fill="auto"/>'),
    "on a dense pattern": _run('<w:color w:val="101010"/><w:shd w:val="pct95" w:color="000000" w:fill="FFFFFF"/>'),
    "no line": _run(paragraph='<w:spacing w:line="20" w:lineRule="exact"/>'),
    "no row": _row('<w:trHeight w:val="10" w:hRule="exact"/>'),
    "far frame": _run(paragraph='<w:framePr w:x="20000" w:y="1" w:hAnchor="page"/>'),
    "thin frame": _run(paragraph='<w:framePr w:h="20" w:hRule="exact"/>'),
    "far table": _row("", '<w:tblpPr w:tblpX="-18000"/>'),
    "raised": _run('<w:position w:val="1200"/>'),
    "overlaid": _run('<w:spacing w:val="-300"/>'),
    "far first line": _run(paragraph='<w:ind w:firstLine="-20000"/>'),
    "box of no size": _box("", size="900"),
    "box left of the page": _box("", place=_at("positionH", "page", -6_000_000)),
    "box below the page": _box("", place=_at("positionV", "page", 13_000_000)),
    "white box without a ground": _box("<a:noFill/>", WHITE),
    "a clear ground": _box('<a:solidFill><a:srgbClr val="000000"><a:alpha val="1000"/></a:srgbClr></a:solidFill>', WHITE),
    "a dark line only": _box('<a:ln><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>', WHITE),
    "hidden drawing": _vml("visibility:hidden;width:90pt;height:90pt"),
    "drawing of no size": _vml("width:1pt;height:90pt"),
    "drawing above the page": _vml("position:absolute;margin-top:-2000pt;width:90pt;height:90pt"),
    "field code": f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>{PAYLOAD}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "unknown extension": _choice("zz"),
}  # fmt: skip

ORDINARY_DOCX = {
    "gradient fill": _run(_filled('<w14:gradFill><w14:gsLst><w14:gs w14:pos="0"><w14:srgbClr w14:val="1F3864"/></w14:gs></w14:gsLst></w14:gradFill>')),
    "tight lines": _run(paragraph='<w:spacing w:line="200" w:lineRule="exact"/>'),
    "multiple lines": _run(paragraph='<w:spacing w:line="20" w:lineRule="auto"/>'),
    "low row": _row('<w:trHeight w:val="10" w:hRule="atLeast"/>', '<w:tblInd w:w="-700" w:type="dxa"/>'),
    "hanging": _run(paragraph='<w:ind w:left="720" w:hanging="360"/>'),
    "raised letters": _run('<w:position w:val="6"/><w:spacing w:val="-10"/>'),
    "small print": _run('<w:sz w:val="12"/><w:color w:val="7F7F7F"/>'),
    "light pattern": _run(paragraph='<w:shd w:val="pct10" w:color="000000" w:fill="FFFFFF"/>'),
    "dark pattern": _run(WHITE, '<w:shd w:val="pct80" w:color="002060" w:fill="FFFFFF"/>'),
    "gradient box": _box('<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="003366"/></a:gs></a:gsLst></a:gradFill>', WHITE),
    "named box": _box('<a:solidFill><a:prstClr val="dkBlue"/></a:solidFill>', WHITE),
    "system box": _box('<a:solidFill><a:sysClr val="windowText" lastClr="111111"/></a:solidFill>', WHITE),
    "styled box": _box("", WHITE, style='<wps:style><a:fillRef idx="1"><a:schemeClr val="dk1"/></a:fillRef></wps:style>'),
    "box in the margin": _box("", place=_at("positionH", "column", -800_000)),
    "box beside a paragraph": _box("", place=_at("positionV", "paragraph", -5_500_000)),
    "known extension": _choice("wps"),
    "field result": f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{PAYLOAD}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "banner behind": f'<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="6000000" cy="900000"/><a:graphic><a:graphicData><wps:wsp {_WPS}><wps:spPr><a:solidFill><a:srgbClr val="222A35"/></a:solidFill></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>{_run(WHITE)}',
}  # fmt: skip


@pytest.mark.parametrize("name", HIDING_DOCX)
def test_what_word_does_not_show_is_told(name: str) -> None:
    assert _hides(read_document(_word(HIDING_DOCX[name]), "a.docx"))


@pytest.mark.parametrize("name", ORDINARY_DOCX)
def test_an_ordinary_design_of_word_is_read_whole(name: str) -> None:
    document = read_document(_word(ORDINARY_DOCX[name]), "a.docx")
    assert PAYLOAD in document.text
    assert document.flags == ()


def test_a_banner_behind_the_text_reaches_no_further_than_its_height() -> None:
    lines = "<w:p><w:r><w:t>Plain.</w:t></w:r></w:p>" * 20
    document = read_document(
        _word(ORDINARY_DOCX["banner behind"].replace(_run(WHITE), lines + _run(WHITE))), "a.docx"
    )
    assert _hides(document)


_PART = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{_run()}</w:hdr>'
_NOTES = _PART.replace("w:hdr", "w:footnotes").replace(
    _run(), f'<w:footnote w:id="4">{_run()}</w:footnote>'
)


@pytest.mark.parametrize(
    ("body", "kind", "part", "hidden"),
    [
        ("<w:sectPr/>", "header", _PART, True),
        ('<w:sectPr><w:headerReference w:type="default" r:id="b"/></w:sectPr>', "header", _PART, False),
        ('<w:sectPr><w:headerReference w:type="first" r:id="b"/></w:sectPr>', "header", _PART, True),
        ('<w:sectPr><w:headerReference w:type="first" r:id="b"/><w:titlePg/></w:sectPr>', "header", _PART, False),
        ('<w:p><w:r><w:footnoteReference w:id="3"/></w:r></w:p>', "footnotes", _NOTES, True),
        ('<w:p><w:r><w:footnoteReference w:id="4"/></w:r></w:p>', "footnotes", _NOTES, False),
    ],
)  # fmt: skip
def test_a_part_is_read_where_a_page_shows_it(
    body: str, kind: str, part: str, hidden: bool
) -> None:
    assert _hides(read_document(_word(body, kind=kind, part=part.encode()), "a.docx")) == hidden


def _styled(properties: str, family: str = "paragraph") -> tuple[str, str]:
    style = f'<style:style style:name="H" style:family="{family}">{properties}</style:style>'
    if family == "table-row":
        return style, (
            f'<table:table><table:table-row table:style-name="H"><table:table-cell><text:p>{PAYLOAD}</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        )
    return style, f'<text:p text:style-name="H">{PAYLOAD}</text:p>'


_SVG = (
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def _frame(measures: str) -> tuple[str, str]:
    return (
        "",
        f"<text:p><draw:frame {_SVG} {measures}><draw:text-box><text:p>{PAYLOAD}</text:p></draw:text-box></draw:frame></text:p>",
    )


ODT = {
    "far up": (_styled('<style:text-properties style:text-position="900% 58%"/>'), True),
    "of no size": (_styled('<style:text-properties style:text-position="super 2%"/>'), True),
    "superscript": (_styled('<style:text-properties style:text-position="super 58%"/>'), False),
    "no line": (_styled('<style:paragraph-properties fo:line-height="1pt"/>'), True),
    "lines and a half": (_styled('<style:paragraph-properties fo:line-height="150%"/>'), False),
    "no row": (_styled('<style:table-row-properties style:row-height="0.02in"/>', "table-row"), True),
    "row": (_styled('<style:table-row-properties style:row-height="0.6cm"/>', "table-row"), False),
    "far left": (_styled('<style:paragraph-properties fo:margin-left="-40cm"/>'), True),
    "hanging": (_styled('<style:paragraph-properties fo:margin-left="1cm" fo:text-indent="-0.5cm"/>'), False),
    "overlaid": (_styled('<style:text-properties fo:letter-spacing="-0.5cm"/>'), True),
    "small frame": (_frame('svg:width="1pt" svg:height="5cm"'), True),
    "far frame": (_frame('svg:width="5cm" svg:height="5cm" svg:x="-60cm"'), True),
    "frame": (_frame('svg:width="5cm" svg:height="5cm" svg:x="2cm"'), False),
    "hidden section": (("", f'<text:section text:is-hidden="true"><text:p>{PAYLOAD}</text:p></text:section>'), True),
    "section": (("", f'<text:section text:name="a"><text:p>{PAYLOAD}</text:p></text:section>'), False),
}  # fmt: skip


@pytest.mark.parametrize("name", ODT)
def test_what_an_odt_shows_and_hides(name: str) -> None:
    content, hidden = ODT[name]
    assert _hides(read_document(odt(content), "a.odt")) == hidden


RTF = {
    r"{\pard\sl-20\slmult0 TEXT\par}": True,
    r"{\pard\sl-240\slmult0 TEXT\par}": False,
    r"{\pard\posnegx-20000\absw90 TEXT\par}": True,
    r"{\pard\fi-30000 TEXT\par}": True,
    r"{\pard\li720\fi-360 TEXT\par}": False,
    r"{\up900 TEXT}": True,
    r"{\up6 TEXT}": False,
    r"{\expndtw-300 TEXT}": True,
    r"\trowd\trrh-20\cellx9000\intbl TEXT\cell\row": True,
    r"\trowd\trrh-400\cellx9000\intbl TEXT\cell\row": False,
    r"\trowd\trrh-20\cellx9000\intbl\cell\row\pard TEXT\par": False,
    r"{\shp{\*\shpinst\shpleft20000\shptop0\shpright21000\shpbottom900{\shptxt TEXT\par}}}": True,
    r"{\shp{\*\shpinst\shpleft0\shptop0\shpright20\shpbottom20{\shptxt TEXT\par}}}": True,
    r"{\shp{\*\shpinst\shpleft0\shptop0\shpright4000\shpbottom900{\sp{\sn fHidden}{\sv 1}}{\shptxt TEXT\par}}}": True,
    r"{\shp{\*\shpinst\shpleft0\shptop0\shpright4000\shpbottom900{\sp{\sn fHidden}{\sv 0}}{\shptxt TEXT\par}}}": False,
    r"{\cf1\cb2 TEXT}": True,
    r"{\cf1\chcbpat2 TEXT}": False,
}


@pytest.mark.parametrize("body", RTF)
def test_what_rich_text_shows_and_hides(body: str) -> None:
    table = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue60;}"
    data = rf"{{\rtf1\ansi{table} {BEFORE}\par {body.replace('TEXT', PAYLOAD)} }}"
    assert _hides(read_document(data.encode(), "a.rtf")) == RTF[body]

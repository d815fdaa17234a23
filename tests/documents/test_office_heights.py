"""Office documents: what stands higher than the paper in a header, a footer or a line; notes, sections and tab stops where programs differ."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import reading_of

from .test_office_plain import _BEHIND_TAB, _odt, _rtf, _run, _told, _word

_SPACED = '<w:spacing w:before="3000"/>'
_AFTER = '<w:spacing w:after="3000"/>'
_ROW = '<w:tbl><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{}"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>'
_PAGE = _run(text="Page")


def _picture(high: int, wide: int = 100_000, turned: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:xfrm{turned}/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def _beside(picture: str, *, first: bool = False) -> str:
    run = _run().removeprefix("<w:p><w:pPr></w:pPr>").removesuffix("</w:p>")
    return f"<w:p>{run + picture if first else picture + run}</w:p>"


WORD: dict[str, tuple[bytes, bool]] = {
    "spacing before": (_word("", header=_run(_SPACED, text="Page") * 7 + _run(_SPACED)), True),
    "spacing after": (_word("", header=_run(_AFTER, text="Page") * 7 + _run()), True),
    "spacing of a style": (
        _word("", f'<w:style w:type="paragraph" w:styleId="S"><w:pPr>{_SPACED}</w:pPr></w:style>', header=_run('<w:pStyle w:val="S"/>', text="Page") * 7 + _run()),
        True,
    ),
    "empty lines": (_word("", header="<w:p/>" * 80 + _run()), True),
    "line breaks": (_word("", header=f"<w:p><w:r>{'<w:br/>' * 80}</w:r></w:p>{_run()}"), True),
    "high rows": (_word("", header=_ROW.format(9_000, _PAGE) * 2 + _run()), True),
    "high pictures": (_word("", header=f"<w:p>{_picture(9_000_000)}</w:p>" + _run()), True),
    "large letters": (_word("", header=_run(run='<w:sz w:val="160"/>', text="Bread " * 20) + _run()), True),
    "the line of a picture": (_word(_beside(_picture(30_000_000))), True),
    "the line before a picture": (_word(_beside(_picture(30_000_000), first=True)), True),
    "the line of a turned picture": (_word(_beside(_picture(100_000, 30_000_000, ' rot="5400000"'))), True),
    "an ordinary header": (_word("", header=_run(text="Page") * 3 + _run('<w:spacing w:before="600"/>')), False),
    "a photograph in the line": (_word(_beside(_picture(1_500_000))), False),
    "a photograph in the header": (_word("", header=f"<w:p>{_picture(1_500_000)}</w:p>" + _run()), False),
    "a row in the header": (_word("", header=_ROW.format(1_200, _PAGE) + _run()), False),
    "spacing in the text": (_word(_run(_SPACED, text="Page") * 7 + _run(_SPACED)), False),
}  # fmt: skip
_STYLE = '<style:paragraph-properties fo:margin-top="5cm"/>'
_LINE = "<text:p>Page</text:p>"
_SPACED_LINE = '<text:p text:style-name="P">{}</text:p>'
_SHOWN = "<text:p>Sorted archived ledgers by hand every autumn.</text:p>"
_IMAGE = '<text:p><draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="{}"><draw:image/></draw:frame>Sorted archived ledgers.</text:p>'
_NOTE = '<text:p>Page<text:note text:note-class="footnote"><text:note-body>{}</text:note-body></text:note></text:p>'
_SECTIONS = (
    "".join(f'<text:section text:style-name="X" text:name="{name}">' for name in "abc")
    + f"{_SHOWN}{'</text:section>' * 3}"
)
_WIDE = '</style:style><style:style style:name="X" style:family="section"><style:section-properties fo:margin-left="{}"/>'


def _header(inside: str) -> str:
    return f"<style:header>{inside}</style:header>"


ODT: dict[str, tuple[bytes, bool]] = {
    "margins": (_odt(_STYLE, _LINE, header=_header(_SPACED_LINE.format("Page") * 7 + _SHOWN)), True),
    "empty lines": (_odt("", _LINE, header=_header("<text:p/>" * 80 + _SHOWN)), True),
    "line breaks": (_odt("", _LINE, header=_header(f"<text:p>{'<text:line-break/>' * 80}</text:p>{_SHOWN}")), True),
    "a picture in the line": (_odt("", _IMAGE.format("60cm")), True),
    "a footer": (_odt(_STYLE, _LINE, header=_header(_SPACED_LINE.format("Page") * 7 + _SHOWN).replace("style:header", "style:footer")), True),
    "a note in a header": (_odt("", _LINE, header=_header(_NOTE.format(_SHOWN))), True),
    "a note in a note": (_odt("", _NOTE.format(_NOTE.format(_SHOWN))), True),
    "a note in a frame": (
        _odt("", f'<text:p><draw:frame text:anchor-type="as-char" svg:width="9cm" svg:height="9cm"><draw:text-box>{_NOTE.format(_SHOWN)}</draw:text-box></draw:frame></text:p>'),
        True,
    ),
    "sections far to the right": (_odt(_WIDE.format("20cm"), _SECTIONS), True),
    "an ordinary header": (_odt("", _LINE, header=_header(_LINE + _SHOWN)), False),
    "a photograph in the line": (_odt("", _IMAGE.format("4cm")), False),
    "a note": (_odt("", _NOTE.format(_SHOWN)), False),
    "sections within each other, of which the innermost tells the margin": (_odt(_WIDE.format("7cm"), _SECTIONS), False),
}  # fmt: skip
_LINES = r"{\header \pard\sb3000 Page\par "
RTF: dict[str, bool] = {
    _LINES + r"\sb3000 Page\par " * 7 + "TEXT" + r"\par}\pard Bread": True,
    (_LINES + r"\pard\sa3000 Page\par " * 7 + "TEXT" + r"\par}\pard Bread").replace("header", "footer"): True,
    r"{\header " + r"\par " * 80 + r"TEXT\par}\pard Bread": True,
    r"{\header " + r"\line " * 80 + r"TEXT\par}\pard Bread": True,
    r"{\header " + r"\trowd\trrh9000\cellx9000\pard\intbl Page\cell\row " * 3 + r"\pard TEXT\par}\pard Bread": True,
    r"{\pict\pngblip\picwgoal100\pichgoal30000 00}TEXT": True,
    r"TEXT{\*\shppict{\pict\pngblip\picwgoal100\pichgoal300\picscaley9900 00}}": True,
    r"{\header Page\par\sb600 TEXT\par}\pard Bread": False,
    r"{\header {\pict\pngblip\picwgoal900\pichgoal1500 00}TEXT\par}\pard Bread": False,
    r"{\pict\pngblip\picwgoal2000\pichgoal3000\picscaley50 00}TEXT": False,
    r"{\upr{Old letters}{\*\ud TEXT}}": False,
}  # fmt: skip
CASES = (
    {f"Word, {name}": case for name, case in WORD.items()}
    | {f"ODT, {name}": case for name, case in ODT.items()}
    | {f"RTF {body[:60]} {len(body)}": (_rtf(body), hides) for body, hides in RTF.items()}
)


@pytest.mark.parametrize("name", CASES)
def test_what_stands_higher_than_the_paper_is_perhaps_hidden(name: str) -> None:
    data, hides = CASES[name]
    text, told = _told(data)
    assert ("Sorted" in text) != hides
    assert ("Sorted" in told) == hides
    assert reading_of(data, "a").wants_picture or not hides


HIGH: dict[str, bytes] = {
    "a header that takes half of the page": _word("", header=_run(_SPACED, text="Page") * 2 + _run()),
    "a header of many lines": _word("", header=_run(text="Page") * 11 + _run()),
    "a picture nearly as high as the page": _word(_beside(_picture(7_500_000))),
    "much room around a picture": _word(_beside(_picture(100_000).replace("<wp:inline>", '<wp:inline distT="9000000">'))),
    "a picture at an angle": _word(_beside(_picture(100_000, turned=' rot="5400000"'))),
    "a wide frame around a picture": _rtf(r"{\pict{\*\picprop{\sp{\sn lineWidth}{\sv 4000000}}}\pichgoal300 00}TEXT"),
    "a picture that is cut off by less than nothing": _rtf(r"{\pict\pichgoal300\piccropt-9000 00}TEXT"),
    "a tab stop behind the line": _word(_BEHIND_TAB.format('<w:tabs><w:tab w:val="left" w:pos="9600"/></w:tabs>')),
    "a tab stop behind the line of rich text": _rtf(r"\pard\tx9600\tab TEXT"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIGH)
def test_unusual_heights_ask_for_a_picture_and_are_read_without_one(name: str) -> None:
    assert reading_of(HIGH[name], "a").wants_picture
    text, told = _told(HIGH[name])
    assert "Sorted archived ledgers" in text
    assert not told


def test_what_only_some_programs_show_beside_new_words_is_told() -> None:
    text, told = _told(_rtf(r"{\upr{Typed old letters}{\*\ud TEXT}}"))
    assert "Sorted" in text
    assert "Typed old letters" in told
    text, told = _told(_rtf(r"{\upr{Sort\'e9}{\*\ud Sort\u233 ?}} and more"))
    assert "Sorté and more" in text
    assert not told

"""Office documents: what a program draws in the place of the text, or beside the paper, makes a document not plain."""

from __future__ import annotations

import pytest

from evaluator.documents.odt.converter import OdtConverter
from evaluator.documents.reading import read_document, reading_of
from evaluator.models.document import FlagKind

from .test_office_plain import PAYLOAD, _run, _word
from .test_office_unverified import _archive

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0" xmlns:style="{_ODF}:style:1.0" '
    f'xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:number="{_ODF}:datastyle:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
)
_STYLED = '<style:style style:name="S" style:family="{}"><style:{}-properties {}>{}</style:{}-properties></style:style>'


def _odt(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return _archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _cells(cell: str, text: str = PAYLOAD, table: str = "") -> str:
    return (
        f'<table:table {table}><table:table-column table:style-name="C"/><table:table-row><table:table-cell {cell}><text:p>{text}'
        "</text:p></table:table-cell></table:table-row></table:table>"
    )


def _style(family: str, attributes: str, inside: str = "") -> str:
    return _STYLED.format(family, family, attributes, inside, family)


_PICTURE = (
    "<style:background-image><office:binary-data>AAAA</office:binary-data></style:background-image>"
)
_SEPARATOR = '<style:columns><style:column-sep style:width="{}"/></style:columns>'


@pytest.mark.parametrize(
    "data",
    [
        _odt(_cells('office:value-type="float" office:value="3"')),
        _odt(_cells('office:value-type="string" office:string-value="Rye"')),
        _odt(_cells('office:value-type="date" office:date-value="2020-01-02"')),
        _odt(_cells('office:value-type="string" table:formula="ooow:1"')),
        _odt(_cells("") + _cells("", table='table:style-name="S"'), _style("table", 'table:align="right"')),
        _odt(f'<text:p text:style-name="S">{PAYLOAD}</text:p>', _style("paragraph", "", _PICTURE)),
        _odt(f"<text:p>{PAYLOAD}</text:p>", _style("section", "", _SEPARATOR.format("8cm"))),
    ],
    ids="number string date formula right picture separator".split(),
)  # fmt: skip
def test_what_opendocument_draws_in_the_place_of_text_is_not_plain(data: bytes) -> None:
    assert OdtConverter().convert(data).unusual


@pytest.mark.parametrize(
    "data",
    [
        _odt(_cells('office:value-type="float" office:value="1234.5"', "1,234.50")),
        _odt(_cells('office:value-type="currency" office:value="7"', "7 EUR")),
        _odt(_cells('office:value-type="date" office:date-value="2020-01-02"', "2 January 2020")),
        _odt(_cells('office:value-type="string"')),
        _odt(_cells('office:value-type="string" office:string-value="Rye  rolls"', "Rye rolls")),
        _odt(f"<text:p>{PAYLOAD}</text:p>", _style("section", "", _SEPARATOR.format("0.02cm"))),
    ],
    ids="number currency date text string separator".split(),
)
def test_cells_whose_text_says_their_value_are_plain(data: bytes) -> None:
    assert OdtConverter().convert(data).unusual == ""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (_odt(_cells('office:value-type="float" office:value="3"')), "a.odt"),
        (_odt(f"<text:p>{PAYLOAD}</text:p><text:meta/>", _style("paragraph", "", _PICTURE)), "a.odt"),
        (rb"{\rtf1\ansi\shad\ansicpg500 Rye rolls and more of them\par}", "a.rtf"),
    ],
    ids="cell picture code-page".split(),
)  # fmt: skip
def test_where_nothing_draws_it_a_person_is_asked_to_look_at_what_no_ordinary_document_has(
    data: bytes, name: str
) -> None:
    flags = [flag.kind for flag in read_document(data, name).flags]
    assert flags.count(FlagKind.LOOKS_UNCHECKED) == 1


def test_a_box_beside_the_text_asks_nobody_to_look() -> None:
    frame = f'<draw:frame text:anchor-type="page"><draw:text-box><text:p>{PAYLOAD}</text:p></draw:text-box></draw:frame>'
    found = reading_of(_odt(f"<text:p>{PAYLOAD}</text:p><text:p>{frame}</text:p>"), "a.odt")
    assert found.wants_picture
    assert FlagKind.LOOKS_UNCHECKED not in [
        flag.kind for flag in getattr(found.document, "flags", ())
    ]


def _table(properties: str, *widths: int) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(f"<w:tc>{_run()}</w:tc>" for _ in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"


_BLACK = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        (_table('<w:jc w:val="center"/>', 4_500, 5_000), True),
        (_table('<w:jc w:val="right"/>', 6_500, 12_000), False),
        (_table(_BLACK, 9_000), False),
        (_run(_BLACK.replace("clear", "nil")), False),
        (_run('<w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>'), False),
    ],
    ids="centred wide whole-table nil no-theme".split(),
)
def test_tables_beside_the_paper_and_grounds_that_programs_disagree_on_are_not_plain(
    body: str, is_plain: bool
) -> None:
    assert reading_of(_word(body), "a.docx").wants_picture is not is_plain


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        (r"\trowd\trqr\cellx6000\cellx9000\intbl Rye\cell\intbl Oats\cell\row", True),
        (r"\trowd\trqr\cellx3000\cellx15000\intbl Rye\cell\intbl Oats\cell\row", False),
        (r"\ansicpg500 Rye", False),
        (r"{\stylesheet{\*\cs7\highlight1 Dark;}}Rye", False),
        (r"{\highlight1 Rye}", True),
    ],
    ids="right wide code-page style letters".split(),
)
def test_rows_beside_the_paper_and_unknown_code_pages_of_rtf_are_not_plain(
    body: str, is_plain: bool
) -> None:
    data = (r"{\rtf1\ansi{\colortbl;\red255\green255\blue0;}" + body + r"\par}").encode()
    assert reading_of(data, "a.rtf").wants_picture is not is_plain


def test_what_rtf_keeps_for_merged_letters_is_not_read() -> None:
    data = rb"{\rtf1\ansi{\mmquery " + PAYLOAD.encode() + rb"}Rye rolls and more\par}"
    document = reading_of(data, "a.rtf").document
    assert "Sorted" not in getattr(document, "text", "Sorted")

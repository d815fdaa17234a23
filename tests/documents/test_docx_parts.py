"""What a Word document takes from other parts and programs is read in its place, or told."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.document import Document, FlagKind

SENTENCE = "Sorted archived ledgers by hand every autumn."
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = "http://schemas.openxmlformats.org/package/2006/relationships"
BEFORE = "Marlow Quennell, keeper of ledgers in Rotterdam."


def _word(
    body: str, *, slash: str = "/", kind: str = "aFChunk", target: str = "x", part: bytes = b""
) -> bytes:
    lines = f"<w:p><w:r><w:t>{BEFORE}</w:t></w:r></w:p>{body}<w:p><w:r><w:t>After</w:t></w:r></w:p>"
    members: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_ROOTS}"><Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_ROOTS}"><Relationship Id="b" Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{lines}</w:body></w:document>",
        "word/x": part,
    }
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("/", slash), content)
    return stream.getvalue()


def _read(data: bytes) -> Document:
    return read_document(data, "a.docx")


CHUNK = '<w:altChunk r:id="b"/>'
PLAIN = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
PAGE = f"<html><body><p>{SENTENCE}</p><p style='display:none'>SECRET words of nobody</p>".encode()
CHUNKS = {
    "a page": PAGE,
    "a saved page": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE,
    "rich text": b"{\\rtf1 " + SENTENCE.encode() + b" and more}",
    "text": SENTENCE.encode("utf-16"),
    "a Word document": _word(PLAIN),
}


@pytest.mark.parametrize("name", CHUNKS)
@pytest.mark.parametrize("target", ["x", "/word/x"])
def test_an_inserted_document_is_read_in_its_place(name: str, target: str) -> None:
    text = _read(_word(CHUNK, part=CHUNKS[name], target=target)).text
    assert text.index(BEFORE) < text.index(SENTENCE) < text.rindex("After")
    assert "SECRET" not in text


@pytest.mark.parametrize("part", [b"%PDF-1.7 of nothing", b"", _word(CHUNK, part=_word(PLAIN))])
def test_an_inserted_document_that_is_not_read_is_told(part: bytes) -> None:
    document = _read(_word(CHUNK, part=part))
    assert SENTENCE not in document.text
    assert [flag.kind for flag in document.flags] == [FlagKind.NOT_READ]


DRAWING = '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="b"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'


def _points(look: str) -> bytes:
    return (
        f"<dgm:dataModel {_SPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r>{look}<a:t>{SENTENCE}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        '<dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>[Text]</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>'
    ).encode()


@pytest.mark.parametrize("look", ["", '<a:rPr lang="en-GB" sz="1200" b="1"/>'])
def test_the_list_of_a_drawing_is_read(look: str) -> None:
    document = _read(_word(DRAWING, kind="diagramData", part=_points(look)))
    assert SENTENCE in document.text
    assert "[Text]" not in document.text
    assert document.flags == ()


@pytest.mark.parametrize(
    "look",
    [
        '<a:rPr sz="100"/>',
        '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>',
        "<a:rPr><a:noFill/></a:rPr>",
    ],
)
def test_a_drawing_whose_text_has_its_own_look_does_not_count_and_is_told(look: str) -> None:
    document = _read(_word(DRAWING, kind="diagramData", part=_points(look)))
    assert SENTENCE not in document.text
    assert [flag.kind for flag in document.flags] == [FlagKind.NOT_READ]


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<w:p><w:fldSimple w:instr=" HYPERLINK &quot;https://a.example/x&quot; "><w:r><w:t>code</w:t></w:r></w:fldSimple></w:p>', "https://a.example/x"),
        ('<w:p><w:hyperlink r:id="b"><w:fldSimple w:instr="QUOTE &quot;code&quot;"><w:r><w:t>code</w:t></w:r></w:fldSimple></w:hyperlink></w:p>', ""),
        ('<w:p><w:fldSimple w:instr="FORMTEXT"><w:r><w:t>code</w:t></w:r></w:fldSimple></w:p>', ""),
    ],
)  # fmt: skip
def test_a_simple_field_shows_its_words_and_gives_its_target(body: str, target: str) -> None:
    document = _read(_word(body))
    assert "code" in document.text
    assert [(link.target, link.label) for link in document.links] == (
        [(target, "code")] if target else []
    )


def test_parts_with_names_as_paths_of_windows_are_found() -> None:
    assert SENTENCE in _read(_word(PLAIN, slash="\\")).text
    assert SENTENCE in _read(_word(CHUNK, slash="\\", part=PAGE)).text

"""Typefaces that a page holds itself: believed where they draw the letters of its text."""

from __future__ import annotations

import base64
import struct

import pytest
from PIL import ImageFont, features

from evaluator.documents.html.font_tables import tables_of
from evaluator.documents.html.typefaces import is_true
from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError
from evaluator.models.document import FlagKind

TEXT = "Ordered flour and yeast from seven mills each Monday, kept the rota of six bakers."


def test_the_library_that_lays_out_text_is_there() -> None:
    assert features.check("raqm")


def _honest() -> bytes:
    return bytes(ImageFont.load_default(12).font_bytes)  # type: ignore[union-attr]


def _tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", data, 4)[0]
    records = [struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(count)]
    return {tag: data[start : start + size] for tag, _, start, size in records}


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">4sHHHH", b"\0\1\0\0", len(tables), 128, 3, 0)
    place, records, body = 12 + 16 * len(tables), b"", b""
    for tag, data in sorted(tables.items()):
        records += struct.pack(">4sLLL", tag, 0, place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + records + body


def _glyph_of(letters: dict[int, int]) -> bytes:
    """A cmap of letters to glyphs, in groups of one."""
    groups = b"".join(
        struct.pack(">LLL", code, code, glyph) for code, glyph in sorted(letters.items())
    )
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(letters)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table


def _replacing(feature: bytes, glyphs: list[int], by: list[int]) -> bytes:
    """A GSUB table that draws some glyphs in place of others."""
    cover = struct.pack(f">HH{len(glyphs)}H", 1, len(glyphs), *glyphs)
    lookup = struct.pack(f">HHH{len(by)}H", 2, 6 + 2 * len(by), len(by), *by) + cover
    lookups = struct.pack(">HH", 1, 4) + struct.pack(">HHHH", 1, 0, 1, 8) + lookup
    features_ = struct.pack(">H4sH", 1, feature, 8) + struct.pack(">HHH", 0, 1, 0)
    scripts = struct.pack(">H4sH", 1, b"DFLT", 8) + struct.pack(">HHHHHH", 4, 0, 0, 0xFFFF, 1, 0)
    start = 10
    return struct.pack(">HHHHH", 1, 0, start, start + len(scripts), start + len(scripts) + len(features_)) + scripts + features_ + lookups  # fmt: skip


def _code_to_glyph(data: bytes) -> dict[int, int]:
    """Of the letters, by the format that the typeface has."""
    cmap = _tables(data)[b"cmap"]
    for n in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = struct.unpack_from(">HHL", cmap, 4 + 8 * n)[2]
        if struct.unpack_from(">H", cmap, start)[0] == 4:
            return _segments(cmap[start:])
    raise AssertionError


def _segments(table: bytes) -> dict[int, int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    offsets = struct.unpack_from(f">{count}H", table, 16 + 6 * count)
    found = {}
    for n in range(count):
        for code in range(starts[n], min(ends[n], 126) + 1):
            glyph = code
            if offsets[n]:
                glyph = struct.unpack_from(
                    ">H", table, 16 + 6 * count + 2 * n + offsets[n] + 2 * (code - starts[n])
                )[0]
            found[code] = (glyph + deltas[n]) % 65536
    return found


def _lies() -> dict[str, bytes]:
    honest = _honest()
    tables, glyphs = _tables(honest), _code_to_glyph(honest)
    small = [code for code in glyphs if chr(code).islower()]
    turned = {code: glyphs[small[(small.index(code) + 7) % 26]] if code in small else glyph for code, glyph in glyphs.items()}  # fmt: skip
    blank = dict.fromkeys(glyphs, glyphs[32])
    own = [glyphs[code] for code in small]
    other = own[7:] + own[:7]
    wide = struct.unpack_from(">H", tables[b"head"], 18)[0]
    return {
        "other letters": _file({**tables, b"cmap": _glyph_of(turned)}),
        "no letters": _file({**tables, b"cmap": _glyph_of(blank)}),
        "letters that are replaced": _file({**tables, b"GSUB": _replacing(b"liga", own, other)}),
        "letters that others stand for": _file({**tables, b"GSUB": _replacing(b"calt", own, other)}),
        "letters that vanish": _file({**tables, b"GSUB": _replacing(b"ccmp", own, [glyphs[32]] * 26)}),
        "tiny letters": _file({**tables, b"head": tables[b"head"][:18] + struct.pack(">H", min(16384, wide * 8)) + tables[b"head"][20:]}),
        "colours": _file({**tables, b"COLR": bytes(14)}),
        "no typeface": b"\0\1\0\0" + bytes(40),
    }  # fmt: skip


def _page(face: bytes, css: str) -> bytes:
    coded = base64.b64encode(face).decode()
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>r</title>"
        f"<style>@font-face{{font-family:Own;src:url(data:font/ttf;base64,{coded}) format('truetype')}}{css}</style>"
        f"<h1>Odalys Brinkhurst</h1><h2>Experience</h2><p>{TEXT}"
    ).encode()


def test_a_typeface_that_draws_its_letters_is_believed() -> None:
    document = read_document(_page(_honest(), "body{font-family:Own,serif}"), "a.html")
    assert document.text == f"Odalys Brinkhurst\nExperience\n{TEXT}"
    assert document.flags == ()


@pytest.mark.parametrize("name", _lies())
def test_a_typeface_that_draws_something_else_is_not(name: str) -> None:
    face = _lies()[name]
    assert is_true([], [TEXT])
    document = read_document(_page(face, "h2{font-family:Own,serif}"), "a.html")
    assert document.text == f"Odalys Brinkhurst\n{TEXT}"
    assert [flag.kind for flag in document.flags] == [FlagKind.HIDDEN_TEXT]
    with pytest.raises(DocumentError):
        read_document(_page(face, "body{font-family:Own,serif}"), "a.html")


def test_a_page_that_tells_how_its_typeface_is_measured_is_not_believed() -> None:
    page = _page(_honest(), "h2{font-family:Own}").replace(b"{font-family:Own;", b"{font-family:Own;ascent-override:900%;")  # fmt: skip
    assert "Experience" not in read_document(page, "a.html").text


def test_tables_are_told_in_the_packed_form_too() -> None:
    entries = (
        bytes([0, 5]) + bytes([10 | 3 << 6, 0x81, 0]) + bytes([10, 9, 7]) + b"\x3fXYZ " + bytes([3])
    )
    packed = b"wOF2" + bytes(8) + struct.pack(">H", 4) + bytes(34) + entries
    assert tables_of(packed) == {"cmap", "glyf", "XYZ"}
    assert tables_of(packed[:-6]) == frozenset()

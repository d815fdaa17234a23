"""Functions of PDFium that are asked once per character or object of a page.

Through their generated wrappers these calls cost more than what they do: a resume may hold six thousand
text objects, one for each letter. Here they keep Python's lock, which is right as only one thread of a
process may use PDFium. What is asked by number takes whole numbers, which are passed as C has them, and
references that are made once; what is asked of an object takes its plain address. Numbers that PDFium writes
are turned into Python's all at once.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium_c

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_ADDRESS = ctypes.c_size_t
"""A pointer that is given back: a number, 0 for none."""
_AT_ONCE = 2_048
"""Characters whose boxes are asked for together."""
_Pair = tuple[float, float]
_EDGES = struct.Struct("@4d")


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    """A function by its address; without the types of its arguments it takes references and C's whole numbers."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_loose_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT)
_tight_box = _direct(pdfium_c.FPDFText_GetCharBox, _INT)
_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
_matrix = _direct(pdfium_c.FPDFText_GetMatrix, _INT)
_origin = _direct(pdfium_c.FPDFText_GetCharOrigin, _INT)
_generated = _direct(pdfium_c.FPDFText_IsGenerated, _INT)
_unicode = _direct(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
_object_of = _direct(pdfium_c.FPDFText_GetTextObject, _ADDRESS)
_glyph_width = _direct(
    pdfium_c.FPDFFont_GetGlyphWidth, _INT, _POINTER, ctypes.c_uint, ctypes.c_float, _POINTER
)
_font_size = _direct(pdfium_c.FPDFTextObj_GetFontSize, _INT, _POINTER, _POINTER)
_page_object = _direct(pdfium_c.FPDFPage_GetObject, _ADDRESS)
_form_object = _direct(pdfium_c.FPDFFormObj_GetObject, _ADDRESS, _POINTER, ctypes.c_ulong)
_kind = _direct(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
_marks = _direct(pdfium_c.FPDFPageObj_CountMarks, _INT, _POINTER)
_font = _direct(pdfium_c.FPDFTextObj_GetFont, _ADDRESS, _POINTER)
_mode = _direct(pdfium_c.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
_matrix_of = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_activate = _direct(pdfium_c.FPDFPageObj_SetIsActive, _INT, _POINTER, _INT)


def address(handle: Any) -> int:
    """Of a handle of PDFium."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _reference(handle: Any) -> Any:
    """A handle of PDFium as the functions by number take it."""
    return ctypes.byref(handle.contents) if handle else None


class _Boxes:
    """Room for the boxes of some characters, with a reference to each."""

    def __init__(self) -> None:
        self._room = (ctypes.c_float * (4 * _AT_ONCE))()
        self._references = [ctypes.byref(self._room, 16 * place) for place in range(_AT_ONCE)]
        self._numbers = memoryview(self._room).cast("B").cast("f")

    def of(self, text_page: Any, indexes: Sequence[int]) -> list[float]:
        page = _reference(text_page)
        found: list[float] = []
        for start in range(0, len(indexes), _AT_ONCE):
            some = indexes[start : start + _AT_ONCE]
            # What has no character has no size.
            ctypes.memset(self._room, 0, 16 * len(some))
            deque(map(_loose_box, repeat(page), some, self._references), maxlen=0)
            found += self._numbers[: 4 * len(some)].tolist()
        return found


_boxes = cache(_Boxes)


def character_boxes(text_page: Any, count: int) -> list[float]:
    """Left, top, right and bottom of each character's advance and ink, one after the other."""
    return _boxes().of(text_page, range(count))


def boxes_of(text_page: Any, indexes: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """As :func:`character_boxes`, of some characters."""
    edges = iter(_boxes().of(text_page, indexes))
    return list(zip(edges, edges, edges, edges, strict=True))


def ink_boxes(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the ink of characters, as their typefaces tell it."""
    edges = (ctypes.c_double * 4)()
    left, top, right, bottom = (ctypes.byref(edges, place) for place in range(0, 32, 8))
    page, found, read = _reference(text_page), [], _EDGES.unpack_from
    for index in indexes:
        _tight_box(page, index, left, right, bottom, top)
        found.append(read(edges))
    return found


def type_sizes(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float]]:
    """Points across and up of the square that characters are designed in."""
    matrix = (ctypes.c_float * 6)()
    place, page, found = ctypes.byref(matrix), _reference(text_page), []
    for index in indexes:
        size = _size(page, index) if _matrix(page, index, place) else 0.0
        a, b, c, d = matrix[:4]
        found.append((size * math.hypot(a, b), size * math.hypot(c, d)))
    return found


def character_matrices(
    text_page: Any, indexes: Iterable[int]
) -> list[tuple[float, float, float, float]]:
    """The first four numbers of each character's matrix, those of a form it stands in too; zeros where it has none."""
    matrix = (ctypes.c_float * 6)()
    place, page, found = ctypes.byref(matrix), _reference(text_page), []
    for index in indexes:
        has = _matrix(page, index, place)
        found.append((matrix[0], matrix[1], matrix[2], matrix[3]) if has else (0.0, 0.0, 0.0, 0.0))
    return found


def origins(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float]]:
    """Where the baseline of each character begins."""
    point = (ctypes.c_double * 2)()
    across, up = ctypes.byref(point), ctypes.byref(point, 8)
    page, found = _reference(text_page), []
    for index in indexes:
        _origin(page, index, across, up)
        found.append((point[0], point[1]))
    return found


def advance(text_page: Any, index: int) -> tuple[float, float]:
    """Where the advance of a character begins and how wide its typeface says it is; zeros where that is not known."""
    page, room = _reference(text_page), (ctypes.c_float * 8)()
    size, matrix = ctypes.addressof(room), ctypes.byref(room, 8)
    obj = _object_of(page, index)
    font = _font(obj) if obj else 0
    if (
        not font
        or not _glyph_width(font, _unicode(page, index), 1.0, size + 4)
        or not _font_size(obj, size)
        or not _matrix(page, index, matrix)
    ):
        return 0.0, 0.0
    points, width, a, b = room[:4]
    return origins(text_page, (index,))[0][0], width * points * math.hypot(a, b)


def are_generated(text_page: Any, indexes: Iterable[int]) -> list[bool]:
    """Whether the file does not hold a character and PDFium inferred it from the distance."""
    return [flag == 1 for flag in map(_generated, repeat(_reference(text_page)), indexes)]


def code_units(text_page: Any, count: int) -> list[int]:
    """One for each character; what lies beyond the basic plane takes two."""
    return list(map(_unicode, repeat(_reference(text_page)), range(count)))


def codes(text_page: Any, indexes: Iterable[int]) -> list[int]:
    """Code units of some characters."""
    return list(map(_unicode, repeat(_reference(text_page)), indexes))


def text_objects(text_page: Any, indexes: Iterable[int]) -> list[int]:
    """Address of the object that draws each character; 0 for one that is generated."""
    return list(map(_object_of, repeat(_reference(text_page)), indexes))


def page_objects(page: Any, count: int) -> list[int]:
    """Addresses of a page's objects in the order of drawing."""
    return list(map(_page_object, repeat(_reference(page)), range(count)))


def form_objects(form: int, count: int) -> list[int]:
    """Addresses of the objects in a form."""
    return list(map(_form_object, repeat(form), range(count)))


def kinds(objects: Iterable[int]) -> list[int]:
    """``FPDF_PAGEOBJ_…`` of each."""
    return list(map(_kind, objects))


def marked(objects: list[int]) -> list[int]:
    """Those inside marked content."""
    marks = list(map(_marks, objects))
    return (
        [obj for obj, count in zip(objects, marks, strict=True) if count > 0] if any(marks) else []
    )


def unfilled(texts: list[int]) -> set[int]:
    """Texts that are not simply filled: drawn as outlines, not at all, or as a window for others."""
    modes = list(map(_mode, texts))
    return {obj for obj, mode in zip(texts, modes, strict=True) if mode} if any(modes) else set()


def directions_of(texts: list[int]) -> tuple[list[_Pair], list[_Pair]]:
    """Where the matrices of text objects send the line and the height of type, without those of forms; each once."""
    room = (ctypes.c_float * (6 * len(texts)))()
    start = ctypes.addressof(room)
    deque(map(_matrix_of, texts, range(start, start + 24 * len(texts), 24)), maxlen=0)
    pairs = memoryview(room).cast("B").cast("Q")
    return _pairs(set(pairs[0::3])), _pairs(set(pairs[1::3]))


def _pairs(packed: Iterable[int]) -> list[_Pair]:
    return [struct.unpack("@2f", struct.pack("@Q", pair)) for pair in packed]


def switch(objects: Iterable[int], on: bool) -> None:
    """Let objects be drawn or not."""
    deque(map(_activate, objects, repeat(int(on))), maxlen=0)


def fonts_of(texts: Iterable[int]) -> list[int]:
    """Address of the typeface of each text object."""
    return list(map(_font, texts))


def handle_of_font(font: int) -> Any:
    """What the wrapped functions take for a typeface's address."""
    return ctypes.cast(font, pdfium_c.FPDF_FONT)


def handle(obj: int) -> Any:
    """What the wrapped functions take for an object's address."""
    return ctypes.cast(obj, pdfium_c.FPDF_PAGEOBJECT)

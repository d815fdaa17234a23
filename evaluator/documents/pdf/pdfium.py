"""Functions of PDFium that are asked once per character or object of a page.

Through their generated wrappers these calls cost more than what they do: a resume may hold six thousand
text objects, one for each letter. Here they take and give plain addresses and keep Python's lock, which
is right as only one thread of a process may use PDFium.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium_c

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_ADDRESS = ctypes.c_size_t
"""A pointer that is given back: a number, 0 for none."""


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_loose_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_tight_box = _direct(
    pdfium_c.FPDFText_GetCharBox, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)
_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_matrix = _direct(pdfium_c.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_origin = _direct(pdfium_c.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_generated = _direct(pdfium_c.FPDFText_IsGenerated, _INT, _POINTER, _INT)
_unicode = _direct(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_object_of = _direct(pdfium_c.FPDFText_GetTextObject, _ADDRESS, _POINTER, _INT)
_page_object = _direct(pdfium_c.FPDFPage_GetObject, _ADDRESS, _POINTER, _INT)
_form_object = _direct(pdfium_c.FPDFFormObj_GetObject, _ADDRESS, _POINTER, ctypes.c_ulong)
_kind = _direct(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
_marks = _direct(pdfium_c.FPDFPageObj_CountMarks, _INT, _POINTER)
_font = _direct(pdfium_c.FPDFTextObj_GetFont, _ADDRESS, _POINTER)
_matrix_of = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_activate = _direct(pdfium_c.FPDFPageObj_SetIsActive, _INT, _POINTER, _INT)


def address(handle: Any) -> int:
    """Of a handle of PDFium."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def character_boxes(text_page: Any, count: int) -> list[float]:
    """Left, top, right and bottom of each character's advance and ink, one after the other."""
    buffer = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(buffer)
    places = range(start, start + 16 * count, 16)
    deque(map(_loose_box, repeat(address(text_page)), range(count), places), maxlen=0)
    return list(buffer)


def boxes_of(text_page: Any, indexes: list[int]) -> list[tuple[float, float, float, float]]:
    """As :func:`character_boxes`, of some characters."""
    buffer = (ctypes.c_float * (4 * len(indexes)))()
    start = ctypes.addressof(buffer)
    places = range(start, start + 16 * len(indexes), 16)
    deque(map(_loose_box, repeat(address(text_page)), indexes, places), maxlen=0)
    edges = iter(buffer)
    return list(zip(edges, edges, edges, edges, strict=True))


def ink_boxes(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the ink of characters, as their typefaces tell it."""
    edges = (ctypes.c_double * 4)()
    left = ctypes.addressof(edges)
    page, found = address(text_page), []
    for index in indexes:
        _tight_box(page, index, left, left + 16, left + 24, left + 8)
        found.append((edges[0], edges[1], edges[2], edges[3]))
    return found


def type_sizes(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float]]:
    """Points across and up of the square that characters are designed in."""
    matrix = (ctypes.c_float * 6)()
    place, page, found = ctypes.addressof(matrix), address(text_page), []
    for index in indexes:
        size = _size(page, index) if _matrix(page, index, place) else 0.0
        a, b, c, d = matrix[0], matrix[1], matrix[2], matrix[3]
        found.append((size * math.hypot(a, b), size * math.hypot(c, d)))
    return found


def character_matrices(
    text_page: Any, indexes: Iterable[int]
) -> list[tuple[float, float, float, float]]:
    """The first four numbers of each character's matrix, those of a form it stands in too; zeros where it has none."""
    matrix = (ctypes.c_float * 6)()
    place, page, found = ctypes.addressof(matrix), address(text_page), []
    for index in indexes:
        has = _matrix(page, index, place)
        found.append((matrix[0], matrix[1], matrix[2], matrix[3]) if has else (0.0, 0.0, 0.0, 0.0))
    return found


def origins(text_page: Any, indexes: Iterable[int]) -> list[tuple[float, float]]:
    """Where the baseline of each character begins."""
    point = (ctypes.c_double * 2)()
    place, page, found = ctypes.addressof(point), address(text_page), []
    for index in indexes:
        _origin(page, index, place, place + 8)
        found.append((point[0], point[1]))
    return found


def are_generated(text_page: Any, indexes: Iterable[int]) -> list[bool]:
    """Whether the file does not hold a character and PDFium inferred it from the distance."""
    return [flag == 1 for flag in map(_generated, repeat(address(text_page)), indexes)]


def code_units(text_page: Any, count: int) -> list[int]:
    """One for each character; what lies beyond the basic plane takes two."""
    return list(map(_unicode, repeat(address(text_page)), range(count)))


def codes(text_page: Any, indexes: Iterable[int]) -> list[int]:
    """Code units of some characters."""
    return list(map(_unicode, repeat(address(text_page)), indexes))


def text_objects(text_page: Any, indexes: Iterable[int]) -> list[int]:
    """Address of the object that draws each character; 0 for one that is generated."""
    return list(map(_object_of, repeat(address(text_page)), indexes))


def page_objects(page: Any, count: int) -> list[int]:
    """Addresses of a page's objects in the order of drawing."""
    return list(map(_page_object, repeat(address(page)), range(count)))


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


def matrices_of(texts: list[int]) -> list[float]:
    """Six numbers of each text object's matrix, one after the other, without those of forms it stands in."""
    buffer = (ctypes.c_float * (6 * len(texts)))()
    start = ctypes.addressof(buffer)
    deque(map(_matrix_of, texts, range(start, start + 24 * len(texts), 24)), maxlen=0)
    return list(buffer)


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

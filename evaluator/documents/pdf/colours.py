"""Colours of a PDF that paint nothing: ink called None, which PDFium paints where it stands alone in a list.

Colours calibrated so that only viewers that heed it show black as white are made such, too.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from .structure import DAMAGE

_SPACE = b"/DeviceN"
_CALIBRATED = frozenset(["/CalGray", "/CalRGB"])
_GAMMA = re.compile(rb"/Gamma\s*\[?((?:\s*[-+\d.]+){1,3})")
_LEAST, _MOST = 0.5, 5.0
"""Of a gamma that printing and screens have; beyond it dark is light in the viewers that heed it, and PDFium does not."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.S)
_MOST_PACKED = 200
_MOST_BYTES = 8_000_000
_DEEP = 6


def with_none_unpainted(data: bytes) -> bytes:
    """The same file, in which a list of inks that are all None is the single ink None, which is never painted."""
    if not _names_inks(data):
        return data
    try:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
        changed = sum([_settle(entry, 0) for entry in writer._objects])
        if not changed:
            return data
        out = BytesIO()
        writer.write(out)
    except DAMAGE:
        return data
    return out.getvalue()


def _names_inks(data: bytes) -> bool:
    if _has_name(data):
        return True
    for number, found in enumerate(_PACKED.finditer(data)):
        if number >= _MOST_PACKED:
            return True
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() :], _MOST_BYTES)
        except zlib.error:
            continue
        if _has_name(unpacked):
            return True
    return False


def _has_name(data: bytes) -> bool:
    if _SPACE in data or any(map(_is_odd, _GAMMA.findall(data))):
        return True
    if b"#4" not in data and b"#6" not in data and b"#7" not in data:
        return False
    return _SPACE in _ESCAPED.sub(lambda found: bytes([int(found.group(1), 16)]), data)


def _is_odd(gammas: Any) -> bool:
    """Whether a gamma, or one of several in the text of a file, is out of all that colours are made with."""
    try:
        numbers = [float(one) for one in (gammas.split() if isinstance(gammas, bytes) else gammas)]
    except ValueError:
        return True
    return not all(_LEAST <= number <= _MOST for number in numbers)


def _is_miscalibrated(space: ArrayObject) -> bool:
    if len(space) != 2 or space[0] not in _CALIBRATED:
        return False
    gamma = space[1].get_object().get("/Gamma", 1)
    return _is_odd(gamma if isinstance(gamma, ArrayObject) else [gamma])


def _settle(value: Any, depth: int) -> int:
    """Change the lists inside an object; gives how many were changed."""
    if depth > _DEEP:
        return 0
    changed = 0
    if isinstance(value, ArrayObject):
        if len(value) >= 4 and value[0] == _SPACE.decode() and _all_none(value[1]):
            value[0], value[1] = NameObject("/Separation"), NameObject("/None")
            changed += 1
        elif _is_miscalibrated(value):
            value[:] = [NameObject(name) for name in ("/Separation", "/None", "/DeviceGray")]
            value.append(_nothing())
            changed += 1
        changed += sum([_settle(entry, depth + 1) for entry in value])
    elif isinstance(value, DictionaryObject):
        changed += sum([_settle(entry, depth + 1) for entry in value.values()])
    return changed


def _nothing() -> DictionaryObject:
    """A function that gives white."""
    function = DictionaryObject()
    for key, numbers in (("/Domain", (0, 1)), ("/C0", (1,)), ("/C1", (1,))):
        function[NameObject(key)] = ArrayObject(map(NumberObject, numbers))
    function[NameObject("/FunctionType")] = NumberObject(2)
    function[NameObject("/N")] = NumberObject(1)
    return function


def _all_none(inks: Any) -> bool:
    found = inks.get_object()
    return isinstance(found, ArrayObject) and bool(found) and all(ink == "/None" for ink in found)

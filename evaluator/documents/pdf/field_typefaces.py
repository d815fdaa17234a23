"""Typefaces that a form names for values of its fields: whether viewers set letters in them as letters."""

from __future__ import annotations

import re
from typing import Any

from ..glyphs.letters import LETTERS
from ..glyphs.typeface_files import untrue_letters
from .fonts import is_of_signs

_SIGNS = re.compile(r"ZaDb|zapf|symb", re.I)
"""Names by which viewers know typefaces of signs."""
_DIGITS = dict(enumerate("zero one two three four five six seven eight nine".split(), ord("0")))
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def sets_letters(name: str, typefaces: Any) -> bool:
    """Whether a field's typeface surely draws letters and digits as what they are.

    Args:
        name: in the field's default appearance.
        typefaces: of the form, by name.
    """
    font = typefaces[f"/{name}"].get_object() if f"/{name}" in typefaces else {}
    base = str(font["/BaseFont"]) if "/BaseFont" in font else name
    if _SIGNS.search(base) or is_of_signs(base) or font.get("/Subtype") in {"/Type0", "/Type3"}:
        return False
    return _keeps_letters(font) and _is_true(font)


def _keeps_letters(font: Any) -> bool:
    """Whether its encoding leaves letters and digits where they are."""
    encoding = font["/Encoding"].get_object() if "/Encoding" in font else {}
    if not isinstance(encoding, dict) or "/Differences" not in encoding:
        return True
    code = 0
    for entry in encoding["/Differences"].get_object():
        if not str(entry).startswith("/"):
            code = int(entry)
            continue
        if code < 128 and chr(code) in LETTERS and str(entry)[1:] != _DIGITS.get(code, chr(code)):
            return False
        code += 1
    return True


def _is_true(font: Any) -> bool:
    """Whether a file that it brings along draws the letters; only those of one kind can be drawn."""
    about = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
    files = [name for name in _FILES if name in about]
    if not files:
        return True
    data = about[files[0]].get_object().get_data()
    return files == ["/FontFile2"] and not untrue_letters(data)[0]

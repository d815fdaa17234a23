"""Texts that claim to stand for other glyphs (/ActualText): believed only where the glyphs say nothing.

PDFium returns the claim in place of the glyphs, which lets a file show one sentence and say another. All
claims are taken off, so that what is drawn is read; a claim counts where the glyphs have no text of their
own and it is no longer than they are wide.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from ..glyphs.letters import likeness
from . import pdfium as pdf_engine
from .characters import NOTHING, Characters

_CLAIM = b"ActualText"
_ENCODINGS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
_MAX_BYTES = 200_000
_LETTERS_OF_A_GLYPH = 4
_NARROWEST = 0.15
"""Width of a letter, of its height."""
SHAPED = re.compile("[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Scripts whose letters change and join, so that glyphs name only some of them."""
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Claim:
    """One, with the addresses of the texts it stands for."""

    text: str
    objects: tuple[int, ...]


def remove_claims(marked: list[int]) -> list[Claim]:
    """Take claims off text objects inside marked content."""
    found: dict[int, tuple[str, list[int]]] = {}
    for address in marked:
        obj = pdf_engine.handle(address)
        for index in reversed(range(pdfium_c.FPDFPageObj_CountMarks(obj))):
            mark = pdfium_c.FPDFPageObj_GetMark(obj, index)
            name = pdf_engine.address(mark)
            text = found[name][0] if name in found else _text(mark)
            if text is None:
                continue
            found.setdefault(name, (text, []))[1].append(address)
            pdfium_c.FPDFPageObj_RemoveMark(obj, mark)
    return [Claim(text, tuple(objects)) for text, objects in found.values()]


def _text(mark: Any) -> str | None:
    """The claim of a mark; None where it has none."""
    size = ctypes.c_ulong()
    ask = pdfium_c.FPDFPageObjMark_GetParamBlobValue
    if not ask(mark, _CLAIM, None, 0, ctypes.byref(size)) or size.value > _MAX_BYTES:
        return None
    buffer = (ctypes.c_ubyte * max(1, size.value))()
    ask(mark, _CLAIM, buffer, size.value, ctypes.byref(size))
    data = bytes(buffer)[: size.value]
    for start, encoding in _ENCODINGS:
        if data.startswith(start):
            return data[len(start) :].decode(encoding, "replace")
    return data.decode("cp1252", "replace")


def settle(claims: list[Claim], text_page: Any, found: Characters) -> list[str]:
    """Put believed claims into the text; gives those that say what the page does not draw."""
    drawn_by: dict[int, list[int]] = {}
    for index, obj in enumerate(pdf_engine.text_objects(text_page, range(len(found.text)))):
        if obj:
            drawn_by.setdefault(obj, []).append(index)
    letters = list(found.text)
    untrue = []
    for claim in claims:
        indexes = sorted(index for obj in claim.objects for index in drawn_by.get(obj, ()))
        drawn = "".join([letters[index] for index in indexes])
        said, seen = _plain(claim.text), _plain(drawn)
        shaped = len(indexes) > 1 and SHAPED.search(drawn) is not None
        if not said or (said == seen and not shaped):
            continue
        if _is_believed(claim.text, drawn, said, seen, indexes, found.boxes):
            for index in indexes:
                letters[index] = NOTHING
            letters[indexes[0]] = said[0]
            found.instead[indexes[0]] = claim.text.replace("\u00ad", "")
            found.claimed[indexes[0]] = indexes
        elif said not in seen:
            untrue.append(claim.text)
    found.text = "".join(letters)
    return untrue


def _is_believed(
    claim: str, drawn: str, said: str, seen: str, indexes: list[int], boxes: list[float]
) -> bool:
    if not indexes:
        return False
    if seen:
        common = sum((Counter(said) & Counter(seen)).values())
        return SHAPED.search(drawn) is not None and common >= _ALIKE * max(len(said), len(seen))
    if any(map(_is_sign, drawn)) and any(map(likeness, claim)):
        # The file says itself that these are no letters.
        return False
    left = min(boxes[4 * index] for index in indexes)
    right = max(boxes[4 * index + 2] for index in indexes)
    height = max(boxes[4 * index + 1] - boxes[4 * index + 3] for index in indexes)
    length = len(claim.strip())
    return (
        length <= _LETTERS_OF_A_GLYPH * len(indexes)
        and right - left >= _NARROWEST * height * length
    )


def _is_sign(glyph: str) -> bool:
    """Whether a glyph has a meaning of its own, which a private code or an unknown one has not."""
    return unicodedata.category(glyph)[0] in "MPS" and glyph != "\ufffd"


def _plain(text: str) -> str:
    """Letters and digits without accents; glyphs without a meaning have none."""
    return "".join([c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum()])

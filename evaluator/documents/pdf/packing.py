"""Streams of a PDF that are packed in a way no program knows: PDFium takes them as they are, others leave them out."""

from __future__ import annotations

import re

_NAMES = rb"(\[[^\]<>]{0,200}\]|/[^\s/<>\[\]()%]+"
_FILTER = re.compile(rb"/Filter\s*" + _NAMES + rb"|\d{1,9}\s+\d{1,5}\s+R\b)")
_NAME = re.compile(rb"/([^\s/<>\[\]()%]+)")
_TEXTS = frozenset(
    b"FlateDecode Fl LZWDecode LZW ASCIIHexDecode AHx ASCII85Decode A85 RunLengthDecode RL Crypt".split()
)
_PICTURES = frozenset(b"DCTDecode DCT JPXDecode CCITTFaxDecode CCF JBIG2Decode".split())
_PICTURE = b"/Image"
_ASIDE = 1_000
"""Bytes before and behind a filter, in which its stream says that it is a picture."""
_STREAM = b"stream"
_NEXT = re.compile(rb"endobj\s+(?:\d+\s+\d+\s+obj|xref|trailer|startxref)")
"""Before a stream: the object of the filter, which has none, is over."""
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)")
_MOST = 20_000


def without_odd_packing(data: bytes) -> bytes:
    """The same file, in which streams that only some programs can unpack are blank."""
    found: list[tuple[int, int]] = []
    for number, match in enumerate(_FILTER.finditer(data)):
        if number >= _MOST:
            break
        names = [name[1] for name in _NAME.finditer(_settled(data, match[1]))]
        if _TEXTS.issuperset(names):
            continue
        if not (_PICTURES.union(_TEXTS).issuperset(names) and _is_picture(data, match)):
            found.append(_place(data, match))
    if not found:
        return data
    changed = bytearray(data)
    for start, end in found:
        # Of the same length, as the file names the places of its objects.
        changed[start:end] = bytes(end - start)
    return bytes(changed)


def _settled(data: bytes, told: bytes) -> bytes:
    """The names of filters, which may stand in an object of their own."""
    if not told.endswith(b"R"):
        return told
    number, generation, _ = told.split()
    found = re.search(rb"(?<!\d)%s\s+%s\s+obj\s*%s)" % (number, generation, _NAMES), data)
    return found[1] if found else b""


def _place(data: bytes, match: re.Match[bytes]) -> tuple[int, int]:
    """Where the stream of a filter begins and ends, by its length and by its end, whichever is later; nowhere without."""
    start = data.find(_STREAM, match.end(), match.end() + _ASIDE)
    if start < 0 or _NEXT.search(data, match.end(), start):
        return 0, 0
    start += len(_STREAM)
    end = max(start, data.find(b"endstream", start))
    told = _LENGTH.search(data, data.rfind(b"obj", 0, match.start()), start)
    return start, max(end, min(len(data), start + int(told[1]))) if told else end


def _is_picture(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether the object of a filter is a picture, whatever comes before or behind it in the file."""
    before = data[max(0, match.start() - _ASIDE) : match.start()].rpartition(b"obj")[2]
    behind = data[match.end() : match.end() + _ASIDE].partition(b"stream")[0]
    return _PICTURE in before or _PICTURE in behind

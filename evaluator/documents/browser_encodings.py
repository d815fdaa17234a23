"""Whether browsers, which go by what a page declares, take the same tags from its bytes as its reader."""

from __future__ import annotations

import codecs
import re

from tinyhtml5.inputstream import lookup_encoding

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_BEYOND = re.compile("[^\t\n\r\x20-\x7e]")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPE, _WITH_ESCAPES = b"\x1b", "iso-2022-jp"
_HEAD = 1 << 16
_MOST = 6
"""Encodings that one page may declare; browsers go by the first that they believe."""


def are_tags_the_same(data: bytes, text: str, encoding: str) -> bool:
    """Whether the signs of ASCII, which tags are made of, are the same in every encoding that a browser may take.

    Letters beyond them may differ: a person sees other letters then, at the same place.

    Args:
        data: of the page.
        text: as it was read.
        encoding: in which it was read.
    """
    if data.startswith(_MARKS):
        return True
    names = {name.decode("ascii").lower() for name in _DECLARED.findall(data[:_HEAD])}
    if _ESCAPE in data:
        names.add(_WITH_ESCAPES)
    if len(names) > _MOST:
        return False
    read = codecs.lookup(encoding).name
    found = {one.codec_info for one in map(lookup_encoding, names) if one is not None}
    others = [codec for codec in found if codec.name not in {read, "utf-16-le", "utf-16-be"}]
    if not others:
        return True
    told = _BEYOND.sub("", text)
    return all(_BEYOND.sub("", codec.decode(data, "replace")[0]) == told for codec in others)

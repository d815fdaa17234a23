"""Which tables a file of a typeface has, in the three forms that browsers take."""

from __future__ import annotations

import struct

_KNOWN = (
    "cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx "
    "BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty "
    "just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
).split()
"""By their numbers in WOFF2."""
_PLAIN_FORMS = frozenset([b"\0\1\0\0", b"OTTO", b"true"])
_OWN_NAME = 63
_MOST_DIGITS = 5


def tables_of(data: bytes) -> frozenset[str]:
    """Names of the tables; none where the file is of no form that is known or is cut off."""
    try:
        if data[:4] in _PLAIN_FORMS:
            return _names(data, struct.unpack_from(">H", data, 4)[0], start=12, size=16)
        if data[:4] == b"wOFF":
            return _names(data, struct.unpack_from(">H", data, 12)[0], start=44, size=20)
        if data[:4] == b"wOF2":
            return _packed_names(data, struct.unpack_from(">H", data, 12)[0])
    except (struct.error, IndexError, UnicodeDecodeError):
        pass
    return frozenset()


def _names(data: bytes, count: int, *, start: int, size: int) -> frozenset[str]:
    tags = struct.unpack_from(f">{f'4s{size - 4}x' * count}", data, start)
    return frozenset(tag.decode("ascii").strip() for tag in tags)


def _packed_names(data: bytes, count: int) -> frozenset[str]:
    place, found = 48, set()
    for _ in range(count):
        flags = data[place]
        place += 1
        if flags & _OWN_NAME == _OWN_NAME:
            name = data[place : place + 4].decode("ascii").strip()
            place += 4
        else:
            name = _KNOWN[flags & _OWN_NAME]
        found.add(name)
        place = _after_number(data, place)
        version = flags >> 6
        if (version == 0) if name in {"glyf", "loca"} else version != 0:
            place = _after_number(data, place)
    return frozenset(found)


def _after_number(data: bytes, place: int) -> int:
    for length in range(1, _MOST_DIGITS + 1):
        if data[place + length - 1] < 0x80:
            return place + length
    raise IndexError(place)

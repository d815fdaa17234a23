"""Files whose end is missing or damaged: given a trailer, so that PDFium finds their objects by itself."""

from __future__ import annotations

import re

_HEADER = b"%PDF-"
_OBJECT = re.compile(rb"(\d{1,8})\s{1,4}(\d{1,5})\s{1,4}obj\b")
_CATALOG = re.compile(rb"/Type\s{0,4}/Catalog\b")
_NEAR = 4_000
"""Bytes of a catalogue before its type."""


def repaired(data: bytes) -> bytes | None:
    """The file from its header on, with a trailer that names its catalogue; None where there is none.

    A file that was encrypted is not repaired: the key's parameters stand in the trailer that is lost.
    """
    start = data.find(_HEADER)
    data = data[start:] if start > 0 else data if start == 0 else _HEADER + b"1.7\n" + data
    if b"/Encrypt" in data:
        return None
    root: tuple[bytes, bytes] | None = None
    for match in _CATALOG.finditer(data):
        before = data[max(0, match.start() - _NEAR) : match.start()]
        found = list(_OBJECT.finditer(before))
        if found and b"endobj" not in before[found[-1].end() :]:
            root = (found[-1].group(1), found[-1].group(2))
    if root is None:
        return None
    size = max((int(match.group(1)) for match in _OBJECT.finditer(data)), default=0) + 1
    return b"%b\nendstream\nendobj\ntrailer\n<< /Root %b %b R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (
        data, *root, size,
    )  # fmt: skip

"""Bytes of a text file to characters."""

from __future__ import annotations

import re

_DECLARED = re.compile(rb"charset=[\"']?([\w-]{2,20})", re.I)


def decode(data: bytes) -> str:
    """Decode by byte order mark, then UTF-8, then a declared charset, then Windows-1252.

    Never fails: bytes that fit no encoding become U+FFFD, which the assembly counts.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = _DECLARED.search(data[:2048])
    candidates = ["utf-8"]
    if declared:
        candidates.append(declared.group(1).decode("ascii"))
    candidates.append("cp1252")
    for encoding in candidates:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")

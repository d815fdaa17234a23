"""Bytes of a text file to characters."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from tinyhtml5.inputstream import lookup_encoding

from .encodings import guess

_DECLARED = re.compile(rb"charset=[\"']?([\w-]{2,20})", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_DECLARED = frozenset(["utf-16-le", "utf-16-be", "replacement", "x-user-defined"])
"""What browsers do not read a page in though it says so, by the names of Python's codecs."""
_FEW_BROKEN = 0.05
"""Share of the characters beyond ASCII that may be broken in a text that is still UTF-8."""


class Decoded(NamedTuple):
    """A text and whether its encoding is beyond doubt."""

    text: str
    encoding: str
    is_sure: bool = True

    @property
    def doubts(self) -> list[str]:
        """A sentence for the report where a person should look."""
        return (
            []
            if self.is_sure
            else [
                f"The file does not say its encoding; read as {self.encoding}, which is not certain."
            ]
        )


def decode(data: bytes) -> str:
    """The text of :func:`decoded`."""
    return decoded(data).text


def decoded(data: bytes, charset: str = "") -> Decoded:
    """Decode by byte order mark, then UTF-8, then a declared character set, then by what the bytes look like.

    Never fails: bytes that fit no encoding become U+FFFD, which the assembly counts.

    Args:
        data: the file.
        charset: declared outside of it, as by an e-mail's header.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding)
    found = _DECLARED.search(data[:2048])
    declared = found.group(1).decode("ascii") if found else ""
    if b"\0" not in data and b"\x1b$" not in data:
        for encoding in filter(None, (_known(charset), "utf-8", _known(declared))):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
        if broken := _broken_utf8(data):
            return broken
    guessed = guess(data)
    return Decoded(data.decode(guessed.encoding, "replace"), guessed.encoding, guessed.is_sure)


def _known(label: str) -> str:
    """The codec of an encoding that browsers know by a label; Python knows more, which turn escapes into tags."""
    found = lookup_encoding(label) if label else None
    return "" if found is None or found.codec_info.name in _NOT_DECLARED else found.codec_info.name


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 that was cut or damaged in a few places, which are counted where the text is put together."""
    text = data.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    broken = text.count("\ufffd")
    return Decoded(text, "utf-8") if broken <= _FEW_BROKEN * beyond else None

"""Fields of Word: their code is not on the page, and of many kinds neither is the result that the file keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .kept_results import AS_IT_STANDS, Kept
from .plain import Plainness

_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_SILENT = frozenset("SET ASK XE TC TA RD PRIVATE ADDIN DATA".split())
"""Kinds whose result no page shows."""


def link_of(code: str) -> str | None:
    """Where a field's code leads."""
    found = _LINK.search(code)
    return found.group(1) if found else None


def is_silent(code: str) -> bool:
    """Whether a field of this code shows nothing."""
    return (code.split() or [""])[0].upper() in _SILENT


_KIND = re.compile(r"\s*([A-Za-z]+|=)")


def kind_of(code: str) -> str:
    """The kind of a field by its code, in capitals."""
    found = _KIND.match(code)
    return found.group(1).upper() if found else ""


@dataclass
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    kept: Kept | None = None


@dataclass
class Fields:
    """The open fields of one part, and all codes that were read."""

    codes: list[str] = field(default_factory=list)
    plainness: Plainness = field(default_factory=Plainness)
    _open: list[_Field] = field(default_factory=list)

    def turn(self, kind: str) -> None:
        """A field begins, goes on to its result, or ends."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].in_code = False
            self.plainness.field(kind_of("".join(self._open[-1].code)))
        elif self._open and kind == "end":
            self._open.pop()

    def add(self, code: str) -> None:
        """A piece of the innermost field's code."""
        self.codes.append(code)
        if self._open:
            self._open[-1].code.append(code)

    def links(self) -> list[str]:
        return _LINK.findall("".join(self.codes))

    def kept(self) -> Kept | None:
        """The outermost open result that a program may compute anew."""
        for opened in self._open:
            if opened.kept is None:
                code = "".join(opened.code)
                opened.kept = Kept(kind_of(code), code)
            if opened.kept.kind not in AS_IT_STANDS:
                return opened.kept
        return None

    def why_unseen(self) -> str | None:
        """Why nobody sees text where the part is being read."""
        if any(opened.in_code for opened in self._open):
            return "the code of a field"
        if any(is_silent("".join(opened.code)) for opened in self._open):
            return "a field that shows nothing"
        return None

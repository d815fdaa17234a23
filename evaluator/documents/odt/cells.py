"""Cells of OpenDocument tables that tell a value beside their text: programs draw the value anew, whatever the text says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..office.package import Attributes

_NUMBERS = {
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
}
_LETTERS = {"currency": 3, "float": 0, "percentage": 0, "date": 20, "time": 4, "boolean": 8}
"""Most letters that ordinary formats write beside a value of a kind."""
_OTHER = "a cell with a value other than its text"
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\D+")


@dataclass
class Cells:
    """The open cells, with the values that they tell and the text that stands in them."""

    _open: list[tuple[Attributes, list[str]]] = field(default_factory=list)

    def start(self, attributes: Attributes) -> None:
        """A cell begins."""
        self._open.append((attributes, []))

    def take(self, text: str) -> None:
        """Text of the innermost cell."""
        if self._open:
            self._open[-1][1].append(text)

    def end(self) -> str:
        """A cell ends; why it is not plain, empty where it is."""
        attributes, said = self._open.pop()
        text = " ".join("".join(said).split())
        if not text:
            return ""
        if "table:formula" in attributes:
            return "a cell with a formula"
        told = attributes.get("office:string-value")
        if told is not None and " ".join(told.split()) != text:
            return _OTHER
        kind = attributes.get("office:value-type", "string")
        if kind == "string":
            return ""
        value = attributes.get(_NUMBERS.get(kind, ""))
        return "" if value is not None and _is_said(kind, value, text) else _OTHER


def _is_said(kind: str, value: str, text: str) -> bool:
    """Whether a text says a value in some ordinary format."""
    if len(_LETTER.findall(text)) > _LETTERS[kind]:
        return False
    if kind == "boolean":
        return True
    digits, shown = (_DIGITS.sub("", one) for one in (value, text))
    if kind in {"date", "time"}:
        # Formats leave parts out and put them in another order.
        return bool(shown) and set(shown) <= set(digits) | set(
            "0123456789" if kind == "time" else "012"
        )
    return bool(shown) and (digits.lstrip("0")[:1] == shown.lstrip("0")[:1])

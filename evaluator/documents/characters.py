"""Characters of a line as a page shows them: what is not drawn is taken away and counted, what runs backwards is read so.

What Unicode calls default ignorable or a format control draws nothing. Which of them ordinary programs
leave behind is listed; every other one is a place to hide text in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_BEYOND = range(0xE0000, 0xE1000)
"""Tags and more selectors: a plane that draws nothing, in which whole sentences fit."""
_IGNORABLE = frozenset(
    {
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0x1D159, 0x16FE4),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xFFF0, 0xFFF9),
    }
)
"""Not of the category of format controls, and drawn as nothing all the same."""
_DRAWN = frozenset(
    [*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD]
)
"""Of the category of format controls, and drawn: signs of Arabic, Syriac and Kaithi."""
_HARMLESS = frozenset([0x00AD, 0xFEFF, 0xFE0E, 0xFE0F, 0x200D, 0x200B, 0x200E, 0x200F])
"""Soft hyphens, emoji selectors and direction marks that word processors leave by themselves."""
_USUAL = frozenset(
    {
        *(0x034F, 0x061C, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    }
)
"""Found in ordinary files too, by mistake or for direction."""
_SELECTED = re.compile(
    "(?<=[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
    "|(?<=[\u1820-\u18aa])[\u180b-\u180f]"
)
"""Variants of Chinese characters and Mongolian letters, as their writers choose them."""
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_SYMBOLS = {
    0xF0A7: "▪", 0xF0B7: "•", 0xF0A8: "▫", 0xF076: "❖", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF0DE: "→",
    0xF06E: "■", 0xF06F: "□", 0xF02D: "-", 0xF0A0: "▪",
    0xF09B: "GitHub: ", 0xF092: "GitHub: ", 0xF113: "GitHub: ",
}  # fmt: skip
"""What Symbol and Wingdings draw where word processors leave their own characters."""
_SPECIAL = re.compile(
    "[\u00a0\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u2800\u3000\u3164\ufb00-\ufb06\ufe00-\ufe0f"
    "\uffa0\U0001d159\U00016fe4\U000e0000-\U000e0fff]"
)
"""Printable characters that :func:`_printed` changes; the others are found by not being printable."""
_ANNOTATED = re.compile("\ufffa([^\ufff9-\ufffb]*)(?:\ufffb|$)")
_TANGLED = re.compile("\u202e[^\u202c]*[\u202a\u202b\u202d\u202e\u2066-\u2068].*")
"""Text set backwards with other directions inside it: its order on the page is nobody's sentence."""
_BACKWARDS = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069]*)(?:\u202c|$)")
_OVERRIDES = re.compile("[\u202d\u202e]")
_AROUND_TAB = re.compile(" *\t[ \t]*")
_SPACES = re.compile(" {3,}")
_RIGHT_TO_LEFT = frozenset(["R", "AL"])


@dataclass
class Cleaning:
    """Makes lines clean and keeps account of what it took away."""

    usual: int = 0
    """Invisible characters that ordinary files have too."""
    odd: int = 0
    """Those that nobody types."""
    hidden: list[tuple[str, str]] = field(default_factory=list)
    """How and what: texts of a line that a page does not show as they stand."""

    @property
    def count(self) -> int:
        return self.usual + self.odd

    def clean(self, text: str) -> str:
        """A line as it is seen."""
        if not text.isprintable() and not text.replace("\t", "").isprintable():
            text = self._in_order(text)
            text = "".join([self._printed(c) for c in _SELECTED.sub("", text)])
        elif _SPECIAL.search(text):
            text = _SELECTED.sub("", text)
            text = "".join([self._printed(c) if _SPECIAL.match(c) else c for c in text])
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if "\t" in text:
            text = _AROUND_TAB.sub("\t", text)
        if "   " in text:
            text = _SPACES.sub("  ", text)
        return text.strip()

    def _in_order(self, text: str) -> str:
        """Without annotations between lines, and with what runs backwards as it is displayed."""
        if "\ufffa" in text:
            text = _ANNOTATED.sub(self._annotation, text)
        if _OVERRIDES.search(text):
            text = _TANGLED.sub(self._tangled, text)
            text = _BACKWARDS.sub(self._displayed, text)
        return text

    def _annotation(self, found: re.Match[str]) -> str:
        self.hidden.append(("an annotation between the lines", found.group(1)))
        self.odd += 2
        return ""

    def _tangled(self, found: re.Match[str]) -> str:
        if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in found.group()):
            return found.group()
        self.hidden.append(("text that is displayed backwards", found.group()))
        self.usual += 2
        return ""

    def _displayed(self, found: re.Match[str]) -> str:
        told = found.group(1)
        self.usual += 2
        if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in told):
            return told
        self.hidden.append(("text that is displayed backwards", told))
        return told[::-1]

    def _printed(self, character: str) -> str:
        """What the page shows of a character that is not plainly printable."""
        point = ord(character)
        if point in _LIGATURES:
            return _LIGATURES[point]
        category = unicodedata.category(character)
        if point in _BEYOND or point in _IGNORABLE or (category == "Cf" and point not in _DRAWN):
            self._count(point)
            return " " if point == 0x2800 else ""
        if character == "\t":
            return "\t"
        if character.isspace():
            return " "
        if category == "Co":
            return _SYMBOLS.get(point, " ")  # icon fonts: a mark on the page, but no text
        return "" if category in {"Cc", "Cs", "Cn"} else character

    def _count(self, point: int) -> None:
        if point in _USUAL:
            self.usual += point not in _HARMLESS
        elif point not in _HARMLESS:
            self.odd += 1

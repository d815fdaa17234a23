"""Pictures in the lines of RTF: how high they are, and what of them ordinary ones have not."""

from __future__ import annotations

from dataclasses import dataclass, field

_UNITS = {b"wmetafile": 0.0283, b"macpict": 1.0, b"emfblip": 0.0283}
"""Points of a unit of the size that metafiles tell: hundredths of a millimetre."""
_PIXEL = 0.75
_HIGHEST_SCALE = 400
_MEASURES = frozenset(
    b"picw pich picwgoal pichgoal picscalex picscaley piccropt piccropb piccropl piccropr".split()
)
_PLAIN_PROPERTIES = frozenset(
    "shapeType fFlipH fFlipV pictureGray pictureBiLevel fFilled fLine wzName wzDescription fLayoutInCell fIsBullet "
    "fHidden fLockAspectRatio fLockRotation fRelChangePage fPreferRelativeResize fNoFillHitTest fArrowheadsOK "
    "posh posrelh posv posrelv dhgt fBehindDocument fLockAnchor pibFlags pibName pihlShape".split()
)


@dataclass
class Picture:
    """A picture while it is read.

    Args:
        depth: of its group.
    """

    depth: int
    measures: dict[bytes, int] = field(default_factory=dict)
    unit: float = _PIXEL
    unusual: str = ""
    name: str = ""

    def define(self, word: bytes, value: int) -> None:
        """Take one word of its group."""
        if word in _UNITS:
            self.unit = _UNITS[word]
        elif word in _MEASURES:
            self.measures[word] = value
            is_scale = word in {b"picscalex", b"picscaley"}
            if value < 0 or (is_scale and value > _HIGHEST_SCALE):
                self.unusual = f"\\{word.decode('ascii')}"

    def property(self, kind: str, text: str) -> None:
        """The name of a property of its shape, or its value."""
        if kind == "name":
            self.name = text
            if text not in _PLAIN_PROPERTIES:
                self.unusual = f"a picture's {text}"

    def height(self) -> float:
        """In points."""
        told = self.measures
        high = abs(told.get(b"pichgoal", 0)) / 20 or abs(told.get(b"pich", 0)) * self.unit
        cropped = (told.get(b"piccropt", 0) + told.get(b"piccropb", 0)) / 20
        return max(0.0, high - cropped) * abs(told.get(b"picscaley", 100)) / 100

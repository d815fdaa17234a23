"""Shapes of letters: whether a drawn glyph is the letter that it is said to be.

A glyph is stretched to one size and compared with the same letter in the twelve faces that PDFium itself contains. What
is closer to another letter than to its own is denied; what is like none of them (script, outlines, other writing) is
neither denied nor confirmed.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from PIL import Image

from .letters import likeness

_SIDE = 14
"""Pixels of a stretched glyph."""
_ALL = (1 << _SIDE * _SIDE) - 1
_NOT_FIRST = int(("0" + "1" * (_SIDE - 1)) * _SIDE, 2)
_NOT_LAST = int(("1" * (_SIDE - 1) + "0") * _SIDE, 2)
"""All columns but one."""
_SEEN = [0 if level <= 64 else 255 for level in range(256)]
_HALF = 0.45
_WIDER = 0.35
"""Logarithm of the ratio of widths that faces of one letter have."""
_STRETCHED = 0.15
_NEAR = 0.05
_FAR = 0.12
_APART = 0.08
_SURELY, _SURELY_APART = 0.1, 0.14
"""Of all ink, without any bolder: what is surely a letter, and how much further its own then is."""
_SLENDER = frozenset("jl")
"""Letters of which fat faces draw one much as others draw the other."""
_ALIKE = {"0": "o", "1": "l", "i": "l"}
"""Letters and digits that faces draw alike, capital and small letters too."""
BLOCK = "a block"
"""What dashes and dots are closest to."""
_BLOCK_WIDTH = 0.45
"""Of its height: narrower ones are letters."""
_MOST_KEPT = 20_000


class GlyphVerdict(StrEnum):
    """On one glyph."""

    CONFIRMED = "confirmed"
    OPEN = "open"
    DENIED = "denied"


class Judgement(NamedTuple):
    """A verdict, and what the glyph is closest to."""

    verdict: GlyphVerdict
    nearest: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The ink of a glyph, stretched to a square."""

    bits: int
    width: float
    """Of its height."""


@dataclass(frozen=True, slots=True)
class _Face:
    bits: int
    bold: int
    count: int
    width: float


Box = tuple[int, int, int, int]
Shapes = dict[str, list[Shape]]
"""By :func:`letter_class`."""


def letter_class(letter: str) -> str:
    """What letters are compared as: small capitals are drawn as capitals, and a zero as an o."""
    small = letter.lower()
    return _ALIKE.get(small, small)


def shape_of(glyph: Image.Image, box: Box) -> Shape:
    """The shape of the light ink on a black picture.

    Args:
        glyph: grey.
        box: around the ink, as :func:`seen` has it.
    """
    levels = glyph.resize((_SIDE, _SIDE), Image.Resampling.BOX, box=box).tobytes()
    bits = int(levels.translate(_digits(int(max(levels) * _HALF))), 2)
    return Shape(bits, round((box[2] - box[0]) / (box[3] - box[1]), 2) or 0.01)


def seen(picture: Image.Image) -> Image.Image:
    """A picture without the faint edges of its ink."""
    return picture.point(_SEEN)


@cache
def _digits(level: int) -> bytes:
    return b"0" * (level + 1) + b"1" * (255 - level)


class Alphabet:
    """The letters of known faces.

    Args:
        shapes: of each letter, in every face.
    """

    def __init__(self, shapes: Shapes) -> None:
        self._faces = {
            letter: [_face(shape) for shape in dict.fromkeys(drawn)]
            for letter, drawn in shapes.items()
        }
        self._kept = lru_cache(_MOST_KEPT)(self._judged)
        self._kept_sure = lru_cache(_MOST_KEPT)(self._is_another)
        self._by_ink = sorted(
            [(face.count, letter, face) for letter, drawn in self._faces.items() for face in drawn],
            key=lambda one: one[0],
        )

    def judged(self, character: str, shape: Shape) -> Judgement:
        """Whether a shape is a character.

        Args:
            character: one that is read as a letter or digit.
            shape: as it is drawn.
        """
        return self._kept(letter_class(character) if character.isascii() else character, shape)

    def is_another(self, letter: str, shape: Shape) -> bool:
        """Whether a shape is surely another letter than one of ASCII."""
        return self._kept_sure(letter_class(letter), shape)

    def _is_another(self, letter: str, shape: Shape) -> bool:
        face = _face(shape)
        own = min([_difference(face, known) for known in self._faces[letter]])
        return self._surely(face, letter, min(_SURELY, own - _SURELY_APART)) is not None

    def _surely(self, face: _Face, letter: str, most: float) -> str | None:
        """Another letter that a face surely draws."""
        alike = _SLENDER if letter in _SLENDER else letter
        least = face.count * (1 - 2 * _SURELY)
        first = bisect_left(self._by_ink, least, key=lambda one: one[0])
        for count, other, known in islice(self._by_ink, first, None):
            if most < 0.0 or count > face.count * (1 + 3 * _SURELY):
                break
            if other not in alike and _difference(face, known) <= most:
                return other
        return None

    def _judged(self, character: str, shape: Shape) -> Judgement:
        like = likeness(character)
        assert like is not None
        letter, face = letter_class(like.letter), _face(shape)
        if not like.is_exact:
            # With an accent or a circle it is like no letter; without one it may be another.
            other = self._surely(face, letter, _SURELY)
            verdict = GlyphVerdict.DENIED if other else GlyphVerdict.OPEN
            return Judgement(verdict, other or letter)
        own = math.inf
        for known in self._faces[letter]:
            own = min(own, _distance(face, known))
            if own <= _NEAR:
                return Judgement(GlyphVerdict.CONFIRMED, letter)
        distance, nearest = _block_distance(face), BLOCK
        for other, faces in self._faces.items():
            if other != letter:
                near = min([_distance(face, known) for known in faces])
                if near < distance:
                    distance, nearest = near, other
        far = distance < _FAR and own - distance > _APART
        return Judgement(GlyphVerdict.DENIED if far else GlyphVerdict.OPEN, nearest)


def _face(shape: Shape) -> _Face:
    return _Face(shape.bits, _bolder(shape.bits), shape.bits.bit_count(), shape.width)


def _bolder(bits: int) -> int:
    across = bits | (bits & _NOT_FIRST) << 1 | (bits & _NOT_LAST) >> 1
    return (across | across << _SIDE | across >> _SIDE) & _ALL


def _distance(one: _Face, other: _Face) -> float:
    """Share of ink that has none of the other's beside it, and how differently they are stretched."""
    apart = (one.bits & ~other.bold).bit_count() + (other.bits & ~one.bold).bit_count()
    stretched = abs(math.log(one.width / other.width)) - _WIDER
    return apart / (one.count + other.count) + _STRETCHED * max(0.0, stretched)


def _difference(one: _Face, other: _Face) -> float:
    """As :func:`_distance`, of ink that is not quite in the same place too."""
    apart = (one.bits ^ other.bits).bit_count() / (one.count + other.count)
    stretched = abs(math.log(one.width / other.width)) - _WIDER
    return apart + _STRETCHED * max(0.0, stretched)


def _block_distance(face: _Face) -> float:
    """Share of a square that has no ink: dashes and dots fill it."""
    return 1.0 if face.width < _BLOCK_WIDTH else 1.0 - face.count / (_SIDE * _SIDE)

"""Values that a PDF leaves to the viewer to draw: which of their words the page has room and a clear ground for.

No program draws them alike, so their type is set about as viewers set it, and the picture of the page tells
what lies under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from PIL import ImageStat

from ..paint import FAINT
from .drawn_letters import Picture
from .field_texts import FieldText
from .ink import PixelBox
from .words import Word, turn

_USUAL_SIZE = 12.0
_SMALLEST = 3.6
"""Points of type that can be read on paper."""
_ADVANCE, _SPACE = 0.5, 0.25
"""Of a letter and a space, in sizes of the type."""
_LEADING = 1.15
_TOLERANCE = 0.88
"""Of the usual width: type of thin letters takes so much."""
_LOWEST = 0.8
"""Height of a line's box, in sizes of the type, below which its letters are cut."""
_MARKED = 0.05
"""Of the pixels where a word is to stand: so many that differ from the others are something else."""
_SHARED = 0.2
"""Of the lower line's height, or of the shorter's length, that lines of two fields share at most."""


@dataclass
class SetValue:
    """The value of a field as a viewer sets it, in coordinates of the displayed page."""

    source: FieldText
    words: list[Word]
    shown: list[Word] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    """Words that have no clear room."""
    is_off: bool = False
    """Nobody sees any of it."""


def set_values(fields: Iterable[FieldText], page: Picture) -> Iterator[SetValue]:
    """Set the values of a page's fields and judge each word.

    Args:
        fields: which viewers draw.
        page: as it is without them.
    """
    found: list[SetValue] = []
    for source in fields:
        words, beyond = _set(source)
        if page.rotation:
            turn(words, page.rotation)
        value = SetValue(source, words, beyond=beyond)
        if any(_is_same(value, other) for other in found):
            continue
        found.append(value)
    hit = {
        id(value)
        for one, other in combinations(found, 2)
        if _meet(one.words, other.words)
        for value in (one, other)
    }
    for value in found:
        _judge(value, page, is_free=id(value) not in hit)
        yield value


def _set(source: FieldText) -> tuple[list[Word], list[str]]:
    """Words where a viewer sets them, and those that its box has no room for."""
    width, height = source.right - source.left, source.top - source.bottom
    lines = source.text.splitlines()
    if not source.wraps:
        line, rest = lines[0].split() if lines else [], " ".join(lines[1:]).split()
        size = source.size or min(
            _USUAL_SIZE, height / _LEADING, width / max(_TOLERANCE * _length(line), 0.1)
        )
        fits = size >= _SMALLEST and height >= _LOWEST * size
        middle = (source.top + source.bottom) / 2
        words, beyond = _row(line, source, middle + _LEADING * size / 2, size)
        return (words, beyond + rest) if fits else ([], [*line, *rest])
    size = source.size or _USUAL_SIZE
    rows = list(_wrapped(lines, width / size))
    while not source.size and size > _SMALLEST and len(rows) * _LEADING * size > height:
        size -= 0.5
        rows = list(_wrapped(lines, width / size))
    found: list[Word] = []
    left: list[str] = []
    room = height + (_LEADING - _LOWEST) * size
    for number, row in enumerate(rows):
        if size < _SMALLEST or (number + 1) * _LEADING * size > room:
            left += row
            continue
        words, beyond = _row(row, source, source.top - number * _LEADING * size, size)
        found += words
        left += beyond
    return found, left


def _length(words: list[str]) -> float:
    """Of a line, in sizes of its type."""
    return sum([_ADVANCE * len(word) + _SPACE for word in words])


def _wrapped(lines: list[str], width: float) -> Iterator[list[str]]:
    for line in lines:
        row: list[str] = []
        for word in line.split():
            if row and _TOLERANCE * _length([*row, word]) > width:
                yield row
                row = []
            row.append(word)
        yield row


def _row(
    texts: list[str], source: FieldText, top: float, size: float
) -> tuple[list[Word], list[str]]:
    words: list[Word] = []
    x = source.left
    for number, text in enumerate(texts):
        end = x + _ADVANCE * size * len(text)
        if source.left + _TOLERANCE * (end - source.left) > source.right:
            return words, texts[number:]
        words.append(Word(text, x, top - _LEADING * size, end, top, 0, -1))
        x = end + _SPACE * size
    return words, []


def _is_same(one: SetValue, other: SetValue) -> bool:
    """Whether a field is another's copy in its place."""
    near = [
        abs(a - b) < 1.0
        for a, b in zip(
            (one.source.left, one.source.bottom), (other.source.left, other.source.bottom), strict=True
        )
    ]  # fmt: skip
    return one.source.text == other.source.text and all(near)


def _meet(ones: list[Word], others: list[Word]) -> bool:
    """Whether lines of two fields lie on each other."""
    if not ones or not others or not _share(_extent(ones), _extent(others)):
        return False
    return any(_share(one, other) for one in ones for other in others)


def _extent(words: list[Word]) -> Word:
    return Word(
        "", min(w.x0 for w in words), min(w.y0 for w in words),
        max(w.x1 for w in words), max(w.y1 for w in words), 0,
    )  # fmt: skip


def _share(one: Word, other: Word) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    short = min(one.x1 - one.x0, other.x1 - other.x0)
    return across > _SHARED * short and high > _SHARED * min(one.height, other.height)


def _judge(value: SetValue, page: Picture, *, is_free: bool) -> None:
    on_page = [word for word in value.words if _is_on(word, page)]
    clear = [word for word in on_page if is_free and _stands_out(word, value.source, page)]
    if 2 * len(clear) <= len(value.words):
        clear = []
    value.is_off = not on_page and (bool(value.words) or not _is_on_any(value.source, page))
    value.shown = clear
    kept = set(map(id, clear))
    value.beyond = [w.text for w in value.words if id(w) not in kept] + value.beyond


def _is_on_any(source: FieldText, page: Picture) -> bool:
    box = Word("", source.left, source.bottom, source.right, source.top, 0)
    if page.rotation:
        turn([box], page.rotation)
    left, bottom, right, top = page.crop
    return box.x0 < right and box.x1 > left and box.y0 < top and box.y1 > bottom


def _is_on(word: Word, page: Picture) -> bool:
    left, bottom, right, top = page.crop
    return word.x0 >= left and word.x1 <= right and word.y0 >= bottom - 1 and word.y1 <= top + 1


def _stands_out(word: Word, source: FieldText, page: Picture) -> bool:
    """Whether a word's letters have an even ground of another brightness."""
    if source.ground is not None:
        return abs(source.light - source.ground) >= FAINT
    box = PixelBox.letters_of(word, page.crop, page.scale).within(*page.image.size)
    if box is None:
        return False
    levels = page.image.crop(box)
    ground = ImageStat.Stat(levels).median[0]
    changed = sum(levels.histogram()[level] for level in range(256) if abs(level - ground) >= FAINT)
    return changed <= _MARKED * box.area and abs(source.light - ground) >= FAINT

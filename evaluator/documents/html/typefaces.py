"""Typefaces that a page holds itself: whether they draw the letters that its text has.

Every letter is drawn and compared with known faces, as for a PDF, and every text is drawn as a whole and letter by letter, since a
typeface may replace or move letters by what stands beside them. Without the library that lays out text nothing is believed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageStat, features

from ..css.cascade import Cascade
from ..css.faces import addresses_in, names_in
from ..css.names import NAMES
from ..css.visibility import BROUGHT
from ..glyphs.denial import denied
from ..glyphs.letters import LETTERS
from ..glyphs.shapes import GlyphVerdict, seen, shape_of
from ..glyphs.sheet import alphabet
from .font_tables import tables_of
from .overlaps import Piece

_TABLES = frozenset(
    "cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS "
    "GSUB DSIG FFTM webf TTFA meta MATH".split()
)
"""Others bring colours, pictures, weights or an order of letters that the check does not draw."""
_DESCRIPTORS = frozenset(
    "font-family src font-weight font-style font-display font-stretch unicode-range".split()
)
_MOST_BYTES = 4_000_000
_MOST_FACES = 16
_MOST_LETTERS = 60_000
_SIZES = (24, 43)
"""Pixels; a typeface may draw one size otherwise than another."""
_CONFIRMED = 0.35
"""Of the different letters, how many are like those of known faces."""
_ABOVE, _BELOW, _BESIDE, _TALL = 1.15, 0.5, 0.4, 0.3
"""How far letters reach out of their line and how high they are, in sizes of the type."""
_WIDTHS = (0.1, 1.4)
_USUAL_WIDTHS = (0.3, 0.85)
_KERNED = 0.12
_SLICE = 4
"""Letters compared at once."""
_ALIKE, _ALIKE_AS_WORDS, _ALIKE_ON_THE_WHOLE = 0.35, 0.6, 0.75
"""Correlation of a few letters, of words of several, of texts; other words have 0.2 to 0.7, the same ones 0.9."""
_SEVERAL = 4
_ACROSS, _DOWN = 40, 24
"""Pixels of such letters when they are compared."""
_CANVAS = 3
_ASIDE = 0.1
"""Of the type: how far letters reach over the ends of a word."""
_WORD = re.compile(r"\S+")
_WORDS = re.compile(r"(?:\S+\s*){1,30}")
_RANGE = re.compile(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?", re.I)
_LAST = 0x10FFFF


class _Face(NamedTuple):
    """A typeface of a page."""

    data: bytes
    ranges: tuple[tuple[int, int], ...]
    """Of the characters that it is used for."""


def settle(cascade: Cascade, pieces: list[Piece]) -> frozenset[str]:
    """Take back the doubt about texts whose typefaces draw them as they are written.

    Args:
        cascade: of the page's sheets.
        pieces: of the page.

    Returns:
        The typefaces of the page that may draw something else.
    """
    own = {family for family, is_own in cascade.faces.items() if is_own}
    if not own:
        return frozenset()
    texts: dict[str, list[Piece]] = {family: [] for family in own}
    for piece in pieces:
        for name in set(names_in(piece.look.family)) & own:
            texts[name].append(piece)
    untrue = frozenset(
        family
        for family, users in texts.items()
        if not is_true(cascade.brought[family], [piece.text for piece in users])
    )
    for family in own - untrue:
        for piece in texts[family]:
            if piece.doubt == BROUGHT and not any(piece in texts[other] for other in untrue):
                piece.doubt = None
    return untrue


def is_true(rules: list[Any], texts: Iterable[str]) -> bool:
    """Whether all that rules bring for one typeface draws texts as they are written.

    Args:
        rules: the content of its ``@font-face`` rules.
        texts: that are drawn with it.
    """
    if not features.check("raqm") or len(rules) > _MOST_FACES:
        return False
    told = list(
        dict.fromkeys(part for text in texts for part in _WORDS.findall(" ".join(text.split())))
    )
    if sum(map(len, told)) > _MOST_LETTERS:
        return False
    faces: list[_Face] = []
    for rule in rules:
        found = _faces_of(rule)
        if found is None:
            return False
        faces += found
    return all(_draws(face, told) for face in faces)


def _faces_of(rule: Any) -> list[_Face] | None:
    """The files that a rule holds; None where it says more than which ones they are."""
    nodes = tinycss2.parse_blocks_contents(rule, skip_comments=True, skip_whitespace=True)
    said = [(node.lower_name, node.value) for node in nodes if node.type == "declaration"]
    told = dict(said)
    if len(told) < len(said) or not _DESCRIPTORS.issuperset(told):
        return None
    ranges = _ranges(tinycss2.serialize(told.get("unicode-range", [])))
    for node in told.get("src", []):
        name = getattr(node, "lower_name", "")
        if node.type == "function" and name == "local":
            place = tinycss2.serialize(node.arguments).lower()
            if any(sign in place for sign in NAMES.values["signs"]):
                return None
    held = (a for a in addresses_in(told.get("src", [])) if a[:5].lower() == "data:")
    return [_Face(_decoded(address), ranges) for address in held]


def _decoded(address: str) -> bytes:
    head, _, body = address.partition(",")
    data = unquote_to_bytes(body)
    if not head.lower().rstrip().endswith("base64"):
        return data
    try:
        return base64.b64decode(re.sub(rb"\s", b"", data) + b"==")
    except (binascii.Error, ValueError):
        return b""


def _ranges(told: str) -> tuple[tuple[int, int], ...]:
    found = []
    for first, last in _RANGE.findall(told):
        start = int(first.replace("?", "0"), 16)
        found.append((start, int(last or first.replace("?", "f"), 16)))
    return tuple(found) or ((0, _LAST),)


def _draws(face: _Face, texts: list[str]) -> bool:
    """Whether a file draws texts as they are written, in capitals too."""
    used = [text for text in _runs(texts, face.ranges) if any(map(str.isalnum, text))]
    if not used:
        return True  # icons
    if len(face.data) > _MOST_BYTES:
        return False
    tables = tables_of(face.data)
    if not tables or not tables <= _TABLES:
        return False
    used = list(dict.fromkeys([*used, *(text.upper() for text in used)]))
    letters = sorted({letter for text in used for letter in text})
    try:
        return all(_draws_at(face.data, size, letters, used) for size in _SIZES)
    except (OSError, ValueError, MemoryError):  # what FreeType cannot read or lay out
        return False


def _runs(texts: list[str], ranges: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """The parts of texts that a file is used for."""
    for text in texts:
        run = ""
        for letter in text:
            if any(first <= ord(letter) <= last for first, last in ranges):
                run += letter
            elif run:
                yield run
                run = ""
        if run:
            yield run


def _draws_at(data: bytes, size: int, letters: list[str], texts: list[str]) -> bool:
    single = ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
    if not _are_letters(single, size, letters):
        return False
    whole = ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.RAQM)
    return size != _SIZES[0] or all(_is_laid_out(single, whole, size, text) for text in texts)


def _are_letters(face: ImageFont.FreeTypeFont, size: int, letters: list[str]) -> bool:
    missing = _letter(face, size, "\U0010fffd").tobytes()
    widths, judged = [], {}
    for letter in letters:
        if not letter.isalnum():
            continue
        picture = _letter(face, size, letter)
        box = seen(picture).getbbox()
        wide = face.getlength(letter) / size
        if box is None or picture.tobytes() == missing or not _WIDTHS[0] <= wide <= _WIDTHS[1]:
            return False
        if not _is_in_line(box, size, wide):
            return False
        widths.append(wide)
        if letter in LETTERS:
            judged[letter] = alphabet().judged(letter, shape_of(picture, box))
    if not widths:
        return True
    against = denied(judged)
    verdicts = [one.verdict for one in judged.values()]
    return (
        not against
        and verdicts.count(GlyphVerdict.CONFIRMED) >= _CONFIRMED * len(verdicts)
        and verdicts.count(GlyphVerdict.DENIED) <= _SPARED * len(verdicts)
        and _USUAL_WIDTHS[0] <= sum(widths) / len(widths) <= _USUAL_WIDTHS[1]
    )


_SPARED = 0.1
"""Letters that are drawn in a way of their own."""


def _letter(face: ImageFont.FreeTypeFont, size: int, letter: str) -> Image.Image:
    picture = Image.new("L", (_CANVAS * size, _CANVAS * size))
    ImageDraw.Draw(picture).text((size, 2 * size), letter, font=face, fill=255, anchor="ls")
    return picture


def _is_in_line(box: tuple[int, int, int, int], size: int, wide: float) -> bool:
    left, top, right, bottom = (edge / size for edge in box)
    return (
        left >= 1 - _BESIDE
        and right <= 1 + wide + _BESIDE
        and top >= 2 - _ABOVE
        and bottom <= 2 + _BELOW
        and bottom - top >= _TALL
    )


def _is_laid_out(
    single: ImageFont.FreeTypeFont, whole: ImageFont.FreeTypeFont, size: int, text: str
) -> bool:
    """Whether each word of a text is drawn as its letters are, one after the other, whatever stands beside it."""
    drawn = Image.new("L", (int(whole.getlength(text)) + 2 * size, _CANVAS * size))
    ImageDraw.Draw(drawn).text((size, 2 * size), text, font=whole, fill=255, anchor="ls")
    margin = _ASIDE * size
    alike: list[float] = []
    for word in _WORD.finditer(text):
        if not any(map(str.isalnum, word[0])):
            continue  # dashes are moved to the height of what stands beside them
        start = size + whole.getlength(text[: word.start()])
        end = size + whole.getlength(text[: word.end()])
        alone = sum(single.getlength(letter) for letter in word[0])
        if abs(end - start - alone) > _KERNED * alone + 0.2 * size:
            return False
        shown = drawn.crop((int(start - margin), 0, int(end + margin), drawn.height))
        found = _likeness(shown, _one_by_one(single, size, word[0]), len(word[0]))
        if min(found, default=1.0) < _ALIKE or (
            len(found) > 1 and sum(found) < _ALIKE_AS_WORDS * len(found)
        ):
            return False
        alike += found
    return len(alike) < _SEVERAL or sum(alike) >= _ALIKE_ON_THE_WHOLE * len(alike)


def _one_by_one(face: ImageFont.FreeTypeFont, size: int, word: str) -> Image.Image:
    wide = sum(face.getlength(letter) for letter in word)
    picture = Image.new("L", (int(wide) + 2 * size, _CANVAS * size))
    pen, place = ImageDraw.Draw(picture), float(size)
    for letter in word:
        pen.text((round(place), 2 * size), letter, font=face, fill=255, anchor="ls")
        place += face.getlength(letter)
    return picture


def _likeness(one: Image.Image, other: Image.Image, letters: int) -> list[float]:
    """How far two pictures of a word show the same, part by part."""
    boxes = [one.getbbox(), other.getbbox()]
    found = [box for box in boxes if box is not None]
    if len(found) < len(boxes):
        return [] if not found else [0.0]
    top, bottom = min(box[1] for box in found), max(box[3] for box in found)
    count = max(1, letters // _SLICE)
    size = (_ACROSS * count, _DOWN)
    first, second = (
        picture.crop((box[0], top, box[2], bottom)).resize(size).filter(ImageFilter.GaussianBlur(1))
        for picture, box in zip((one, other), found, strict=True)
    )  # fmt: skip
    return [
        _correlation(first.crop(part), second.crop(part))
        for part in ((_ACROSS * n, 0, _ACROSS * (n + 1), _DOWN) for n in range(count))
    ]


def _correlation(one: Image.Image, other: Image.Image) -> float:
    means = ImageStat.Stat(one).mean[0], ImageStat.Stat(other).mean[0]
    pairs = list(zip(one.tobytes(), other.tobytes(), strict=True))
    together = sum((a - means[0]) * (b - means[1]) for a, b in pairs)
    spread = (
        sum((a - means[0]) ** 2 for a, _ in pairs) * sum((b - means[1]) ** 2 for _, b in pairs)
    ) ** 0.5
    return together / spread if spread else float(means[0] == means[1])

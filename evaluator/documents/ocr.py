"""Text of pictures by Tesseract: even light, upright lines, words with boxes and confidence.

Needs the extra ``ocr`` and Tesseract's language files on the machine; nothing is downloaded.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter, ImageMath, ImageStat

from ..errors import DocumentError, Unreadable
from .language import detect_language
from .pdf.words import Word

MAX_PAGES = 6
"""Pages read by OCR of one document; each takes about a second."""
DPI = 200
HOW_TO_INSTALL = (
    "Install OCR (pip install 'resume-evaluator[ocr]' and apt-get install tesseract-ocr-eng), "
    "or give the original document."
)
_TALLEST = 2_600
_SHORTEST = 1_900
"""Pixels between which a page's longer side is brought, about 160 to 220 dots an inch."""
_MIN_CONFIDENCE = 25.0
_SURE = 70.0
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
_BY_LANGUAGE = {
    "de": "deu", "es": "spa", "fr": "fra", "pt": "por", "pl": "pol", "it": "ita", "nl": "nld",
}  # fmt: skip
_OTHER_SCRIPTS = ("chi_sim", "jpn", "kor", "rus", "ara", "heb", "hin", "ell", "vie")


@dataclass
class PageText:
    """What OCR saw on one page."""

    words: list[Word]
    """In points, origin bottom left."""
    confidence: float
    """Mean over words, percent."""
    width: float
    height: float


@cache
def tessdata() -> str | None:
    """The folder of language files, or None when OCR cannot run here."""
    if find_spec("tesserocr") is None:
        return None
    for folder in (*_FOLDERS, f"{sys.prefix}/share/tessdata"):
        if any(Path(folder).glob("*.traineddata")):
            return folder
    return None


def read_picture(picture: Image.Image) -> PageText:
    """Words of one page.

    Raises:
        DocumentError: OCR is not installed.
    """
    folder = tessdata()
    if folder is None:
        message = "The page is a picture, and OCR is not installed."
        raise DocumentError(Unreadable.IMAGE_ONLY, message, hint=HOW_TO_INSTALL)
    prepared = prepare(picture)
    available = {path.stem for path in Path(folder).glob("*.traineddata")}
    first = "eng" if "eng" in available else sorted(available)[0]
    best = _recognise(prepared, folder, first)
    text = " ".join(word.text for word in best.words)
    wanted = _BY_LANGUAGE.get(detect_language(text) or "", "")
    if wanted in available and wanted != first:
        again = _recognise(prepared, folder, f"{wanted}+{first}")
        best = max(best, again, key=lambda page: page.confidence)
    elif best.confidence < _SURE:
        for script in _OTHER_SCRIPTS:
            if script in available:
                again = _recognise(prepared, folder, f"{script}+{first}")
                if again.confidence > best.confidence + 5:
                    best = again
    return best


def prepare(picture: Image.Image) -> Image.Image:
    """Grey, of even light, upright, of a size that Tesseract reads well."""
    grey = picture.convert("L")
    side = max(grey.size)
    scale = 1.0
    if side > _TALLEST:
        scale = _TALLEST / side
    elif side < _SHORTEST:
        scale = min(2.0, _SHORTEST / side)
    if scale != 1.0:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    grey = _even_light(grey)
    angle = skew(grey)
    if abs(angle) >= 0.2:
        grey = grey.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return grey


def _even_light(grey: Image.Image) -> Image.Image:
    """Divide by the background where it changes slowly; boxes of colour, which have edges, stay."""
    small = grey.resize((48, 64), Image.Resampling.BOX).filter(ImageFilter.MaxFilter(3))
    low, high = small.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    if high - low < 30 or _has_edges(small):
        return grey
    ground = small.filter(ImageFilter.GaussianBlur(2)).resize(grey.size, Image.Resampling.BICUBIC)
    even = ImageMath.lambda_eval(
        lambda args: args["convert"](
            args["min"](args["grey"] * 245 / args["max"](args["ground"], 1), 255), "L"
        ),
        grey=grey.convert("I"),
        ground=ground.convert("I"),
    )
    assert isinstance(even, Image.Image)
    return even


def _has_edges(small: Image.Image) -> bool:
    width, height = small.size
    levels = small.tobytes()
    steps = [abs(levels[i] - levels[i + 1]) for i in range(len(levels) - 1) if (i + 1) % width]
    steps += [abs(levels[i] - levels[i + width]) for i in range(width * (height - 1))]
    return sum([step > 60 for step in steps]) > 0.01 * len(steps)


def skew(grey: Image.Image) -> float:
    """Degrees to turn the page by, from -5 to 5, so that its lines lie level."""
    scale = 700 / max(grey.size)
    small = grey.resize(
        (round(grey.width * scale), round(grey.height * scale)), Image.Resampling.BOX
    )
    mean = ImageStat.Stat(small).mean[0]
    ink = small.point([255 if level < mean * 0.8 else 0 for level in range(256)])
    best = max((angle / 2 for angle in range(-10, 11)), key=lambda a: _levelness(ink, a))
    return max((best + fine / 10 for fine in range(-4, 5)), key=lambda a: _levelness(ink, a))


def _levelness(ink: Image.Image, angle: float) -> float:
    """Variance of the rows' ink; lines and gaps differ most when they lie level."""
    turned = ink.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX)
    return float(ImageStat.Stat(rows).var[0])


def _recognise(picture: Image.Image, folder: str, languages: str) -> PageText:
    import tesserocr

    with tesserocr.PyTessBaseAPI(
        path=folder, lang=languages, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    ) as engine:
        engine.SetImage(picture)
        engine.SetSourceResolution(DPI)
        engine.Recognize()
        return _page(engine, tesserocr.RIL, picture)


def _page(engine: Any, level: Any, picture: Image.Image) -> PageText:
    scale = 72 / DPI
    height = picture.height * scale
    words: list[Word] = []
    confidences: list[float] = []
    iterator = engine.GetIterator()
    while iterator is not None:
        box = iterator.BoundingBox(level.WORD)
        line = iterator.BoundingBox(level.TEXTLINE)
        text = _text(iterator, level)
        confidence = iterator.Confidence(level.WORD) if text else 0.0
        if text and box and confidence >= _MIN_CONFIDENCE:
            # The line's height, so that words with and without descenders stand on one baseline.
            top, bottom = (line[1], line[3]) if line else (box[1], box[3])
            words.append(
                Word(text, box[0] * scale, height - bottom * scale, box[2] * scale,
                     height - top * scale, len(words))
            )  # fmt: skip
            confidences.append(confidence)
        if not iterator.Next(level.WORD):
            break
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return PageText(words, mean, picture.width * scale, height)


def _text(iterator: Any, level: Any) -> str:
    try:
        return str(iterator.GetUTF8Text(level.WORD)).strip()
    except RuntimeError:
        return ""  # the engine's word for an empty page

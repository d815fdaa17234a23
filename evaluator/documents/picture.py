"""Scans and photographs: PNG, JPEG and TIFF, read by OCR."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from ..errors import DocumentError, Unreadable
from ..models.document import Box, DocumentFormat
from .draft import Draft, DraftLine
from .ocr import MAX_PAGES, PageText, read_picture
from .pdf.order import line_text, lines_in_order

MAX_PIXELS = 40_000_000


class PictureConverter:
    """Pictures of pages."""

    format = DocumentFormat.PICTURE

    def convert(self, data: bytes) -> Draft:
        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
                return _convert(picture)
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            message = "The picture is damaged."
            raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.") from error


def _convert(picture: Image.Image) -> Draft:
    count = getattr(picture, "n_frames", 1)
    draft = Draft(pages=count, wrapped=True)
    confidences: list[float] = []
    for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
        if number > MAX_PAGES:
            draft.unread.append(f"Pages {number} to {count} were not read by OCR.")
            break
        if frame.width * frame.height > MAX_PIXELS:
            message = f"Page {number} has more than {MAX_PIXELS // 1_000_000} million pixels."
            raise DocumentError(Unreadable.TOO_LARGE, message, hint="Scan it at 200 or 300 dpi.")
        page = read_picture(on_white(frame))
        add_page(draft, page, number)
        confidences.append(page.confidence)
    draft.ocr = sum(confidences) / max(1, len(confidences))
    if not draft.lines:
        message = "OCR sees no text in the picture."
        raise DocumentError(
            Unreadable.IMAGE_ONLY, message, hint="Scan it again, or give the original document."
        )
    return draft


def on_white(frame: Image.Image) -> Image.Image:
    """Upright as its camera says, with white where it is transparent, grey."""
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        upright = Image.alpha_composite(paper, layer)
    return upright.convert("L")


def add_page(draft: Draft, page: PageText, number: int) -> None:
    """Lines of a page read by OCR, in the order that all pages get."""
    for line in lines_in_order(page.words):
        box = Box(
            x0=round(min(s.x0 for s in line), 1),
            y0=round(page.height - max(s.y1 for s in line), 1),
            x1=round(max(s.x1 for s in line), 1),
            y1=round(page.height - min(s.y0 for s in line), 1),
        )
        draft.lines.append(DraftLine(line_text(line), number, box))

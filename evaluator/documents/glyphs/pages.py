"""Pages of PDFium as grey pictures."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c


def grey_levels(page: Any, width: int, height: int, ground: int, flags: int = 0) -> bytearray:
    """One byte for each pixel of a drawn page, row by row."""
    pixels = bytearray(width * height)
    start = ctypes.byref(ctypes.c_char.from_buffer(pixels))
    bitmap = pdfium_c.FPDFBitmap_CreateEx(width, height, pdfium_c.FPDFBitmap_Gray, start, width)
    pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, ground)
    flags |= pdfium_c.FPDF_GRAYSCALE
    pdfium_c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    pdfium_c.FPDFBitmap_Destroy(bitmap)
    return pixels

"""A page of a PDF as a grey picture: whole, without its text, one text alone, or its text drawn plainly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from ..glyphs.pages import grey_levels
from .objects import PageObjects
from .pdfium import handle, switch

Crop = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

SCALE = 0.75
"""Pixels per point of the usual drawings; the verdict is nearly independent of it."""
CLOSE = 2.0
"""Pixels per point where shapes are compared."""
CLOSER = 3.5
"""Where letters are told apart."""
_MAX_SIDE, _MAX_CLOSE_SIDE = 2_200, 3_000
_WHITE = 0xFFFFFFFF


class Drawing:
    """Draws a page; its texts are switched off by the first question and stay so."""

    def __init__(self, page: Any, objects: PageObjects, crop: Crop) -> None:
        self._page = page
        self._objects = objects
        self._width, self._height = crop[2] - crop[0], crop[3] - crop[1]
        self.crop = crop
        self.scale = self._fitting(SCALE)
        self._bare: Image.Image | None = None
        self.whole = self._draw(self.scale)

    def _fitting(self, scale: float) -> float:
        return min(scale, _MAX_SIDE / max(self._width, self._height, 1.0))

    def _draw(self, scale: float, flags: int = pdfium_c.FPDF_ANNOT) -> Image.Image:
        width, height = self._size(scale)
        pixels = grey_levels(self._page, width, height, _WHITE, flags)
        return Image.frombuffer("L", (width, height), pixels, "raw", "L", 0, 1)

    def _size(self, scale: float) -> tuple[int, int]:
        return max(1, math.ceil(self._width * scale)), max(1, math.ceil(self._height * scale))

    def without_text(self) -> Image.Image:
        """The page when no text is drawn; one of nothing else is blank then."""
        if self._bare is None:
            if self._objects.only_texts:
                self._bare = Image.new("L", self._size(self.scale), 255)
            else:
                switch(self._objects.texts, False)
                self._bare = self._draw(self.scale)
        return self._bare

    def keep(self, texts: set[int]) -> None:
        """Take some texts for a part of what lies behind the others."""
        if texts:
            self._objects.texts = [text for text in self._objects.texts if text not in texts]
            self._objects.others += texts
            self._objects.only_texts = False
            switch(texts, True)
            self._bare = None

    def change(self) -> Image.Image:
        """Grey levels by which the page's texts change it."""
        if self._objects.only_texts:
            return ImageChops.invert(self.whole)
        return ImageChops.difference(self.whole, self.without_text())

    def alone(self, texts: list[tuple[int, ...]]) -> Iterator[Image.Image]:
        """Where the page without any text changes when some are drawn, for each group in turn.

        White words over black ones change what is seen and cannot be read; alone they change nothing.
        """
        if not texts:
            return
        bare = self.without_text()
        switch(self._objects.texts, False)
        for group in texts:
            switch(group, True)
            yield ImageChops.difference(bare, self._draw(self.scale))
            switch(group, False)

    def close(self, scale: float = CLOSE) -> tuple[Image.Image, float]:
        """The page as it is, large enough to tell letters apart, and its scale."""
        scale = min(scale, _MAX_CLOSE_SIDE / max(self._width, self._height, 1.0))
        switch(self._objects.texts, True)
        return self._draw(scale), scale

    def compared(
        self, groups: tuple[list[int], list[int]]
    ) -> tuple[Image.Image, list[Image.Image | None], float]:
        """The page as it is, some of its texts as plain black type on white, and the scale of all.

        The texts are changed for good.

        Args:
            groups: texts that are drawn together; a picture of one lacks those of the other.
        """
        scale = self._fitting(CLOSE * self.scale / SCALE)
        switch(self._objects.texts, True)
        whole = self._draw(scale)
        switch(self._objects.texts, False)
        switch(self._objects.others, False)
        drawn: list[Image.Image | None] = []
        for texts in groups:
            for obj in map(handle, texts):
                pdfium_c.FPDFPageObj_SetFillColor(obj, 0, 0, 0, 255)
                pdfium_c.FPDFPageObj_SetBlendMode(obj, b"Normal")
                pdfium_c.FPDFTextObj_SetTextRenderMode(obj, pdfium_c.FPDF_TEXTRENDERMODE_FILL)
            switch(texts, True)
            drawn.append(ImageChops.invert(self._draw(scale, 0)) if texts else None)
            switch(texts, False)
        return whole, drawn, scale

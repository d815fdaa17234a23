"""What plain OpenDocument text is made of, and the measures in which a line stays on the paper, whole and readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..answers import Answers
from ..office.package import Attributes
from ..office.plain import Plainness
from .lengths import points
from .names import UNDERSTOOD, is_harmless
from .tables import WIDEST_LINE

_TAGS = frozenset(
    [f"office:{name}" for name in "document-content document-styles scripts font-face-decls automatic-styles styles body text "
     "master-styles annotation annotation-end forms binary-data".split()]
    + [f"style:{name}" for name in "style default-style default-page-layout font-face tab-stops tab-stop page-layout header-style "
       "footer-style columns column column-sep footnote-sep master-page header footer header-left footer-left header-first "
       "footer-first background-image list-level-properties list-level-label-alignment text-properties paragraph-properties "
       "section-properties table-properties table-column-properties table-row-properties table-cell-properties "
       "page-layout-properties header-footer-properties graphic-properties ruby-properties chart-properties "
       "drawing-page-properties".split()]
    + [f"text:{name}" for name in "p h span a s tab line-break list list-item list-header soft-page-break bookmark bookmark-start "
       "bookmark-end reference-mark reference-mark-start reference-mark-end note note-body note-citation sequence-decls "
       "sequence-decl page-number page-count date time section table-of-content table-of-content-source index-body index-title "
       "index-title-template table-of-content-entry-template index-entry-chapter index-entry-text index-entry-tab-stop "
       "index-entry-page-number index-entry-link-start index-entry-link-end index-entry-span index-source-styles "
       "index-source-style list-style list-level-style-number list-level-style-bullet outline-style outline-level-style "
       "notes-configuration note-continuation-notice-forward note-continuation-notice-backward linenumbering-configuration "
       "linenumbering-separator changed-region tracked-changes change change-start change-end insertion deletion format-change "
       "number".split()]
    + [f"table:{name}" for name in "table table-column table-columns table-header-columns table-row table-rows table-header-rows "
       "table-cell covered-table-cell table-template".split()]
    + ["draw:frame", "draw:image", "svg:desc", "svg:title", "dc:creator", "dc:date", "meta:creator-initials", "loext:theme",
       "loext:theme-colors", "loext:color", "loext:char-complex-color"]
)  # fmt: skip
_SKIPPED = ("number:", "draw:marker", "draw:gradient", "draw:stroke-dash", "loext:gradient-stop")
"""Beginnings of elements without text; they are seen only by what names them, which is looked at."""
_LENGTHS: dict[str, tuple[float, float]] = {
    "fo:margin-left": (-36, 220), "fo:margin-right": (-36, 220), "fo:margin": (0, 36), "fo:margin-top": (0, 150),
    "fo:margin-bottom": (0, 150), "fo:text-indent": (-150, 150), "fo:padding": (0, 20), "fo:padding-left": (0, 20),
    "fo:padding-right": (0, 20), "fo:padding-top": (0, 20), "fo:padding-bottom": (0, 20), "fo:font-size": (5, 80),
    "fo:letter-spacing": (-2, 20), "style:line-height-at-least": (0, 60), "style:column-width": (20, 620),
    "style:width": (50, 650), "style:min-row-height": (0, 350), "text:space-before": (-36, 220),
    "text:min-label-width": (0, 150), "style:position": (-72, 560), "fo:page-width": (350, 880), "fo:page-height": (450, 1_230),
    "style:tab-stop-distance": (0, 150), "fo:min-height": (0, 300),
}  # fmt: skip
"""In points, the least and the largest."""
_PAGE: dict[str, tuple[float, float]] = {
    f"fo:margin{side}": (10, 220) for side in ("", "-left", "-right", "-top", "-bottom")
}
_PARTS: dict[str, tuple[float, float]] = {
    "fo:font-size": (50, 250),
    "fo:line-height": (80, 600),
    "style:text-scale": (50, 300),
    "draw:opacity": (100, 100),
    "style:background-transparency": (0, 0),
    "loext:opacity": (100, 100),
    "fo:margin-left": (0, 100),
    "fo:margin-right": (0, 100),
    "fo:margin-top": (0, 300),
    "fo:margin-bottom": (0, 300),
    "fo:margin": (0, 100),
    "fo:letter-spacing": (-5, 50),
}
"""In per cent."""
_WORDS: dict[str, frozenset[str]] = {
    "text:display": frozenset(["true"]),
    "table:display": frozenset(["true"]),
    "draw:fill": frozenset(["none", "solid"]),
    "style:text-rotation-angle": frozenset(["0"]),
    "style:rotation-angle": frozenset(["0"]),
    "style:text-combine": frozenset(["none"]),
    "style:print-content": frozenset(["true"]),
    "style:repeat-content": frozenset(["false"]),
    "style:shrink-to-fit": frozenset(["false"]),
    "fo:letter-spacing": frozenset(["normal"]),
    "fo:line-height": frozenset(["normal"]),
    "style:writing-mode": frozenset(["lr-tb", "rl-tb", "page", "lr"]),
    "style:text-outline": frozenset(["false"]),
}
_ANYTHING = frozenset(
    "fo:color fo:background-color draw:fill-color style:font-name fo:font-family style:cell-protect style:use-window-font-color "
    "text:label-followed-by text:list-tab-stop-position style:leader-style style:leader-text draw:fill-gradient-name draw:fill-image-name draw:fill-hatch-name".split()
)
_THIN_POINTS = 3.0
_RAISED = re.compile(r"(?:super|sub|-?[0-3]?\d%)(?: (?:[5-9]\d|100)%)?")
_UNSEEN_ONES = frozenset(
    ["style:graphic-properties", "style:chart-properties", "style:drawing-page-properties"]
)
"""Looks of shapes, which are not plain themselves."""
_STYLED = ("text:", "table:", "draw:", "style:style")
_SWITCHES = frozenset(
    [
        "text:display",
        "text:condition",
        "text:is-hidden",
        "table:display",
        "draw:display",
        "table:visibility",
    ]
)
_SWITCHING = Answers(lambda name: name in _SWITCHES or ":" not in name)
"""By name, whether an attribute may switch its element off, or is of a namespace that is not known."""

_MAY_BE_ODD = frozenset(["office:binary-data", "style:column-sep"])


@dataclass
class OdtPlainness(Plainness):
    """What is not plain in OpenDocument text, the first that was met."""

    _last: str = ""
    """The element before."""
    _is_of_text: bool = False
    """Whether the format that was named last is one of text."""

    def take(self, tag: str, attributes: Attributes) -> None:
        last, self._last = self._last, tag
        if tag in _MAY_BE_ODD:
            self._look_for_odd(tag, attributes, last)
        if self.unusual:
            return
        if tag not in _TAGS:
            self.unusual = "" if tag.startswith(_SKIPPED) else tag
            self._format(tag)
        elif tag in _UNSEEN_ONES:
            return
        elif tag.endswith("-properties") or tag in {
            "style:tab-stop",
            "style:list-level-label-alignment",
        }:
            self._look(tag, attributes)
        elif tag == "draw:frame" and attributes.get("text:anchor-type") != "as-char":
            self.unusual = "a frame beside the text"
        elif tag == "style:background-image" and "xlink:href" in attributes:
            self.unusual = "a picture behind the text"
        elif tag.startswith(_STYLED) and any(map(_SWITCHING.__getitem__, attributes)):
            self.unusual = f"{tag} with conditions or of another namespace"

    def _look_for_odd(self, tag: str, attributes: Attributes, last: str) -> None:
        """What stands over text, whatever else was met before."""
        if tag == "office:binary-data" and last != "draw:image":
            self.find_odd("a picture that is no picture in a line")
        elif tag == "style:column-sep" and not 0 <= _width(attributes) <= _THIN_POINTS:
            self.find_odd("a broad line between columns")

    def _format(self, tag: str) -> None:
        """A format of cells may draw words in the place of their text."""
        if tag.startswith("number:") and tag.endswith("-style"):
            self._is_of_text = tag == "number:text-style"
        elif tag == "number:text" and self._is_of_text:
            self.unusual = "a format of text that says words of its own"

    def _look(self, tag: str, attributes: Attributes) -> None:
        is_page = tag == "style:page-layout-properties"
        if tag == "style:table-properties" and (
            attributes.get("table:align") == "right" or _width(attributes) > WIDEST_LINE
        ):
            self.unusual = "a table that may begin beside its line"
        for name, value in attributes.items():
            if name == "loext:opacity" and attributes.get("style:use-window-font-color") == "true":
                continue
            if name == "style:type" and tag == "style:tab-stop":
                continue
            if not _is_plain(name, value, is_page):
                self.unusual = f"the style's {name}"
                return


def _width(attributes: Attributes) -> float:
    return points(attributes.get("style:width", "")) or 0.0


@lru_cache(maxsize=4_096)
def _is_plain(name: str, value: str, is_page: bool) -> bool:
    if value in _WORDS.get(name, ()):
        return True
    if name == "style:text-position":
        return _RAISED.fullmatch(value) is not None
    page = _PAGE if is_page else {}
    ranges = _PARTS if value.endswith("%") else _LENGTHS | page
    if name in _LENGTHS or name in _PARTS:
        found, limits = points(value, 100.0), ranges.get(name)
        return found is not None and limits is not None and limits[0] <= found <= limits[1]
    if name in _WORDS:
        return False
    return name in _ANYTHING or (":" in name and name not in UNDERSTOOD and is_harmless(name))

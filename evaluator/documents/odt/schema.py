"""Where OpenDocument has the elements that lead to text."""

from __future__ import annotations

from ..office.places import Places
from .names import EDGES, SHAPES
from .names import HOLDERS as _STRUCTURE

_LINES = frozenset(
    f"text:{name}"
    for name in "p h span a meta meta-field ruby-base ruby-text number text-input placeholder".split()
) | {"loext:content-control"}
_BLOCKS = (
    frozenset(
        f"text:{name}"
        for name in "section list-item list-header note-body index-body index-title numbered-paragraph deletion".split()
    )
    | {"office:text", "office:annotation", "table:table-cell", "table:covered-table-cell", "draw:text-box"}
    | {f"style:region-{side}" for side in ("left", "center", "right")}
    | EDGES
)  # fmt: skip
_SHAPES = (SHAPES | {"draw:g", "draw:a"}) - {"draw:frame"}
_ROWS = frozenset(
    f"table:{name}" for name in "table table-rows table-header-rows table-row-group".split()
)
_INDEXES = "table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography".split()
_IN_LINES = (
    "span a tab s line-break note ruby meta meta-field bookmark bookmark-start bookmark-end reference-mark date time page-number "
    "page-count"
)
_ROOTS = ("office:document-content", "office:document-styles", "office:document")
_PARENTS = {
    **dict.fromkeys(_ROOTS, frozenset([""])),
    "office:body": frozenset(_ROOTS),
    "office:text": frozenset(["office:body"]),
    "office:master-styles": frozenset(_ROOTS),
    "style:master-page": frozenset(["office:master-styles"]),
    **dict.fromkeys(EDGES, frozenset(["style:master-page"])),
    **dict.fromkeys(("text:p", "text:h"), _BLOCKS | _SHAPES),
    "text:list": _BLOCKS | _SHAPES,
    "text:list-item": frozenset(["text:list"]),
    "text:list-header": frozenset(["text:list"]),
    "text:section": _BLOCKS,
    **dict.fromkeys((f"text:{name}" for name in _INDEXES), _BLOCKS),
    "text:index-body": frozenset(f"text:{name}" for name in _INDEXES),
    "text:index-title": frozenset(["text:index-body"]),
    "text:note-body": frozenset(["text:note"]),
    "text:ruby-base": frozenset(["text:ruby"]),
    "table:table": _BLOCKS | {"draw:frame"},
    **dict.fromkeys(_ROWS - {"table:table"}, _ROWS),
    "table:table-row": _ROWS,
    "table:table-cell": frozenset(["table:table-row"]),
    **dict.fromkeys(SHAPES, _LINES | _BLOCKS | _SHAPES),
    "draw:text-box": frozenset(["draw:frame"]),
    **dict.fromkeys((f"text:{name}" for name in _IN_LINES.split()), _LINES),
}
_SINGLE = frozenset(["office:body", "office:text"])


class OdtPlaces(Places):
    """Of one part."""

    def holds(self, tag: str) -> bool:
        """Whether letters stand in an element: in a line, or in a field."""
        return tag in _LINES or (tag.startswith("text:") and tag not in _STRUCTURE)


def places() -> OdtPlaces:
    """For one part."""
    return OdtPlaces(_PARENTS, _SINGLE)

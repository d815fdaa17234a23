"""What an HTML page has that ordinary simple pages have not, so that a picture of it is looked at where there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..css.cascade import Cascade
from ..css.plain import IN_LINE, is_plain_declaration, is_plain_in_line, is_plain_media
from .overlaps import Piece
from .tree import Tree

_TAGS = frozenset(
    "html head title meta link style script body header footer main section article aside nav div p span "
    "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd a b strong i em u small sub sup br hr wbr table thead tbody tfoot tr td th caption "
    "colgroup col img svg figure figcaption time abbr address blockquote code pre kbd q cite".split()
)
_IN_DRAWINGS = frozenset(
    "svg g path rect circle ellipse line polyline polygon defs symbol use title desc lineargradient radialgradient stop clippath mask text tspan".split()
)
_OF_DRAWINGS = re.compile(
    r"width|height|viewbox|class|id|role|title|lang|version|focusable|preserveaspectratio|style|color|fill.*|stroke.*|xmlns.*|odd-.*|aria-.*|data-.*"
)
_ATTRIBUTES = frozenset(
    "class id lang title href target rel src alt width height colspan scope type charset content name property "
    "datetime cite style start itemprop itemscope itemtype role download hreflang loading decoding srcset sizes xmlns "
    "referrerpolicy crossorigin async defer tabindex media http-equiv translate".split()
)
_SIGN = re.compile("[\u2500-\u25ff\u2b1b-\u2b24\U0001fb00-\U0001fbff]")
_PILE = re.compile(rf"(?:{_SIGN.pattern}\s*){{3,}}")
_SAME = 1.05
"""Of the size of the smallest text, to which signs of a line count as no larger."""
_KINDS = frozenset(["", "text/css"])
_METAS = frozenset(["", "content-type", "x-ua-compatible", "content-language"])
_SMALLER = frozenset(["small", "sub", "sup"])
_SAFE_STYLE = re.compile(r"[\w\s.#,%:;()'\"!-]*", re.A)
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.I)


def why_unusual(tree: Tree, cascade: Cascade) -> str:
    """The first thing that ordinary simple pages have not; empty where there is none.

    Args:
        tree: of the page.
        cascade: of its sheets.
    """
    if not tree.is_of_today:
        return "a document type of old pages"
    if tree.is_mended:
        return "tags that are not well formed"
    if cascade.unusual:
        return cascade.unusual
    for node in tree.root.iter():
        reason = _why(node) if isinstance(node.tag, str) else ""
        if reason:
            return reason
    return ""


def why_signs(pieces: Sequence[Piece]) -> str:
    """Why blocks and lines that are set as signs may lie over text: large ones, and lines of nothing else.

    Args:
        pieces: texts of the page.
    """
    sizes = [piece.look.pixels * piece.look.scale for piece in pieces if piece.why is None]
    if not sizes:
        return ""
    most = min(sizes) * _SAME
    for piece in pieces:
        if _SIGN.search(piece.text) and (
            piece.look.pixels * piece.look.scale > most or _PILE.fullmatch(piece.text.strip())
        ):
            return "large signs of blocks or lines"
    return ""


def _why(node: Any) -> str:
    tag, parent = node.tag, node.getparent()
    if parent is not None and any(one.tag == "svg" for one in node.iterancestors()):
        return "" if tag in _IN_DRAWINGS else f"<{tag}> in a drawing"
    if tag not in _TAGS:
        return f"<{tag}>"
    if tag in _SMALLER and parent is not None and parent.tag in _SMALLER:
        return "small letters in small letters"
    if not node.attrib:
        return ""
    if tag == "svg":
        is_plain = all(map(_OF_DRAWINGS.fullmatch, node.attrib)) and _is_plain_style(node)
        return "" if is_plain else "a drawing"
    for name in node.attrib:
        if name not in _ATTRIBUTES and not name.startswith(("aria-", "data-")):
            return f"the attribute {name}"
    if tag == "meta" and (
        node.get("http-equiv", "").strip().lower() not in _METAS
        or node.get("name", "").strip().lower() == "color-scheme"
    ):
        return "an order to the browser"
    if tag in {"link", "style"} and not _is_plain_sheet(node):
        return "a sheet for some cases"
    return "" if _is_plain_style(node) else "a style of an element"


def _is_plain_sheet(node: Any) -> bool:
    address = node.get("href", "").strip().lower()
    return (
        is_plain_media(node.get("media", "all"))
        and not address.startswith("data:")
        and "alternate" not in node.get("rel", "").lower()
        and "title" not in node.attrib
        and (
            node.get("type", "") in _KINDS
            or (node.tag == "link" and "stylesheet" not in node.get("rel", "").lower())
        )
    )


def _is_plain_style(node: Any) -> bool:
    style = node.get("style")
    if not style:
        return True
    if not _SAFE_STYLE.fullmatch(style):
        return False
    for part in style.split(";"):
        name, _, value = part.partition(":")
        told = _IMPORTANT.sub("", value).strip()
        if not name.strip():
            continue
        name = name.strip().lower()
        if not is_plain_declaration(name, told):
            return False
        if node.tag in IN_LINE and not is_plain_in_line(name, told):
            return False
    return True

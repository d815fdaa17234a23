"""What tags and attributes of HTML say by themselves: the browser's own sheet and old attributes, as far as they hide text."""

from __future__ import annotations

import re
from typing import Any

from ..css.cascade import Declarations
from .old_colours import old_colour
from .sizes import sizes_of

BLOCKS = frozenset(
    "html p div section article header footer main aside nav ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote "
    "pre dl dt dd figure figcaption address form fieldset hr br body summary details center tbody thead tfoot "
    "caption legend menu hgroup search listing xmp plaintext dialog".split()
)
BLOCK_DISPLAYS = frozenset("block flex grid list-item table table-row flow-root".split())
NOT_CONTENT = frozenset(
    "script style template noscript svg math head iframe object select textarea title canvas video "
    "audio datalist noframes noembed link meta base param embed".split()
)
NO_TEXT = frozenset("script style head link meta base param title svg math noscript".split())
UNPAINTED = NO_TEXT - {"svg", "math", "noscript"}
"""Elements that no sheet brings onto the page."""
NOTHING, IN_PLACE = "not content", "replacement content"
_DRAWN = frozenset(["progress", "meter"])
_WITH_GROUND = frozenset("body table thead tbody tfoot tr td th".split())
_MOVING = frozenset(["marquee", "frameset", "portal", "fencedframe"])
_NEW = frozenset(
    "permission geolocation usermedia camera microphone install model controlledframe webview selectedcontent".split()
)
"""Elements that browsers began to draw something of their own for, each at another time."""
_SIZES = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h5": "0.83em", "h6": "0.67em", "small": "0.83em", "big": "1.2em",
          "sub": "0.83em", "sup": "0.83em"}  # fmt: skip
_SHEET: dict[str, Declarations] = {
    **{tag: {"font-size": size} for tag, size in _SIZES.items()},
    **{tag: {"padding-left": "40px"} for tag in ("ul", "ol", "menu")},
    **{tag: {"white-space": "pre"} for tag in ("pre", "listing", "xmp", "plaintext")},
    "body": {f"margin-{side}": "8px" for side in ("top", "right", "bottom", "left")},
    "rp": {"display": "none"},
    "button": {"display": "inline-block"},
    "nobr": {"white-space": "nowrap"},
}
"""The browser's own."""
_FONT_SIZES = ("10px", "13px", "16px", "18px", "24px", "32px", "48px")


PLAIN = frozenset(
    "p div section article header footer main aside nav li h4 blockquote dl dt dd figure figcaption address hgroup "
    "search span a b i em strong u s code kbd samp var cite q abbr time label mark".split()
)
"""Elements that are drawn as their content is."""
_OPEN_ONLY = frozenset(["html", "dialog"])
"""Elements of which more is to be asked even when they have no attributes."""


def hints(tag: str, node: Any) -> Declarations:
    """Values that old attributes and the browser's own sheet give an element."""
    found = dict(_SHEET.get(tag, ()))
    if not node.attrib and tag not in _OPEN_ONLY:
        return found
    found |= _of_boxes(tag, node)
    if (
        "hidden" in node.attrib
        or "popover" in node.attrib
        or (tag == "dialog" and "open" not in node.attrib)
    ):
        found["display"] = "none"
    if tag in {"table", "img"} and node.get("align", "").lower() in {"left", "right"}:
        found["float"] = node.get("align").lower()
    if "popover" in node.attrib:
        found["position"] = "fixed"
    if tag in _WITH_GROUND and node.get("bgcolor"):
        found["background-color"] = old_colour(node.get("bgcolor"))
    if node.get("dir", "").lower() in {"ltr", "rtl"}:
        found["direction"] = node.get("dir").lower()
    if tag == "html":
        found.update(_scheme(node))
    if tag == "font":
        _add_font(node, found)
    if tag == "body" and node.get("text"):
        found["color"] = old_colour(node.get("text"))
    return found


def _of_boxes(tag: str, node: Any) -> Declarations:
    """Sizes and colours of boxes that old attributes tell."""
    found: Declarations = {}
    if tag in _SIZED:
        found |= sizes_of(tag, node)
    if tag == "a" and "href" in node.attrib:
        found["color"] = _link_colour(node)
    if tag == "hr" and ("color" in node.attrib or "noshade" in node.attrib):
        found["background-color"] = old_colour(node.get("color") or "gray")
    if tag == "dialog" and "open" in node.attrib:
        found |= _DIALOG
    if node.get("background") and tag in _WITH_GROUND:
        found["background-image"] = f"url({node.get('background').strip().lower()})"
    return found


def _link_colour(node: Any) -> str:
    """The colour of links: the page's own choice, or the browser's."""
    body = node.getroottree().getroot().find("body")
    if body is None:
        return _LINK
    # The page itself is the one that everybody who reads it has visited.
    name = "vlink" if node.get("href", "").strip()[:1] in {"", "#"} else "link"
    told = body.get(name, "").strip()
    return old_colour(told) if told else (_LINK if name == "link" else _VISITED)


_LINK, _VISITED = "#0000ee", "#551a8b"
_DIALOG: Declarations = {
    "position": "absolute", "left": "0", "right": "0", "margin-left": "auto", "margin-right": "auto", "background-color": "#fff",
    "color": "#000", **{f"padding-{side}": "1em" for side in ("top", "right", "bottom", "left")},
}  # fmt: skip
_SIZED = frozenset("img iframe embed object video canvas svg hr textarea select input".split())
_LARGE = {"cellspacing": 48.0, "cellpadding": 100.0, "hspace": 100.0, "vspace": 100.0, "border": 40.0, "topmargin": 200.0,
          "leftmargin": 200.0, "marginwidth": 200.0, "marginheight": 200.0, "bottommargin": 200.0, "rightmargin": 200.0}  # fmt: skip
"""Attributes that move text, with the most that pages ask for."""
_AMOUNT = re.compile(r"\s*\+?(\d{1,9})")


def why_attributes_are_doubtful(node: Any) -> str | None:
    """The reason why it cannot be told where text stands, by old attributes that move it."""
    for name, most in _LARGE.items():
        told = _AMOUNT.match(node.get(name, ""))
        if told and float(told[1]) > most:
            return name
    return None


def _scheme(root: Any) -> Declarations:
    for node in root.iter("meta"):
        if node.get("name", "").strip().lower() == "color-scheme":
            return {"color-scheme": node.get("content", "").strip().lower()}
    return {}


def _add_font(node: Any, found: Declarations) -> None:
    if node.get("color"):
        found["color"] = old_colour(node.get("color"))
    size = node.get("size", "").strip()
    if size.lstrip("+-").isdigit():
        place = int(size) + (3 if size[0] in "+-" else 0)
        found["font-size"] = _FONT_SIZES[min(7, max(1, place)) - 1]
    if node.get("face"):
        found["font-family"] = node.get("face").lower()


def why_tag_hides(tag: str) -> str | None:
    """The reason why nothing in an element is painted, by its tag."""
    return "the replacement for a drawing" if tag in _DRAWN else None


def why_closed(node: Any) -> str | None:
    """The reason why only the summary of an element is painted."""
    is_closed = node.tag == "details" and "open" not in node.attrib
    return "a closed box of details" if is_closed else None


def is_summary(node: Any) -> bool:
    """Whether an element is what a closed box shows."""
    parent = node.getparent()
    if node.tag != "summary" or parent is None or parent.tag != "details":
        return False
    return node is next(child for child in parent if child.tag == "summary")


def why_page_is_doubtful(root: Any) -> str | None:
    """The reason why it cannot be told what any part of a page looks like."""
    for node in root.iter("meta"):
        kind = node.get("http-equiv", "").strip().lower()
        content = node.get("content", "").lower()
        if kind == "content-security-policy" and _forbids_styles(content):
            return "a policy about style sheets"
        if kind == "default-style":
            return "a page that asks for a style"
    if any(True for formula in root.iter("math") for _ in formula.iter("style")):
        return "a sheet in a formula"
    if _has_summed_sheet(root):
        return "a style sheet with a sum"
    return "a page that asks for another page" if leads_elsewhere(root) else None


def leads_elsewhere(root: Any) -> bool:
    """Whether a browser soon leaves the page for another, so that nobody reads this one."""
    return any(
        node.get("http-equiv", "").strip().lower() == "refresh"
        and _ELSEWHERE.match(node.get("content", "")) is not None
        for node in root.iter("meta")
    )


_ELSEWHERE = re.compile(r"\s*[\d.]*\s*[;,\s]\s*[^\s;,]")
"""Seconds and an address, whose name browsers do not ask for."""


def _forbids_styles(policy: str) -> bool:
    told = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    names: list[str] = ["style-src-elem", "style-src-attr", "style-src"]
    named = [name for name in names if name in told]
    if not named and "default-src" in told:
        named = ["default-src"]
    # One source by its number or its sum, and the rest of what is written on the page is not applied.
    return any(
        "'unsafe-inline'" not in told[name] or any(map(_PICKED.match, told[name])) for name in named
    )


_PICKED = re.compile(r"'(?:nonce|sha\d+)-")


def _has_summed_sheet(root: Any) -> bool:
    """Whether a sheet in its address is applied only if its sum is right."""
    return any(
        "integrity" in node.attrib and node.get("href", "").lstrip().lower().startswith("data:")
        for node in root.iter("link")
    )


def shadow_hosts(root: Any) -> frozenset[Any]:
    """Elements with a tree of their own beside the page's."""
    return frozenset(
        node.getparent()
        for node in root.iter("template")
        if "shadowrootmode" in node.attrib or "shadowroot" in node.attrib
    )


def why_element_is_doubtful(node: Any, hosts: frozenset[Any]) -> str | None:
    """The reason why it cannot be told what an element looks like, by its tag, attributes and shadow tree."""
    if node.tag in _MOVING or node.tag in _NEW:
        return f"<{node.tag}>"
    if node.attrib:
        reason = why_attributes_are_doubtful(node)
        if reason:
            return reason
    if node.tag == "bdo" and node.get("dir", "").lower() == "rtl":
        return "<bdo>"
    return "a shadow tree" if node in hosts else None

"""HTML as a browser without network would paint it: the cascade decides what is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .css import Cascade, Declarations, resolved, sheets_of
from .css_visibility import Look, ground_behind, shut_out, why_unseen, with_declarations
from .decoding import decoded
from .draft import ITEM, MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, DraftLink, Hidden, hide
from .html_tree import html_tree

_BLOCKS = frozenset(
    "p div section article header footer main aside nav ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote "
    "pre dl dt dd figure figcaption address form fieldset hr br body summary details center tbody thead".split()
)
_BLOCK_DISPLAYS = frozenset("block flex grid list-item table table-row flow-root".split())
_NOT_CONTENT = frozenset(
    "script style template noscript svg math head iframe object select textarea title canvas video "
    "audio datalist noframes noembed".split()
)
_DRAWN = frozenset(["progress", "meter"])
_FOR_THE_EAR = "CSS clip"
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_FEW = 4


class HtmlConverter:
    """Keeps what a browser would paint."""

    format = DocumentFormat.HTML

    def convert(self, data: bytes) -> Draft:
        found = decoded(data)
        try:
            draft = _read(html_tree(found.text))
        except (ValueError, OverflowError) as error:  # numbers that the parser of sheets refuses
            message = "The page's style sheets cannot be judged."
            raise DocumentError(Unreadable.UNSAFE, message, mend="Save it as PDF.") from error
        draft.doubts = found.doubts
        return draft


def _read(root: Any) -> Draft:
    sheets = sheets_of(root)
    cascade = Cascade(sheets, root)
    page = _Page(root)
    if cascade.has_doubts:
        page.doubted = _reasons(root, Cascade(sheets, root, doubtful=True))
    if cascade.has_other_media:
        page.printed = _reasons(root, Cascade(sheets, root, medium="print"))
    page.walk(cascade)
    return page.draft()


def _reasons(root: Any, cascade: Cascade) -> list[str | None]:
    """Why each text of a page is not seen, in order, under another reading of its sheets."""
    page = _Page(root)
    page.walk(cascade)
    return page.reasons


@dataclass
class _Open:
    """An element whose content is being read."""

    tag: str
    look: Look
    display: str
    out: str | None
    """Why nothing inside is painted."""
    why: str | None
    """Why text right inside is not seen."""
    link: tuple[str, int] | None = None


@dataclass
class _Page:
    root: Any
    parts: list[str] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    for_ears: list[str] = field(default_factory=list)
    """Words that are read aloud, and on no screen."""
    for_paper: list[str] = field(default_factory=list)
    """Words that are printed, and on no screen."""
    reasons: list[str | None] = field(default_factory=list)
    doubted: list[str | None] = field(default_factory=list)
    """Why each text is not seen if rules apply of which that is not known."""
    printed: list[str | None] = field(default_factory=list)
    """Why each text is not seen on paper."""
    characters: int = 0

    def walk(self, cascade: Cascade) -> None:
        """Depth first without recursion: pages nest as deep as their authors like."""
        todo: list[tuple[Any, _Open, bool]] = [
            (self.root, _Open("", Look(), "block", None, None), False)
        ]
        while todo:
            node, opened, closing = todo.pop()
            if closing:
                self._close(node, opened)
                continue
            if not isinstance(node.tag, str):
                self._comment(node)
                if node.tail:
                    self._text(node.tail, opened)
                continue
            inside = self._open(node, opened, cascade)
            todo.append((_Tail(node.tail, opened), inside, True))
            if node.text:
                self._text(node.text, inside)
            todo += [(child, inside, False) for child in reversed(node)]

    def _open(self, node: Any, parent: _Open, cascade: Cascade) -> _Open:
        tag = node.tag
        declared = cascade.declared(node, node.get("style", ""))
        declared = _presentational(tag, node) | declared
        look, values = with_declarations(parent.look, declared, resolved)
        look = ground_behind(cascade.behind(node), look)
        out = parent.out
        if out is None and tag in _NOT_CONTENT:
            out = "not content"
        elif out is None:
            out = "what stands in for a drawing" if tag in _DRAWN else shut_out(values, look)
        why = out or why_unseen(look)
        display = values.get("display", "block" if tag in _BLOCKS else "inline")
        if display in _BLOCK_DISPLAYS and tag not in {"td", "th"}:
            self._break(parent)
        elif tag in {"td", "th"} or "flex" in parent.display:
            self.parts.append("\t")
        if tag == "li" and why is None:
            self.parts.append(ITEM)
        opened = _Open(tag, look, _direction(display, values), out, why)
        if tag == "a" and node.get("href") and why is None and len(self.links) < MAX_LINKS:
            opened.link = (node.get("href"), len(self.parts))
        return opened

    def _break(self, parent: _Open) -> None:
        self.parts.append("\t" if parent.display == "flex" else "\n")

    def _close(self, tail: _Tail, opened: _Open) -> None:
        if opened.display != "inline" and opened.tag not in {"td", "th"}:
            self._break(tail.parent)
        if opened.link:
            target, start = opened.link
            label = _SPACE.sub(" ", "".join(self.parts[start:])).replace(ITEM, "").strip()
            self.links.append(DraftLink(target, label))
        if tail.text:
            self._text(tail.text, tail.parent)

    def _text(self, text: str, opened: _Open) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            message = f"The page has more than {MAX_CHARACTERS:,} characters."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        self.reasons.append(opened.why)
        why = opened.why or self._doubt()
        if why is None:
            kept = text.replace("\t", "    ") if opened.look.preformatted else _SPACE.sub(" ", text)
            self.parts.append(kept)
        elif why != "not content" and text.strip():
            told = _SPACE.sub(" ", text)
            if why == _FOR_THE_EAR:
                self.for_ears.append(told)
            elif self._is_printed():
                self.for_paper.append(told)
            else:
                hide(self.hidden, why, told)

    def _doubt(self) -> str | None:
        place = len(self.reasons) - 1
        return self.doubted[place] if place < len(self.doubted) else None

    def _is_printed(self) -> bool:
        place = len(self.reasons) - 1
        return place < len(self.printed) and self.printed[place] is None

    def _comment(self, node: Any) -> None:
        # Conditional comments and build marks are everywhere; sentences are not.
        text = _SPACE.sub(" ", node.text or "").strip()
        if len(_WORD.findall(text)) >= _FEW:
            self.hidden.append(Hidden("an HTML comment", text))

    def draft(self) -> Draft:
        text = re.sub(r"[ \t]*\n[ \t\n]*", "\n", "".join(self.parts)).strip("\n")
        lines = [DraftLine.marked(line.strip()) for line in text.split("\n")]
        asides = [Hidden("words that are only read aloud", " ".join(self.for_ears))]
        paper = " ".join(self.for_paper)
        if len(paper.split()) > _FEW:
            self.hidden.append(Hidden("words that are only printed", paper))
        return Draft(lines=lines, links=self.links, hidden=self.hidden, asides=asides)


@dataclass
class _Tail:
    """Text after an element belongs to its parent."""

    text: str | None
    parent: _Open


def _direction(display: str, values: Declarations) -> str:
    if "flex" in display:
        return "block" if values.get("flex-direction", "").startswith("column") else "flex"
    return "block" if display in _BLOCK_DISPLAYS else "inline"


def _presentational(tag: str, node: Any) -> Declarations:
    """What old attributes and the browser's own sheet say."""
    found: Declarations = {}
    if (
        "hidden" in node.attrib
        or "popover" in node.attrib
        or (tag == "dialog" and "open" not in node.attrib)
    ):
        found["display"] = "none"
    if node.get("bgcolor"):
        found["background-color"] = node.get("bgcolor").lower()
    if tag == "font" and node.get("color"):
        found["color"] = node.get("color").lower()
    if tag == "body" and node.get("text"):
        found["color"] = node.get("text").lower()
    if tag == "pre":
        found["white-space"] = "pre"
    return found

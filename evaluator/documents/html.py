"""HTML: text of visible elements in document order. Nothing is fetched, nothing runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .decoding import decode
from .draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, DraftLink, Hidden

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "hr",
        "br",
        "body",
        "summary",
        "details",
    ]
)
_NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "select",
        "textarea",
        "title",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*(?:0*\.\d+|0|1)(?:px|pt|em|rem|%)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0*\.?0*\s*(?:;|$|!)"
    r"|(?<![-\w])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0\s*\))"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0",
    re.I,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#f[9a-f]f[9a-f]f[9a-f]\b|#fff\b|white\b|rgb\(\s*25\d\s*,\s*25\d\s*,\s*25\d)",
    re.I,
)
_BACKGROUND = re.compile(
    r"background(?:-color)?\s*:\s*(?!#fff|white|transparent|none|inherit)", re.I
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"^[\w-]*[.#]?[\w-]+$")
_SPACE = re.compile(r"\s+")


class HtmlConverter:
    """Keeps what a browser would paint, as far as inline styles and simple rules tell."""

    format = DocumentFormat.HTML

    def convert(self, data: bytes) -> Draft:
        source = decode(data)
        page = _Page(_hiding_rules(source))
        page.feed(source)
        page.close()
        return page.draft()


def _hiding_rules(source: str) -> dict[str, str]:
    """Selectors of one name, class or id whose rule hides, with the declaration."""
    found: dict[str, str] = {}
    for sheet in re.findall(r"<style[^>]*>(.*?)</style>", source, re.I | re.S):
        for selectors, body in _RULE.findall(sheet):
            if not (_HIDING.search(body) or (_WHITE.search(body) and not _BACKGROUND.search(body))):
                continue
            for selector in selectors.split(","):
                name = selector.strip().lower()
                if _SIMPLE_SELECTOR.match(name):
                    found[name] = _SPACE.sub(" ", body.strip())
    return found


class _Page(HTMLParser):
    def __init__(self, rules: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._rules = rules
        self._parts: list[str] = []
        self._stack: list[tuple[str, str | None, bool]] = []  # tag, why hidden, dark background
        self._links: list[DraftLink] = []
        self._hidden: list[Hidden] = []
        self._open_link: tuple[str, int] | None = None
        self._characters = 0

    def draft(self) -> Draft:
        text = re.sub(r"[ \t]*\n[ \t\n]*", "\n", "".join(self._parts)).strip("\n")
        lines = [DraftLine(line.strip()) for line in text.split("\n")]
        return Draft(lines=lines, links=self._links, hidden=self._hidden)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n")
        elif tag in {"td", "th"}:
            self._parts.append("\t")
        if tag in _VOID:
            return
        attributes = {name: value or "" for name, value in attrs}
        dark = bool(_BACKGROUND.search(attributes.get("style", "")))
        self._stack.append((tag, self._why_hidden(tag, attributes), dark))
        if tag == "a" and attributes.get("href") and len(self._links) < MAX_LINKS:
            self._open_link = (attributes["href"], len(self._parts))

    def _why_hidden(self, tag: str, attributes: dict[str, str]) -> str | None:
        if tag in _NEVER_SHOWN:
            return "not content"
        if "hidden" in attributes:
            return "the hidden attribute"
        style = attributes.get("style", "")
        if _HIDING.search(style):
            return f"CSS {_SPACE.sub(' ', style.strip())}"
        on_dark = any(dark for _, _, dark in self._stack) or bool(_BACKGROUND.search(style))
        if _WHITE.search(style) and not on_dark:
            return f"CSS {_SPACE.sub(' ', style.strip())}"
        selectors = [tag, *("." + c for c in attributes.get("class", "").lower().split())]
        if attributes.get("id"):
            selectors.append("#" + attributes["id"].lower())
        for selector in selectors:
            rule = self._rules.get(selector) or self._rules.get(tag + selector)
            if rule and (_HIDING.search(rule) or not on_dark):
                return f"CSS {rule}"
        return None

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._stack) - 1, max(-1, len(self._stack) - 60), -1):
            if self._stack[index][0] == tag:
                del self._stack[index:]
                break
        if tag in _BLOCKS:
            self._parts.append("\n")
        if tag == "a" and self._open_link:
            target, start = self._open_link
            label = _SPACE.sub(" ", "".join(self._parts[start:])).strip()
            self._links.append(DraftLink(target, label))
            self._open_link = None

    def handle_data(self, data: str) -> None:
        self._characters += len(data)
        if self._characters > MAX_CHARACTERS:
            message = f"The page has more than {MAX_CHARACTERS:,} characters."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        reasons = [why for _, why, _ in self._stack if why]
        if not reasons:
            self._parts.append(_SPACE.sub(" ", data))
        elif "not content" not in reasons and data.strip():
            self._hidden.append(Hidden(reasons[0], _SPACE.sub(" ", data).strip()))

    def handle_comment(self, data: str) -> None:
        # Conditional comments and build marks are everywhere; sentences are not.
        if len(data.split()) >= 4:
            self._hidden.append(Hidden("an HTML comment", _SPACE.sub(" ", data).strip()))

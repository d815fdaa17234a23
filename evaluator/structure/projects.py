"""What a line calls a project: the name before what is told of it, or nothing but a name."""

from __future__ import annotations

import re

from .folding import fold
from .known_names import tool_names
from .vocabulary import vocabulary, words_of

_TOLD = re.compile(
    r"(?P<name>[^\W_a-zß-ÿ][^\s:]{0,40}(?:\s+[^\s:–—]{1,40}){0,5}?|[^\W_][\w.-]{2,40})\s*(?::|\s[–—-])\s+(?:\S+\s+){3}\S"
)
_NAME_WORDS = 8
_BETWEEN_TOOLS = re.compile(r"[,|/•·;]|\s\+\s|\band\b")
_WORD = re.compile(r"[^\W_][\w.+#]*")
_TOOL_WORDS = 3


def name_before(text: str) -> str | None:
    """The name that stands before what is told of a project."""
    told = _TOLD.match(text)
    return told["name"].strip() if told else None


def names_tools(text: str) -> bool:
    """Whether a line is what a project was made with, and so does not say what it is called."""
    names = [name.strip() for name in _BETWEEN_TOOLS.split(fold(text)) if name.strip()]
    known = sum(any(word in tool_names() for word in _WORD.findall(name)) for name in names)
    short = all(len(name.split()) <= _TOOL_WORDS for name in names)
    return (
        bool(names)
        and short
        and (2 * known >= len(names) if len(names) > 1 else known == 1 and " " not in text.strip())
    )


def name_alone(text: str) -> str | None:
    """The whole line, where it is short and begins with no verb."""
    words = words_of(text)
    if not 1 < len(words) <= _NAME_WORDS or not words[0][0].isupper():
        return None
    first, knows = words[0].casefold(), vocabulary()
    verb = first in knows.statements or first in knows.pasts or first.endswith("ing")
    done = first.endswith("ed") and first not in knows.qualities
    return None if verb or done else text.strip().rstrip(".")

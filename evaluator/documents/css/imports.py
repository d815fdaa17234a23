"""Sheets that a sheet imports: where a rule asks for one, and until which rule it may."""

from __future__ import annotations

from typing import Any

from .layers import layer_names
from .selectors import Parser

_CERTAIN_RULES = frozenset(["media", "supports", "font-face", "keyframes", "namespace", "page"])


def is_import(rule: Any) -> bool:
    return bool(rule.type == "at-rule" and rule.lower_at_keyword == "import")


def lets_imports_follow(rule: Any) -> bool | None:
    """Whether sheets may still be imported after a rule; None where that hangs on whether browsers keep it."""
    if rule.type == "at-rule":
        name = rule.lower_at_keyword
        if name == "charset" or (name == "layer" and rule.content is None):
            return True
        is_kept = name in _CERTAIN_RULES or (name == "layer" and layer_names(rule.prelude))
        return False if is_kept else None
    if rule.type != "qualified-rule":
        return None
    parser = Parser()
    is_kept = parser.rule(list(rule.prelude)) is not None and parser.is_settled
    return False if is_kept else None


def address_in(node: Any) -> str:
    if node.type == "function" and node.lower_name == "url":
        node = next((one for one in node.arguments if one.type == "string"), node)
    return str(node.value) if node.type in {"string", "url"} else ""


def name_of(node: Any) -> str:
    return str(node.lower_name if node.type == "function" else node.lower_value)

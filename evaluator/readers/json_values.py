"""The lists of a reply, however they are wrapped: fenced, after thoughts, doubled, bare, renamed, nearly JSON.

Nothing is invented: values are found as they stand, and only the marks around them are read leniently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_THINKING_ENDS = re.compile(r"</think(?:ing)?>", re.I)
_THOUGHT_ENDS = re.compile(
    r"</(?:think(?:ing)?|thoughts?|reasoning|reflection|seed:think)>|\[/THINK\]|◁/think▷|<\|channel\|>final<\|message\|>",
    re.I,
)
_OPENING = re.compile(r"[\[{]")
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.?)*+(?:"|\Z)'  # a string, which is left alone
    r"|'(?:[^'\\\n]|\\.){0,400}+'(?=\s*[:,\]}])"
    r"|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
    r"|,(?=\s*[\]}])"
    r"|\b(?:True|False|None|NaN|undefined)\b",
    re.S,
)
_WORDS = {"True": "true", "False": "false", "None": "null", "NaN": "null", "undefined": "null"}
_DEEPEST = 8
_MOST_FAILURES = 200
"""Brackets that open no value; more are in no reply that means something."""
_DECODER = json.JSONDecoder(strict=False)
"""Lets line breaks stand in strings."""


@dataclass(slots=True)
class Lists:
    """What a reply lists."""

    items: list[Any] = field(default_factory=list)
    scope: list[Any] = field(default_factory=list)


def lists_in(text: str) -> Lists | None:
    """The lists in a text of any form; the last that holds something, or None where there is none."""
    whole = _of_text(text, 0) if text.lstrip().startswith('"') else None
    if whole is not None:
        return whole
    ends = [match.end() for match in _THOUGHT_ENDS.finditer(text)]
    for part in [text[end:] for end in ends[-1:]] + [text]:
        for read in (part, _repaired(part)):
            found = [lists for value in _values(read) if (lists := _lists_of(value))]
            full = [lists for lists in found if lists.items] or found
            if full:
                scopes = [lists.scope for lists in found if lists.scope]
                return Lists(full[-1].items, full[-1].scope or (scopes[-1] if scopes else []))
    return None


def without_thinking(text: str) -> str:
    """The text without the blocks that a model thinks in."""
    end = max((match.end() for match in _THINKING_ENDS.finditer(text)), default=0)
    # Within, every block has an end, so that no search runs on to the end of the text.
    return _THINKING.sub("", text[:end]) + text[end:]


def name_of(key: object) -> str:
    """A key as the schema spells it: ``resultPassage``, ``Result-Passage`` and the like are one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", str(key).strip()).lower()


def _values(text: str) -> Iterator[Any]:
    """The JSON values of a text, or one list of its items where they stand one after another."""
    items: list[Any] = []
    at, failures, effort = 0, 0, 4 * len(text)
    is_torn = False
    while effort >= 0 and failures < _MOST_FAILURES and (opening := _OPENING.search(text, at)):
        start = opening.start()
        try:
            value, at = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            reached = error.pos - start
            failures, effort = failures + 1, effort - reached
            is_torn = is_torn or reached > _torn_after(text, start)
            at = start + 1
        except RecursionError:
            return
        else:
            if _is_item(value):
                items.append(value)
            elif value != [] or text.strip(" \t\r\n`jsonJSON") == "[]":
                yield value
    # Items inside something torn are not all there were.
    if items and not is_torn:
        yield items


def _torn_after(text: str, start: int) -> int:
    """How far a value must reach to have been one: up to its first key or element."""
    inner = re.compile(r"[\[{]\s*(?:\"[^\"]{0,80}\"\s*:|\{)").match(text, start)
    return inner.end() - start - 1 if inner else len(text)


def _repaired(text: str) -> str:
    """The text with commas before an end, comments, and the words and quotes of Python made JSON."""

    def of(match: re.Match[str]) -> str:
        token = match.group()
        if token.startswith('"'):
            return token
        if token.startswith("'"):
            return json.dumps(token[1:-1].replace("\\'", "'"), ensure_ascii=False)
        return _WORDS.get(token, "")

    return _TOKEN.sub(of, text)


def _lists_of(value: Any, depth: int = 0) -> Lists | None:
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return _of_text(value, depth)
    if isinstance(value, list):
        return _of_list(value, depth)
    if isinstance(value, dict):
        return _of_object(value, depth)
    return None


def _of_text(value: str, depth: int) -> Lists | None:
    """JSON in a string of JSON."""
    if value.lstrip()[:1] not in {"[", "{", '"'}:
        return None
    try:
        return _lists_of(json.loads(value, strict=False), depth + 1)
    except (ValueError, RecursionError):
        return None


def _of_list(value: list[Any], depth: int) -> Lists | None:
    if not value:
        return Lists()
    if any(_is_item(each) for each in value):
        return Lists(items=value)
    found = [lists for each in value if (lists := _lists_of(each, depth + 1))]
    if not found:
        return None
    return Lists(
        [item for lists in found for item in lists.items],
        [fact for lists in found for fact in lists.scope],
    )


def _of_object(value: dict[str, Any], depth: int) -> Lists | None:
    named = {name_of(key): inner for key, inner in value.items()}
    if "items" in named:
        items = _elements(named["items"])
        if items is not None:
            return Lists(items, _elements(named.get("scope")) or [])
    if _is_item(value):
        return Lists(items=[value])
    for inner in value.values():
        if (
            isinstance(inner, dict | list | str)
            and inner
            and (found := _lists_of(inner, depth + 1))
        ):
            if not found.scope:
                found.scope = _elements(named.get("scope")) or []
            return found
    return None


def _elements(value: Any) -> list[Any] | None:
    """A list, also one that is written as a string, as an object of numbers, as one element, or as null."""
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            return None
    if value is None or value == {}:
        return []
    if isinstance(value, dict):
        value = [value] if _is_item(value) or "kind" in value else list(value.values())
        if not all(isinstance(each, dict) and "type" not in each for each in value):
            return None
    if not isinstance(value, list):
        return None
    return [element(each) for each in value]


def element(value: Any) -> Any:
    """An element of a list, also where it is written as a string."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return json.loads(value, strict=False)
        except (ValueError, RecursionError):
            return value
    return value


def _is_item(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    names = {name_of(key) for key in value}
    return "dimension" in names and bool(names & {"anchor", "passage"})

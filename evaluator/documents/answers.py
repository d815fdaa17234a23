"""Answers about short texts that come again and again, such as names of properties and lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_LONGEST = 64
_MOST = 4_096
_Answer = TypeVar("_Answer")


class Answers(dict[str, _Answer]):
    """By text, what a function says of it, which depends on nothing else.

    Long texts are asked about each time and few are kept, so that no file fills the memory of those read after it.

    Args:
        ask: the function.
    """

    def __init__(self, ask: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, text: str) -> _Answer:
        found = self._ask(text)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = found
        return found

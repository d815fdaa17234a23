"""Forms that are tried only where a text holds what they begin with, which most of it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
"""Letters of scripts that put no space between words, so that a name may touch them."""
_LETTER = rf"(?-i:[^\W{UNSPACED}])"
"""These have no case; without being told so, a form that ignores it tries each of them anew when it is made."""
NO_LETTER_BEFORE, NO_LETTER_AFTER = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_FRAME = re.compile(r"(?:\\b|\(\?<!(?:[^()]|\(\?-i:[^()]*\))*\)|\(\?:|\(\?P<\w+>)*")
_LETTERS = re.compile(r"[\w '’&]*")
_DIGIT, _DIGITS = r"\d", re.compile(r"\d")
_MARK = re.compile(r"\\.|\[[^]]*\]|[()|]")
_MAY_LACK = ("?", "*", "{")


def beginnings_of(form: str) -> frozenset[str] | None:
    r"""What everything begins with that a form matches: letters in lower case, or ``\d``; None where that cannot be told."""
    found: set[str] = set()
    for start in _alternatives(form):
        if start is None:
            return None
        found.add(_beginning(form[start:]))
    return None if "" in found else frozenset(found)


def _alternatives(form: str) -> Iterator[int | None]:
    """Where each alternative begins behind borders and opening groups; None where such a group may be left out."""
    start = _framed(form, 0)
    yield start
    is_leading: list[bool] = []
    for mark in _MARK.finditer(form):
        if mark.group() == "(":
            is_leading.append(mark.start() < start)
        elif mark.group() == "|" and all(is_leading):
            start = _framed(form, mark.end())
            yield start
        elif mark.group() == ")" and is_leading.pop() and form.startswith(_MAY_LACK, mark.end()):
            yield None


def _framed(form: str, start: int) -> int:
    frame = _FRAME.match(form, start)
    return frame.end() if frame else start


def _beginning(piece: str) -> str:
    if piece.startswith(_DIGIT):
        return _DIGIT
    letters = "".join(_LETTERS.findall(piece)[:1])
    if piece.startswith(_MAY_LACK, len(letters)):
        letters = letters[:-1]
    return letters.lower()


class Forms:
    """Alternatives of one kind, such as the words of a trade.

    Args:
        forms: regular expressions, whose case is ignored.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        self._pattern = re.compile("|".join(f"(?:{form})" for form in forms), re.I)
        every: set[str] = set()
        for found in map(beginnings_of, forms):
            every |= {""} if found is None else found
        self._has_digits = _DIGIT in every
        letters = every - {_DIGIT}
        self._letters = tuple(sorted(b for b in letters if not any(b[:n] in letters for n in range(len(b)))))  # fmt: skip

    def finditer(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """Every match, in order and apart.

        Args:
            text: is searched.
            low: the same in lower case.
        """
        if "" in self._letters or len(low) != len(text):
            yield from self._pattern.finditer(text)
            return
        end = 0
        for start in self._places(low):
            if start >= end and (match := self._pattern.match(text, start)):
                yield match
                end = match.end()

    def _places(self, low: str) -> list[int]:
        found = [m.start() for m in _DIGITS.finditer(low)] if self._has_digits else []
        for letters in [tried for tried in self._letters if tried in low]:
            at = low.find(letters)
            while at >= 0:
                found.append(at)
                at = low.find(letters, at + 1)
        return sorted(found)

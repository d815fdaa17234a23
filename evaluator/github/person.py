"""What an account's name says about the resume that names it: likeness to the person, to a word, to an employer."""

from __future__ import annotations

import re
from functools import cached_property

from ..models.document import Document
from ..structure.contact import EMAIL
from ..structure.folding import fold
from ..structure.known_names import names_vocabulary, ordinary_words, tool_names
from ..structure.sections import Section, heading_section

_HEADER_LINES = 10
_LONGEST_HEADING = 60
_NAME_WORDS = 5
_SHORTEST = 3
_SHORTEST_MAILBOX = 5
_TELLING_PART = 4
_ADDRESSES = re.compile(r"\S*[/@]\S*|\S+\.\w\S*")


class Person:
    """The candidate as far as accounts need it.

    Args:
        document: the resume.
        names: names that were found; without any, the first line is taken for one when it can be.
    """

    def __init__(self, document: Document, names: tuple[str, ...] = ()) -> None:
        self._text = document.text
        words = {
            word
            for name in names or (self._first_line(),)
            for word in re.findall(r"[^\W\d_]+", fold(name))
        }
        self._words = {
            w for w in words if len(w) >= _SHORTEST and w not in names_vocabulary("not_names")
        }
        boxes = {
            re.sub(r"[^a-z]", "", fold(mail.split("@")[0])) for mail in EMAIL.findall(document.text)
        }
        self._mailboxes = {
            b
            for b in boxes
            if len(b) >= _SHORTEST_MAILBOX and b not in names_vocabulary("mailboxes")
        }

    def _first_line(self) -> str:
        line = next((line for line in self._text.split("\n") if line.strip()), "")
        is_name = len(line.split()) <= _NAME_WORDS and not _ADDRESSES.search(line)
        return line if is_name else ""

    @cached_property
    def header_end(self) -> int:
        """Where the first lines end: what stands there is the candidate's own, not somebody's mentioned in passing."""
        position = seen = 0
        for line in self._text.split("\n"):
            if seen >= _HEADER_LINES or (seen and _ends_header(line)):
                break
            position += len(line) + 1
            seen += bool(line.strip())
        return position

    def resembles(self, login: str) -> bool:
        """Whether a login holds a part of the name, or is the mailbox of a mail address."""
        return self.likeness(login) > 0

    def likeness(self, login: str) -> int:
        """How many parts of the name a login holds, and one more where it is a mailbox."""
        letters = re.sub(r"[^a-z]", "", fold(login))
        return (letters in self._mailboxes) + sum(word in letters for word in self._words)

    def is_distinct(self, login: str) -> bool:
        """Whether a login is made as accounts are and no word or tool is."""
        folded = fold(login)
        parts = [part for part in re.split(r"[\d-]+", folded) if part]
        long_enough = any(len(part) >= _TELLING_PART for part in parts)
        if not long_enough or not re.search(r"[\d-]", folded) or folded in tool_names():
            return False
        numbered = re.search(r"\d\d$", folded) and not tool_names().intersection(parts)
        words = ordinary_words() | tool_names()
        return bool(numbered) or not all(part in words for part in parts)

    def is_named_otherwise(self, login: str) -> bool:
        """Whether the resume also uses the login as words, as it does with employers and projects."""
        letters = re.sub(r"[^a-z0-9]", "", fold(login))
        return len(letters) > _SHORTEST and not self.resembles(login) and letters in self._squashed

    @cached_property
    def _squashed(self) -> str:
        return re.sub(r"[^a-z0-9]", "", fold(_ADDRESSES.sub(" ", self._text)))


def _ends_header(line: str) -> bool:
    """Whether a line begins a section or an item of a list."""
    bare = line.strip()
    if re.match(r"[-•*▪–·]\s", bare):
        return True
    section = heading_section(bare) if 2 < len(bare) < _LONGEST_HEADING else None
    return section is not None and section not in {Section.HEADER, Section.OTHER}

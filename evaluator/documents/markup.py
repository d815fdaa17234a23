"""Signs of Markdown in a text, its front matter, and whether its lines were broken to a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

_SIGNS = re.compile(
    r"^ {0,3}#{1,6} +\S"  # a heading
    r"|^ {0,3}(?:```|~~~)"
    r"|^ {0,3}\|?[ :]*-{3,}[ :]*\|[ :|-]*$"  # the line under a table's head
    r"|^ {0,3}\[[^\]\n]{1,80}\]:\s"
    r"|^ {0,3}</?(?:div|p|h[1-6]|br|img|table|tr|td|ul|ol|li|details|summary|span|a|center|style|b|i|hr)\b[^<>\n]{0,400}>"
    r"|\*\*[^\s*][^*\n]{0,400}\*\*"
    r"|(?<![\w_])__[^\s_][^_\n]{0,400}__(?![\w_])"
    r"|\]\((?:https?:|mailto:|tel:|#|www\.)"
    r"|<!--"
    r"|\\[*_#%&\[\]()+.!|-]"
    r"|&(?:nbsp|amp|lt|gt|emsp|ensp|middot|bull|mdash|ndash);",
    re.M | re.I,
)
_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<front>(?:(?!---|\.\.\.)[^\n]*\n){1,400}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_FIELD = re.compile(r"[A-Za-z_][\w -]{0,40}:")
_SHOWN = frozenset(
    "title subtitle name author email mail phone mobile tel location address city country github gitlab "
    "linkedin twitter website homepage url site web tagline headline job_title jobtitle position role".split()
)
"""Fields that templates print at the head of the page."""
_SHORT = 4
"""Words of a name, a title or an address."""
_LONG = 110
_FEW = 20


def is_markdown(text: str) -> bool:
    """Whether a text marks anything up; without a sign both readings are the same."""
    return _SIGNS.search(text) is not None or _FRONT.match(text) is not None


class FrontMatter(NamedTuple):
    """A text and what its front matter says."""

    text: str
    """What follows it."""
    shown: list[str]
    """Names and addresses, as nearly all templates print them at the head of the page."""
    unsure: list[str]
    """Sentences that only some of them print."""
    rest: str


def without_front_matter(text: str) -> FrontMatter:
    """The text and its front matter."""
    found = _FRONT.match(text)
    if found is None or not any(_FIELD.match(line) for line in found["front"].splitlines()):
        return FrontMatter(text, [], [], "")
    shown: list[str] = []
    unsure: list[str] = []
    rest: list[str] = []
    for line in found["front"].splitlines():
        key, _, value = line.partition(":")
        value = value.strip().strip("\"'")
        if key.strip().lower() in _SHOWN and key == key.lstrip() and value:
            named = key.strip().lower() in {
                "title",
                "subtitle",
                "name",
                "author",
                "tagline",
                "headline",
            }
            told = shown if len(value.split()) <= _SHORT else unsure
            told.append(value if named else f"{key.strip()}: {value}")
        elif value or not line[:1].isalpha():
            rest.append(value or line.strip(" -"))
    return FrontMatter(text[found.end() :], shown, unsure, " ".join(rest))


def is_broken_to_width(lines: Sequence[str]) -> bool:
    """Whether an editor kept all lines short, so that sentences run on; else a line end is a line end."""
    told = [line for line in lines if line.strip()]
    long = sum(len(line) > _LONG and " " in line[_LONG // 2 : _LONG] for line in told)
    return long * _FEW <= len(told)


def squashed(text: str) -> str:
    """Letters and digits alone, small, by which two ways to set the same words are compared."""
    plain = text if text.isascii() else normalize("NFKC", text)
    return "".join(filter(str.isalnum, plain.casefold()))

"""A name that an account spells: *Lin Xiao-Dong* of linxiaodong@, where the resume gives the name in another script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, permutations

from ..structure.folding import fold
from ..structure.known_names import ordinary_words, tool_names

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s,.'’-]{1,3}")
_LEAST, _MOST_WORDS = 6, 3


def account_letters(account: str) -> str | None:
    """The letters of an account that could spell a name; None where it is too short."""
    letters = "".join(_WORD.findall(fold(account)))
    return letters if len(letters) >= _LEAST else None


def spelled_spans(text: str, accounts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where two or three words that begin large make up an account, in any order.

    Args:
        text: of a passage.
        accounts: letters of the person's accounts, folded.
    """
    # Each word of such a name stands whole in the account, which few words of a text do.
    words = [word for word in _WORD.finditer(text) if _is_in(fold(word[0]), accounts)]
    at = 0
    while at < len(words) - 1:
        end = _end_of_name(text, words, at, accounts)
        if end:
            yield words[at].start(), words[end - 1].end()
        at = end or at + 1


def _is_in(word: str, accounts: frozenset[str]) -> bool:
    return any(word in account for account in accounts)


def _end_of_name(
    text: str, words: list[re.Match[str]], at: int, accounts: frozenset[str]
) -> int | None:
    if not words[at][0][0].isupper():
        return None
    for end in range(min(len(words), at + _MOST_WORDS), at + 1, -1):
        some = words[at:end]
        gaps = [text[a.end() : b.start()] for a, b in pairwise(some)]
        if not all(map(_BETWEEN.fullmatch, gaps)):
            continue
        folded = [fold(word.group()) for word in some]
        if all(word in ordinary_words() or word in tool_names() for word in folded):
            continue
        if any("".join(order) in accounts for order in permutations(folded)):
            return end
    return None

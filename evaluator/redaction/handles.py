"""A name inside other words: file names, paths, accounts, packages and products called after somebody.

*zquill/ranker*, *ZoraNet*, *zoraquillfeather90*: what a person is called by machines holds the name, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..models.base import Value
from ..structure.folding import fold
from ..structure.known_names import ordinary_words, tool_names

_LEAST_PART, _LEAST_TOGETHER, _LEAST_BEGUN = 5, 7, 4
_RUN = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MOST_BEYOND = 3
"""Letters that an account has beside a name: *the*, *mr*, *dev*."""
_AROUND = "/@~:"


class Handles(Value):
    """What machines call one person, folded."""

    parts: frozenset[str] = frozenset()
    """Words that are nothing but a part of the name."""
    together: tuple[str, ...] = ()
    """Two words of the name, or a letter and a word, as one."""
    begun: tuple[tuple[str, str], ...] = ()
    """A word of the name and the first letter of another one, of which accounts take the beginning."""

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where such a word stands."""
        if not self.parts and not self.together:
            return
        for match in _RUN.finditer(text):
            run = match.group()
            if not self._may_hold(run.lower()):
                continue
            if self._is_account(run.lower(), text[: match.start()][-1:], text[match.end() :][:1]):
                yield match.span()
            elif run.lower() not in tool_names():
                yield from self._humps(run, match.start())

    def _may_hold(self, run: str) -> bool:
        return len(run) >= _LEAST_BEGUN and self._heads.search(run) is not None

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        heads = {name[:_LEAST_BEGUN] for name in (*self.parts, *self.together)}
        heads |= {name[:_LEAST_BEGUN] for name, _ in self.begun}
        return re.compile("|".join(sorted(map(re.escape, heads))))

    def _is_account(self, run: str, before: str, after: str) -> bool:
        letters = run.strip("0123456789")
        for name in self.together:
            at = letters.find(name)
            if at >= 0 and len(letters) - len(name) <= _MOST_BEYOND + (len(name) > _LEAST_TOGETHER):
                return True
        if before not in _AROUND and after not in set(_AROUND):
            return False
        if not before and after != "/":
            return False
        return any(
            len(rest) >= _LEAST_BEGUN and name.startswith(rest)
            for name, first in self.begun
            for rest in (letters.removeprefix(first), letters.removesuffix(first))
            if rest != letters and rest not in ordinary_words() and rest not in tool_names()
        )

    def _humps(self, run: str, offset: int) -> Iterator[tuple[int, int]]:
        humps = list(_HUMP.finditer(run))
        if len(humps) < 2:
            return
        for hump in humps:
            if len(hump.group()) >= _LEAST_BEGUN and hump.group().lower() in self.parts:
                yield offset + hump.start(), offset + hump.end()


def handles_of(names: Sequence[str], parts: frozenset[str]) -> Handles:
    """Of one person.

    Args:
        names: Latin ones tell.
        parts: those that mean nothing else, folded.
    """
    together: set[str] = set()
    begun: set[tuple[str, str]] = set()
    for name in names:
        words = [word for word in re.findall(r"[a-z]+", fold(name).replace("-", " ")) if word]
        for one in words:
            for other in words:
                if one is other:
                    continue
                together |= {one + other, one[0] + other, other + one[0]}
                begun.add((other, one[0]))
    kept = {
        name
        for name in together
        if len(name) >= _LEAST_TOGETHER
        and name not in ordinary_words()
        and name not in tool_names()
    }
    return Handles(
        parts=frozenset(part for part in parts if part.isascii() and len(part) >= _LEAST_BEGUN),
        together=tuple(sorted(kept)),
        begun=tuple(sorted(begun)),
    )

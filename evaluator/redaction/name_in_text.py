"""The candidate's name in running text, in every order, spelling and inflection.

A part of the name that is also a tool or an ordinary word goes only where the text speaks of a person: beside another
part, an initial or a title, before a verb at the beginning of a clause, in the middle of a sentence with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..models.base import Value
from ..structure.folding import fold
from ..structure.known_names import (
    given_names,
    names_vocabulary,
    ordinary_words,
    tool_names,
)
from ..structure.name_pieces import is_foreign, script_of
from .address import is_addressed
from .dense import dense_spans
from .inflections import MOST_INFLECTED, stems_of
from .signing import is_author, is_dashed, is_introduced, is_signed
from .speech import words

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0971-\u09e5"
    "\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0c00-\u0c65\u0c80-\u0ce5\u0d00-\u0d65\u0d70-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u1000-\u103f\u1056-\u109d\u17b4-\u17d3\u200c\u200d"
)
TOKEN = re.compile(rf"[^\W_\d](?:[^\W_\d]|[{_MARKS}]|[■□\ufffd](?=[^\W_\d]))*")
"""A word with the signs that its script sets apart from letters."""
_BEFORE_CLAUSE = '.;:!?•·–—("“„»*|\n。；：！？、'
_BETWEEN = re.compile(r"[\s.,'’\-‐‑·・_\"“”()]{1,4}")
_CLOSE = re.compile(r"[\s.'’\-‐‑·・_]{1,3}")
_PRONOUNS_BEHIND = re.compile(r"\s?[(\[]\s?\w{2,5}(?:\s?/\s?\w{2,6}){1,3}\s?[)\]]")
_WINDOW = 24
"""Characters before a word in which its clause may begin."""
_LAST_LATIN = "\u024f"
_WHOLE_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ ]?){2,5}")


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str
    sure: bool = False
    inflected: bool = False
    possible: bool = False


class Person(Value):
    """Parts of one person's names, folded."""

    parts: frozenset[str] = frozenset()
    """Words that are nothing but a part of the name."""
    taken: frozenset[str] = frozenset()
    """Parts that mean something else as well."""
    exact: frozenset[str] = frozenset()
    """Short parts, as they are written in the middle of a sentence."""
    short: frozenset[str] = frozenset()
    """Short and pet forms of the given names, and other spellings of these."""
    monograms: frozenset[str] = frozenset()
    """The first letters of the name as they are written together."""
    initials: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    """*van*, *al*, *O* of this name."""
    dense: tuple[str, ...] = ()
    """Parts in scripts without spaces, longest first, as they stand."""
    dense_called: tuple[str, ...] = ()
    """What somebody is called in these scripts by letters of the name."""
    calls: frozenset[str] = frozenset()
    """Beginnings and ends of the name that somebody may be called by."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the person is named."""
        if not (self.parts or self.taken or self.exact or self.dense or self.short):
            return []
        found = list(dense_spans(text, self.dense, self.dense_called))
        folded = fold(text)
        if any(letters in folded for letters in self._letters) or self._calls.search(text):
            tokens = self._tokens(text)
            for index, token in enumerate(tokens):
                if token.possible and not token.sure:
                    token.sure = self._is_person(text, tokens, index)
            found += self._runs(text, tokens)
        found += [
            (m.start(), m.end()) for m in _WHOLE_INITIALS.finditer(text) if self._is_initials(m[0])
        ]
        return found

    def _is_initials(self, text: str) -> bool:
        letters = [c for c in fold(text) if c.isalpha()]
        known = "".join(letters)
        if known in names_vocabulary("not_initials"):
            return False
        if len(letters) == 2:
            return known.upper() in self.monograms and known not in words("abbreviations")
        of_particles = {particle[0] for particle in self.particles}
        return len(letters) > 2 and self.initials <= set(letters) <= self.initials | of_particles

    def _tokens(self, text: str) -> list[_Token]:
        tokens = []
        for match in TOKEN.finditer(text):
            folded = fold(match.group())
            token = _Token(match.start(), match.end(), match.group(), folded)
            token.sure = folded in self.parts or token.text in self.exact
            token.inflected = not token.sure and self._is_inflected(token)
            token.possible = (
                folded in self.taken
                or folded in self.short
                or (folded in self.calls and token.text.istitle())
                or self._is_short(token)
                or self._is_monogram(token)
            )
            tokens.append(token)
        for index, token in enumerate(tokens):
            if token.sure:
                token.sure = not _is_of_a_term(tokens, index, "lasting_terms")
            else:
                token.sure = token.inflected and not _is_of_a_term(tokens, index, "terms")
        return tokens

    def _is_inflected(self, token: _Token) -> bool:
        """Whether a word is a form of a part; a tool is none, as *RoBERTa* of *Robert*."""
        if token.folded in tool_names():
            return False
        if token.text.islower() and script_of(token.text[0]) == "latin":
            return False
        if token.folded[:MOST_INFLECTED] not in self._heads:
            return False
        return any(stem in self._stems for stem in stems_of(token.folded))

    def _is_short(self, token: _Token) -> bool:
        return (
            len(token.folded) <= 2
            and token.text.istitle() is False
            and token.text.title() in self.exact
        )

    def _is_monogram(self, token: _Token) -> bool:
        return token.text in self.monograms and not (
            token.folded in words("abbreviations")
            or token.folded in names_vocabulary("not_initials")
            or token.folded in tool_names()
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        """Parts long enough to be inflected, and those in vowels without these."""
        least = MOST_INFLECTED
        long = {p for p in self.parts if len(p) > least or (len(p) == least and not p.isascii())}
        return frozenset(long | {part[:-1] + "*" for part in long if part[-1] in "aeoаяоеиійьη"})

    @cached_property
    def _letters(self) -> frozenset[str]:
        """Letters of which some stand, folded, in every text that holds a part of the name in any form."""
        said = self.parts | self.taken | self.short | self._heads
        return said | frozenset(map(fold, self.exact | self.monograms))

    @cached_property
    def _calls(self) -> re.Pattern[str]:
        forms = "|".join(sorted(map(re.escape, self.calls), key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{forms or '(?!)'})(?!\w)", re.I)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(stem[:MOST_INFLECTED] for stem in self._stems)

    def _is_person(self, text: str, tokens: Sequence[_Token], index: int) -> bool:
        token = tokens[index]
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if self._is_beside(text, before, token) or self._is_beside(text, token, after):
            return True
        if len(token.folded) <= 2 and not token.text[0].isupper():
            return False
        if is_addressed(text, token.start, token.end):
            return True
        if not token.text[0].isupper() and script_of(token.text[0]) == "latin":
            return False
        if _acts(text, tokens, index):
            # Tools do much that ends in -ed; few are called like the pet form of a name.
            is_plain = token.folded not in self.short or token.folded not in tool_names()
            return is_plain or tokens[index + 1].folded in words("verbs")
        return self._is_spoken_of(text, tokens, index)

    def _is_spoken_of(self, text: str, tokens: Sequence[_Token], index: int) -> bool:
        """Whether a word with a capital is signed, owns something, acts with others or is named in a sentence."""
        token = tokens[index]
        is_tool = token.folded in tool_names()
        if is_signed(text, token.start, token.end, tool=is_tool):
            return True
        if is_introduced(text, token.start, token.end, tool=is_tool):
            return True
        if token.folded not in self.short | self.calls:
            return self._is_named(text, tokens, index)
        if is_tool:
            return False
        if _acts_with_others(text, tokens, index):
            return True
        if token.folded in ordinary_words():
            return False
        if text[token.end : token.end + 2] in {"'s", "’s"} or is_dashed(
            text, token.start, token.end
        ):
            return True
        if token.folded in self.calls:
            return is_author(text, token.start, token.end)
        return token.text.istitle() and self._is_named(text, tokens, index)

    def _is_beside(self, text: str, left: _Token | None, right: _Token | None) -> bool:
        """Whether the neighbour is another part of the name, or an initial of one."""
        if left is None or right is None:
            return False
        between = text[left.end : right.start]
        if not _BETWEEN.fullmatch(between):
            return False
        if left.sure or right.sure:
            return "," not in between or not (left.possible and right.possible)
        for one, other in ((left, right), (right, left)):
            if (
                len(other.text) == 1
                and other.text.isupper()
                and other.folded in self.initials
                and one.possible
            ):
                follows = text[other.end : other.end + 1]
                return one.text[0].isupper() and (follows in {".", ",", ";", ""} or other is left)
        if not (left.possible and right.possible and between.isspace()):
            return False
        small = {left.folded, right.folded} & self.taken
        return left.folded != right.folded and (left.text[0].isupper() or not small)

    def _is_named(self, text: str, tokens: Sequence[_Token], index: int) -> bool:
        """A capital in the middle of a sentence, at a word that is no tool's."""
        token = tokens[index]
        if token.folded in tool_names() or token.text.isupper() or _opens_clause(text, token.start):
            return False
        near = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
        if any(o.text[0].isupper() and not (o.sure or o.folded in self.short) for o in near):
            return False
        follows = text[token.end : token.end + 2].strip()
        return (
            bool(near)
            and not follows[:1].isdigit()
            and not text[max(0, token.start - 3) : token.start].strip().isdigit()
        )

    def _runs(self, text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
        """Named words with the particles, titles and initials between and around them."""
        last: tuple[int, int] | None = None
        for index, token in enumerate(tokens):
            if not token.sure:
                continue
            start = self._grown_left(text, tokens, index)
            end = self._grown_right(text, tokens, index)
            if last and (start <= last[1] or self._is_joint(text[last[1] : start])):
                last = (last[0], max(last[1], end))
            else:
                if last:
                    yield last
                last = (start, end)
        if last:
            yield last

    def _is_joint(self, between: str) -> bool:
        words = TOKEN.findall(between)
        particles = names_vocabulary("particles")
        marks = TOKEN.sub("", between)
        plain = len(marks) <= 2 + 2 * len(words) and not set(marks) - set(" .,'’-‐‑·・_\u00a0\n")
        return (
            plain
            and all(word in particles or len(word) == 1 for word in words)
            and marks.count(",") < 2
        )

    def _grown_left(self, text: str, tokens: Sequence[_Token], index: int) -> int:
        start = tokens[index].start
        while index and _CLOSE.fullmatch(text[tokens[index - 1].end : start]):
            other = tokens[index - 1]
            if not self._leads(other, text[other.end : start]):
                break
            start, index = other.start, index - 1
        return start

    def _leads(self, token: _Token, between: str) -> bool:
        """Whether a word before the name belongs to it: title, initial, particle or a short form."""
        if len(token.text) == 1 and token.text.isupper():
            return token.folded in self.initials or (
                token.folded in self.particles and "\n" not in between
            )
        if not token.text[0].isupper():
            return token.folded in self.particles and (
                len(token.text) > 2 or between in {"-", "'", "’"}
            )
        if token.folded in self.particles:
            return len(token.text) > 1
        is_short = len(token.folded) > 2 and between.isspace()
        return is_short and any(part.startswith(token.folded) for part in self.parts)

    def _grown_right(self, text: str, tokens: Sequence[_Token], index: int) -> int:
        end = tokens[index].end
        for other in tokens[index + 1 : index + 4]:
            is_initial = (
                len(other.text) == 1 and other.text.isupper() and other.folded in self.initials
            )
            follows = text[other.end : other.end + 1]
            if (
                not is_initial
                or not re.fullmatch(r",? ?\.? ?", text[end : other.start])
                or follows.isalnum()
            ):
                break
            if follows not in {".", ",", ";", ")", "", ":"} and "," in text[end : other.start]:
                break
            end = other.end + (follows == ".")
        behind = _PRONOUNS_BEHIND.match(text, end)
        return behind.end() if behind else end


def _is_of_a_term(tokens: Sequence[_Token], index: int, kind: str) -> bool:
    """*JD Edwards*, *Matthews correlation*: a name of a product, a firm or a method, whoever is called nearly so."""
    near = [token.folded for token in tokens[max(0, index - 1) : index + 2]]
    return any(f"{one} {other}" in words(kind) for one, other in pairwise(near))


def _opens_clause(text: str, start: int) -> bool:
    before = text[max(0, start - _WINDOW) : start].rstrip(" \t'\"“*_-")
    return not before or before[-1] in _BEFORE_CLAUSE


def _acts(text: str, tokens: Sequence[_Token], index: int) -> bool:
    """Whether a person's verb follows at the beginning of a clause."""
    token = tokens[index]
    before = text[max(0, token.start - _WINDOW) : token.start].rstrip()
    if not (_opens_clause(text, token.start) or before.endswith(",")):
        return False
    following = [t for t in tokens[index + 1 : index + 4] if "\n" not in text[token.end : t.start]]
    if not following or following[0].text[0].isupper():
        return False
    between = text[token.end : following[0].start]
    if between in {"'", "’"} and following[0].text == "s":
        return len(following) > 1 and following[1].folded in words("possessed")
    if not between.isspace():
        return False
    verb = next((t.folded for t in following if t.folded not in words("adverbs")), "")
    if verb in words("tool_verbs"):
        return False
    return following[0].folded in words("verbs") or _is_persons_verb(verb)


def _is_persons_verb(word: str) -> bool:
    if word in words("verbs"):
        return True
    return word.endswith("ed") and len(word) > 4 and word not in words("tool_verbs")


def _acts_with_others(text: str, tokens: Sequence[_Token], index: int) -> bool:
    """*Wale and two others wrote*, *Wale and Kunle wrote*: the verb stands behind those who act together."""
    token = tokens[index]
    following = tokens[index + 1 : index + _OTHERS]
    if not any(_is_persons_verb(other.folded) for other in following):
        return False
    is_second = index > 1 and tokens[index - 1].folded in words("and") and tokens[index - 2].sure
    between = text[token.end : following[0].start]
    joined = between.isspace() and following[0].folded in words("and")
    return is_second or (_opens_clause(text, token.start) and (joined or between.strip() == "&"))


_OTHERS = 6
"""Words behind a name in which the verb stands, for several who act."""


def may_name(text: str) -> bool:
    """Whether somebody who is not known could be named: by a given name, at the beginning, or in other letters."""
    if any(character > _LAST_LATIN and character.isalpha() for character in text):
        return True
    words = TOKEN.findall(text)
    known = [
        is_foreign(fold(w)) or fold(w) in ordinary_words() or fold(w) in tool_names() for w in words
    ]
    if not all(known[:2]):
        return True
    return any(
        word[0].isupper() and fold(word) in given_names() and not ordinary
        for word, ordinary in zip(words, known, strict=True)
    )

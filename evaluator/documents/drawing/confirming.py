"""What the reader of a document takes as shown, checked against a program's picture of the document.

The picture only takes away: the order, the lists and the links stay those of the file, and what the reader knows to be
hidden stays hidden even where a program draws it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from ...errors import DocumentError
from ..draft import Draft, DraftLine, Hidden
from ..markup import squashed
from .as_drawn import NOT_DRAWN, read_view
from .pictures import View
from .runs import in_place, without_raised

_RUN = 3
"""Words in a row that are found whatever the page's breaks of lines make of their spaces and hyphens."""
_LEAST_OF_RUN = 6
"""Letters of such words."""
_LEAST_LETTERS = 10
"""Of a line that is found as one piece; shorter ones stand within other words by chance."""
_LONG = 12
_LEAST_PIECE = 4
_MOST_JOINED = 4
_SOME = 0.4
_MOST_UNSEEN = 0.5
"""Of a line's words; the words of a line that is hidden may stand elsewhere."""


def confirmed(draft: Draft, views: list[View]) -> Draft | None:
    """The draft without what a picture does not show, which is told as unverified; None where there is no picture.

    Args:
        draft: as its format's reader has it.
        views: at least one; all of them show what counts.
    """
    try:
        seen = [read_view(view) for view in views]
    except DocumentError:
        return None
    pages = [
        _Page.of(
            [line.text for line in one.lines], [line.text for line in draft.lines], draft.undrawn
        )
        for one in seen
    ]
    lines, unseen = _split(draft.lines, pages)
    if not unseen:
        return draft
    lost = " ".join(unseen)
    return replace(
        draft,
        lines=lines,
        links=[link for link in draft.links if not link.label or link.label not in lost],
        unverified=[*draft.unverified, *(Hidden(NOT_DRAWN, text) for text in unseen)],
    )


def _split(lines: list[DraftLine], pages: list[_Page]) -> tuple[list[DraftLine], list[str]]:
    """What of some lines all pages show, and the rest.

    A word that only one of them lacks is there: a thin line may run through it in one window.
    """
    shown: list[DraftLine] = []
    unseen: list[str] = []
    for line in lines:
        words = line.text.split()
        lacks = [
            set[int]() if page.shows_some_of(line.text) else page.lacking(line.text)
            for page in pages
        ]
        lacking = set.intersection(*lacks)
        if max(map(len, lacks)) > _MOST_UNSEEN * len(words):
            unseen.append(line.text)
        elif not lacking:
            shown.append(line)
        else:
            rest = " ".join(word for place, word in enumerate(words) if place not in lacking)
            shown.append(replace(line, text=rest))
            unseen.append(" ".join(words[place] for place in sorted(lacking)))
    return shown, unseen


@dataclass
class _Page:
    """What a picture shows.

    A machine may have no typeface for a script, and draws the same sign for all its letters. Where the document is mostly
    written in such a script, its words are not looked for.
    """

    whole: str
    """Its letters in order, without spaces."""
    missing: frozenset[str]
    """Words of the document that it shows, beside those that stand beside them there, less often than the document has them."""
    is_rough: bool
    """The document is mostly written in a script of which pictures give letters in an order of their own."""

    @classmethod
    def of(cls, shown: list[str], known: list[str], undrawn: list[str]) -> _Page:
        """By the lines that a picture shows, those that the document has, and what is not expected of a picture."""
        whole, words = squashed("".join(shown)), _words(" ".join(known))
        is_rough = sum(map(_is_of_large_script, "".join(words))) > len("".join(words)) // 2
        drawn = _words(" ".join(shown)) if is_rough else in_place(shown, known)
        missing = Counter(words) - Counter((*drawn, *_words(" ".join(undrawn))))
        is_drawn = not is_rough or _is_drawn("".join(words), whole)
        joined = _joined(_words(" ".join(shown)))
        pieces = frozenset(drawn)
        found = (
            word
            for word in missing.keys() - joined
            if (is_drawn or not _is_excused(word, pieces))
            and not (is_rough and word.isdigit() and word[::-1] in whole)
        )
        ends = {word for line in shown for word in _words(line)[-1:]}
        starts = {word for line in shown for word in _words(line)[:1]}
        unseen = frozenset(
            word
            for word in found
            if not _is_broken(word, ends, starts)
            and not (pieces.issuperset(raised := without_raised(word)) and raised)
        )
        extra = Counter(_words(" ".join(shown))) - Counter(words)
        unseen -= _beside_initials(unseen, extra, {squashed(line)[:1] for line in known})
        return cls(whole, unseen, is_rough)

    def shows_some_of(self, text: str) -> bool:
        """Whether a line of a script that is read roughly is there for the most part."""
        letters = squashed(text)
        if not self.is_rough or sum(map(_is_of_large_script, letters)) * 2 < len(letters):
            return False
        pairs = ["".join(pair) for pair in pairwise(letters)]
        return len(letters) < _LEAST_PIECE or sum(
            pair in self.whole or pair[::-1] in self.whole for pair in pairs
        ) > _SOME * len(pairs)

    def lacking(self, text: str) -> set[int]:
        """Numbers of the words of a line that it does not show."""
        whole = squashed(text)
        if len(whole) >= _LEAST_LETTERS and whole in self.whole:
            return set()
        words = [squashed(word) for word in text.split()]
        told = [place for place, word in enumerate(words) if word]
        lacking = {place for place in told if words[place] in self.missing}
        for start in range(len(told) - _RUN + 1 if lacking else 0):
            run = told[start : start + _RUN]
            joined = "".join(words[place] for place in run)
            if lacking.intersection(run) and len(joined) >= _LEAST_OF_RUN and joined in self.whole:
                lacking.difference_update(run)
        return lacking


def _is_of_large_script(letter: str) -> bool:
    """Whether a letter is of a script that many machines have no typeface for; none that looks like Latin is one."""
    return letter >= "\u0590"


def _is_drawn(letters: str, whole: str) -> bool:
    """Whether a picture has typefaces for the script of some letters."""
    large = set(filter(_is_of_large_script, letters))
    return len(large.intersection(whole)) > len(large) // 2


def _joined(words: list[str]) -> set[str]:
    """What neighbours read as without the space between them, which may be a narrow one."""
    return {
        "".join(words[start : start + count])
        for count in range(2, _MOST_JOINED + 1)
        for start in range(len(words) - count + 1)
    }


def _is_excused(word: str, drawn: frozenset[str]) -> bool:
    """Whether a word is not looked for where there is no typeface for its script; letters of another in it are."""
    others = "".join(letter for letter in word if not _is_of_large_script(letter))
    return len(others) < len(word) and (len(others) * 2 <= len(word) or others in drawn)


def _beside_initials(unseen: frozenset[str], shown: Counter[str], initials: set[str]) -> set[str]:
    """Words that stand right behind a large initial of several lines, and those that have lost it.

    Args:
        unseen: words that the picture seems not to show.
        shown: what it shows that the document has not.
        initials: first letters of the document's lines.
    """
    found = {
        (letter, word)
        for word in unseen
        for letter in initials
        if letter and letter + word in shown
    }
    large = {letter for letter, _ in found}
    return (
        {word for _, word in found}
        | large
        | {word for word in unseen if word[0] in large and word[1:] in shown}
    )


def _is_broken(word: str, ends: set[str], starts: set[str]) -> bool:
    """Whether a long word, or a sentence of a script without spaces, stands in two pieces where lines end."""
    places = range(_LEAST_PIECE, len(word) - _LEAST_PIECE + 1) if len(word) >= _LONG else ()
    return any(
        any(end.endswith(word[:place]) for end in ends)
        and any(start.startswith(word[place:]) for start in starts)
        for place in places
    )


def _words(text: str) -> list[str]:
    return [word for word in map(squashed, text.split()) if word]

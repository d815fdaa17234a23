"""Whose resume it is: candidates for the name from all over the document, scored together.

No line is believed for its place alone: towns, titles of documents, trades and employers stand on top as well. Where
nothing is likely enough there is no name, which is an answer; a person is asked then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..models.base import Value
from ..models.document import Document, Line
from .dense_names import dense_lines, dense_score
from .folding import fold
from .known_names import (
    given_names,
    is_place,
    names_vocabulary,
    ordinary_words,
    tool_names,
)
from .name_pieces import (
    ADDRESS,
    Piece,
    has_no_spaces,
    is_foreign,
    is_no_name,
    is_small,
    pieces_of,
    script_of,
    shaped,
    words_in,
)
from .sections import Section, heading_section
from .vocabulary import names_degree, vocabulary

SURE = 3.0
"""The score from which a line is taken for the name."""
_TOP_LINES = 14
"""Non-empty lines in which a name is looked for whatever its size."""
_LINES = 150
_LARGE = 1.3
"""Times the usual line's height."""
_BY_LINE = (3.0, 2.7, 2.4, 2.0, 1.7, 1.5, 1.3, 1.2, 1.1, 1.0)
_LABEL = re.compile(r"\s*([^:：\t]{1,40}?)\s*(?:[:：]\s*|\t+\s*|\s{3,}|$)(.*)", re.S)
_VALUE_END = re.compile(r"\t|\s{3,}|\||;|•|·|,?\s+\S[^:：\s]{0,20}\s?[:：]")
_NEAR = 3
_LONGEST_VALUE = 120
_LONGEST_TITLE = 60
_PROPERTY = 0.5
"""For a word that the file's title or author names: never enough to make a name of a line."""


class FoundName(Value):
    """A person's name as a resume gives it."""

    name: str
    others: tuple[str, ...] = ()
    """Nickname, former name, and the name in another script."""
    line: int
    """1-based number of its line."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line that is not empty."""

    line: Line
    text: str
    order: int
    """Its place among the lines that are not empty and name no document."""
    headed: bool
    """A section's heading stands above it."""
    large: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    piece: Piece
    row: _Row


def find_name(document: Document, handles: str, written_small: frozenset[str]) -> FoundName | None:
    """The name of the person that the document is about, or None where none is likely enough.

    Args:
        document: the resume.
        handles: its mail addresses, links and file name, folded.
        written_small: :func:`small_words` of the document.
    """
    rows = _rows(document)
    labelled = _labelled(rows)
    if labelled is not None:
        return labelled
    scorer = _Scorer(rows, handles, written_small, document.properties)
    candidates = [c for c in scorer.candidates() if c.score >= SURE]
    if not candidates:
        return None
    best = max(candidates, key=lambda c: (c.score, -c.row.order))
    return FoundName(
        name=best.piece.name, others=_others(best, candidates), line=best.row.line.number
    )


def _others(best: _Candidate, candidates: list[_Candidate]) -> tuple[str, ...]:
    """The same person's name in other letters, just above or below, and what stands in brackets."""
    mine = {script_of(word[0]) for word in best.piece.words}
    near = [
        c.piece.name
        for c in candidates
        if abs(c.row.order - best.row.order) <= 1
        and not mine & {script_of(word[0]) for word in c.piece.words}
    ]
    return tuple(dict.fromkeys([*best.piece.others, *near]))


def _rows(document: Document) -> list[_Row]:
    heights = sorted(line.box.y1 - line.box.y0 for line in document.lines if line.box)
    usual = heights[len(heights) // 2] if heights else 0.0
    rows: list[_Row] = []
    order, headed = 0, False
    for line in document.lines:
        text = document.text[line.start : line.end].strip()
        if not text:
            continue
        height = line.box.y1 - line.box.y0 if line.box else 0.0
        large = line.page == 1 and usual > 0 and height > _LARGE * usual
        rows.append(_Row(line, text, order, headed, large))
        if _is_noise(text):
            continue
        order += 1
        headed = headed or heading_section(text) is not None
    return rows


def _is_noise(text: str) -> bool:
    """Titles of documents, numbers of pages, rules and pictures take no line from the name."""
    if len(text) > _LONGEST_TITLE:
        return False
    plain = " ".join(fold(re.sub(r"[\W\d_]+", " ", text)).split())
    titles = names_vocabulary("titles")
    if not plain or plain in titles or (has_no_spaces(plain) and plain.replace(" ", "") in titles):
        return True
    noise = names_vocabulary("noise") | titles
    return any(c.isdigit() for c in text) and all(word in noise for word in plain.split())


def _labelled(rows: list[_Row]) -> FoundName | None:
    """What stands behind *Name:*, or behind *First name:* and *Last name:*."""
    parts: dict[str, tuple[str, _Row]] = {}
    for index, row in enumerate(rows):
        if _opens_references(row.text):
            break
        kind, value = _label_and_value(row.text.lstrip("-•*#|> "))
        if kind is None or kind in parts:
            continue
        below = rows[index + 1].text if index + 1 < len(rows) else ""
        name = _value_of(value or below)
        if name:
            parts[kind] = (name, row)
        if "full" in parts and (" " in parts["full"][0] or "family" in parts):
            break
    return _from_labels(parts)


def _opens_references(text: str) -> bool:
    return len(text) < 40 and heading_section(text) is Section.OTHER and "refer" in fold(text)


def _label_and_value(text: str) -> tuple[str | None, str]:
    match = _LABEL.match(text)
    kind = _label_kind(match.group(1)) if match else None
    if match and kind:
        return kind, match.group(2).strip(" *|")
    first, _, rest = text.replace("\u3000", " ").partition(" ")
    return (_label_kind(first), rest.strip()) if has_no_spaces(first) else (None, "")


def _label_kind(label: str) -> str | None:
    plain = fold(label).strip(" *_.")
    for kind, words in (
        ("full", "labels"),
        ("given", "given_labels"),
        ("middle", "middle_labels"),
        ("family", "family_labels"),
    ):
        if plain in names_vocabulary(words):
            return kind
    return None


def _value_of(value: str) -> str | None:
    value = value[:_LONGEST_VALUE]
    if has_no_spaces(value) and len(value.strip()) <= 2:
        return value.strip()
    end = _VALUE_END.search(value)
    pieces = pieces_of(value[: end.start()] if end else value)
    for piece in pieces:
        if not is_no_name(piece.words):
            return "\n".join([piece.name, *piece.others])
    return None


def _from_labels(parts: dict[str, tuple[str, _Row]]) -> FoundName | None:
    if "full" in parts and "family" in parts and " " not in parts["full"][0]:
        parts["given"] = parts.pop("full")
    if "full" in parts:
        (name, *others), row = parts["full"][0].split("\n"), parts["full"][1]
        return FoundName(name=name, others=tuple(others), line=row.line.number)
    if not {"given", "family"} & parts.keys():
        return None
    values = [parts[k][0].split("\n")[0] for k in ("given", "middle", "family") if k in parts]
    if len(values) == 1 and len(values[0].split()) < 2:
        return None
    row = next(iter(parts.values()))[1]
    joint = "" if has_no_spaces("".join(values)) and len(values) > 1 else " "
    if not joint:
        values.reverse()
    return FoundName(name=joint.join(values), line=row.line.number)


class _Scorer:
    """Candidates with what speaks for and against each."""

    def __init__(
        self,
        rows: list[_Row],
        handles: str,
        written_small: frozenset[str],
        properties: tuple[str, ...],
    ) -> None:
        self._rows = rows
        self._handles = handles
        self._written_small = written_small
        self._properties = frozenset(words_in(fold(" ".join(properties))))

    def candidates(self) -> Iterator[_Candidate]:
        for index, row in enumerate(self._rows[:_LINES]):
            if not self._may_hold(row):
                continue
            for piece in pieces_of(row.text):
                yield _Candidate(self._score(piece, row, index), piece, row)
            joined = self._with_next(index, row)
            if joined is not None:
                yield _Candidate(self._score(joined, row, index) + 0.5, joined, row)

    def _may_hold(self, row: _Row) -> bool:
        if row.order >= _TOP_LINES and not row.large:
            if len(row.text) > 60:
                return False
            if not any(len(word) > 3 and word in self._handles for word in words_in(row.text)):
                return False
        if len(row.text) > 200:
            return False
        # "Resume" beside a name makes no heading of the line; its pieces are looked at again.
        return heading_section(row.text) is None or _has_title(row.text)

    def _with_next(self, index: int, row: _Row) -> Piece | None:
        """The given name on one line and the family's on the next."""
        if index + 1 >= len(self._rows) or (row.headed and not row.large):
            return None
        below = self._rows[index + 1]
        if heading_section(below.text) is not None or below.large != row.large:
            return None
        if has_no_spaces(row.text + below.text):
            return dense_lines(row.text, below.text)
        first, second = shaped(row.text), shaped(below.text)
        if not first or not second or len(second) > 4:
            return None
        if is_no_name([*first, *second]) or is_place(fold(below.text)) or is_place(fold(row.text)):
            return None
        if script_of(first[0][0]) != script_of(second[0][0]):
            return None
        particles = names_vocabulary("particles")
        core = [word for word in second if fold(word) not in particles]
        given = len(first) <= 2 and all(fold(w) in given_names() for w in first)
        if len(first) > 1 and not (
            given and (row.large or len(core) < len(second) or len(core) == 2)
        ):
            return None
        return Piece(" ".join([*first, *second]), (*first, *second), True, True)

    def _score(self, piece: Piece, row: _Row, index: int) -> float:
        text = fold(" ".join(piece.words))
        if is_place(text) or heading_section(piece.name) is not None:
            return 0.0
        return (
            self._of_place(row, index, piece.whole)
            + self._of_words(piece, row)
            + self._of_handles(piece)
            + self._of_properties(piece)
            + 0.5 * piece.whole
            - 2.0 * (not piece.first)
        )

    def _of_place(self, row: _Row, index: int, whole: bool) -> float:
        score = 3.0 * row.large
        if row.headed and not row.large:
            score -= 2.0 if whole else 3.0
        if row.order < len(_BY_LINE):
            score += _BY_LINE[row.order]
        around = self._rows[max(0, index - _NEAR) : index + _NEAR + 1]
        return score + any(_is_address(other.text) for other in around)

    def _of_words(self, piece: Piece, row: _Row) -> float:
        if has_no_spaces(piece.name):
            return dense_score(piece)
        folded = [fold(word).strip(".") for word in piece.words]
        core = [word for word in folded if len(word) > 1 and not _is_joint(word)] or folded
        halves = {half for word in core for half in re.split(r"[-'’‐‑]", word)}
        is_given = any(half in given_names() for half in halves)
        families = names_vocabulary("families")
        is_given = is_given or (len(core) > 1 and not families.isdisjoint((core[0], core[-1])))
        score = 1.0 * (not is_small(piece.name)) + 2.0 * is_given
        ordinary = [w for w in core if w not in given_names() and _is_taken(w)]
        if not is_given and 2 * len(ordinary) >= len(core) and not self._of_handles(piece):
            score -= 1.5
        score -= 1.0 * len(ordinary) + 2.0 * (len(ordinary) == len(core))
        is_trade = core[-1] in vocabulary().titles and core[-1] not in given_names()
        score -= 3.0 * (is_trade and (len(ordinary) > 1 or not is_given))
        score -= 3.0 * any("." in w.strip(".") and names_degree(w) for w in piece.words)
        score -= 2.0 * sum(is_foreign(word) for word in core)
        score -= 1.0 * is_foreign(core[-1])
        score -= min(2, sum(word in self._written_small for word in core)) * (
            not is_small(piece.name)
        )
        last = piece.words[-1]
        has_family = len(piece.words) > 1 and _is_joint(folded[-1]) and not last.islower()
        is_one = len(core) == 1 and not has_family
        return score - (0.0 if not is_one else 1.5 if is_given else self._of_one(core[0]))

    def _of_one(self, word: str) -> float:
        """A single word is a name where something else says it too."""
        is_latin = script_of(word[0]) in {"latin", "cyrillic", "greek"}
        return 1.5 if word in self._handles or not is_latin else 4.0

    def _of_handles(self, piece: Piece) -> float:
        words = [fold(word).strip(".") for word in piece.words]
        known = [word for word in words if len(word) > 2 and word in self._handles]
        return 1.5 * min(2, len(known))

    def _of_properties(self, piece: Piece) -> float:
        """A little for what the file's properties name too; they name templates and assistants as well."""
        words = [fold(word).strip(".") for word in piece.words]
        known = [word for word in words if len(word) > 2 and word in self._properties]
        return _PROPERTY * min(2, len(known)) if len(known) > 1 or len(words) == 1 else 0.0


def _has_title(text: str) -> bool:
    words = text.split()
    titles = names_vocabulary("titles")
    return len(words) > 2 and bool({fold(words[0]), fold(words[-1])} & titles)


def _is_joint(word: str) -> bool:
    return word in names_vocabulary("particles") or word in names_vocabulary("honorifics")


def _is_taken(word: str) -> bool:
    """Whether a word has another meaning than somebody's name."""
    halves = re.split(r"[-‐‑]", word)
    return is_place(word) or all(w in ordinary_words() or w in tool_names() for w in halves)


@lru_cache(maxsize=256)
def _is_address(text: str) -> bool:
    """A line is asked by each of its neighbours."""
    return ADDRESS.search(text) is not None


def small_words(document: Document) -> frozenset[str]:
    """Words that the document writes in small letters outside addresses: no names, as a rule."""
    parts = {part for part in document.text.split() if "@" not in part and "/" not in part}
    plain = " ".join(_DOTTED.sub(" ", part) if "." in part else part for part in parts)
    return frozenset(fold(word) for word in set(_ALONE.findall(plain)) if is_small(word))


_DOTTED = re.compile(r"(?<!\w)\w+\.\w\S*")
_ALONE = re.compile(r"\b[^\W\d_]{3,}\b")

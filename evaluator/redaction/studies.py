"""Studies: the degree and what it was in are evidence and stay; school, place, year and grade go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..models.document import Document
from ..structure.folding import fold
from ..structure.known_names import is_place
from ..structure.name_pieces import has_no_spaces, is_foreign
from ..structure.outline import Outline
from ..structure.sections import Section
from .forms import EDUCATION, anywhere, school, whole, words_of

Cut = tuple[int, int, str]
"""Start and end in a text, and the mark that stands for it."""

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\w)['’]\d\d(?!\w)")
_SEGMENT = re.compile(r"(?:[^,|;()•·–—\t\n\"“”„:：，、；（）-]|(?<=\S)-(?=\S))+")
_TITLE_WORDS = 18
_NAMES = 6
_LEAST = 3
_ABOUT_WORDS = 3


def school_spans(text: str) -> Iterator[tuple[int, int]]:
    """Schools, without the degree, the subject or the title that stands before one."""
    for match in school().finditer(text):
        start = match.start()
        for word in list(re.finditer(r"\S+", match.group()))[:-1]:
            if not _is_told_before(word.group()):
                break
            start = match.start() + word.end()
        while start < match.end() and text[start].isspace():
            start += 1
        if whole(EDUCATION, "not_schools").fullmatch(text, start, match.end()) is None:
            yield start, match.end()


def _is_told_before(word: str) -> bool:
    plain = word.strip(".,")
    if re.match(words_of(EDUCATION, "school_words"), plain):
        return False
    return (
        is_degree(plain)
        or is_subject(plain)
        or is_foreign(fold(plain))
        or bool(_link().fullmatch(plain))
    )


def is_degree(word: str) -> bool:
    """Whether a word is a degree or the like."""
    return whole(EDUCATION, "degrees").fullmatch(word.strip(".,()")) is not None


@cache
def _subject() -> re.Pattern[str]:
    ending = words_of(EDUCATION, "subject_endings")
    return re.compile(rf"(?:{words_of(EDUCATION, 'subjects')}|\w{{4,}}{ending})", re.I)


def is_subject(word: str) -> bool:
    """Whether a word tells what was studied."""
    plain = word.strip(".,()&'’\"")
    if whole(EDUCATION, "not_subjects").fullmatch(plain):
        return False
    if has_no_spaces(plain):
        return whole(EDUCATION, "dense_subjects").search(plain) is not None
    return any(_subject().fullmatch(part) is not None for part in re.split(r"[-/]", plain) if part)


@cache
def _link() -> re.Pattern[str]:
    return whole(EDUCATION, "linking")


def schools_of(document: Document, parts: Outline) -> frozenset[str]:
    """School names of the education section, to be cut wherever they stand."""
    found: set[str] = set()
    before = ""
    for passage in parts.passages:
        text = ""
        if passage.section is Section.EDUCATION:
            text = document.text[passage.start : passage.end]
            for start, end in school_spans(text):
                found.add(" ".join(text[start:end].split()))
            found.update(_broken(before, text))
        before = text
    return frozenset(name for name in found if len(name) >= _LEAST)


def _broken(before: str, text: str) -> Iterator[str]:
    """What the second line holds of a school that is parted at a linking word: *University of / Norrvik*."""
    ends = [*before.split()[-1:], *text.split()[:1]]
    if not before or not any(_link().fullmatch(word) for word in ends):
        return
    border = len(before) + 1
    for start, end in school_spans(f"{before} {text}"):
        if start < border < end:
            yield " ".join(text[: end - border].split())


def study_cuts(text: str) -> list[Cut]:
    """What goes of a line in the education section."""
    cuts: list[Cut] = [(m.start(), m.end(), "[YEAR]") for m in YEAR.finditer(text)]
    if not _is_title_of_studies(text) or anywhere(EDUCATION, "about").search(text):
        return cuts
    schools = list(school_spans(text))
    segments = [m for m in _SEGMENT.finditer(text) if m.group().strip()]
    others = [m for m in segments if not _has_words(m.group())]
    beside = bool(schools) and any(is_degree(word) for word in re.findall(r"[\w.'’-]+", text))
    before: re.Match[str] | None = None
    for segment in segments:
        follows = before is not None and _names_degree_alone(before.group())
        between = text[before.end() : segment.start()] if before else ""
        apart = all(end <= segment.start() or start >= segment.end() for start, end in schools)
        is_subject_of = follows and apart and (":" in between or (bool(schools) and "," in between))
        before = segment
        quoted = segment.start() and text[segment.start() - 1] in '"“„'
        if not quoted:
            has_school_elsewhere = any(other is not segment for other in others) or any(
                end <= segment.start() or start >= segment.end() for start, end in schools
            )
            cuts += _foreign(
                segment.group(), segment.start(), has_school_elsewhere, beside, is_subject_of
            )
    return cuts


def _has_words(segment: str) -> bool:
    """Whether a segment is told by its degree or subject, or holds no words at all."""
    words = re.findall(r"[^\W\d_][\w.'’+-]*", segment)
    named = [w for w in words if not _link().fullmatch(w)]
    return not named or any(
        is_degree(w) or is_subject(w) or _is_grade(w) or _is_month(w) for w in named
    )


def _is_title_of_studies(text: str) -> bool:
    """A line that names a degree, a school or a year, or little but proper names; not a sentence."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(text.split()) > _TITLE_WORDS or not words:
        return False
    if any(is_degree(w) for w in re.findall(r"[\w.'’-]+", text)) or any(school_spans(text)):
        return True
    if YEAR.search(text) and len(words) <= _NAMES:
        return True
    return len(words) <= _NAMES and all(word[0].isupper() for word in words)


def _is_grade(word: str) -> bool:
    return whole(EDUCATION, "grades").fullmatch(word.strip(".,()")) is not None


def _is_month(word: str) -> bool:
    return whole(EDUCATION, "months").fullmatch(word.strip(".,")) is not None


def _names_degree_alone(segment: str) -> bool:
    """*Bachelor of Science*, *Associate of Applied Arts*: what follows tells in which."""
    words = re.findall(r"[\w.'’-]+", segment)
    if not any(is_degree(word) for word in words):
        return False
    return all(
        is_degree(w) or _link().fullmatch(w) or whole(EDUCATION, "classes").fullmatch(w)
        for w in words
    )


def _foreign(
    segment: str, offset: int, has_school_elsewhere: bool, beside: bool, is_subject_of: bool
) -> Iterator[Cut]:
    """Words of one segment that are neither degree nor subject."""
    words = list(re.finditer(r"\S+", segment))
    has_degree = any(is_degree(w.group()) for w in words)
    if not has_degree and _is_only_grades(words):
        yield offset + words[0].start(), offset + words[-1].end(), "[SCHOOL]"
        return
    # Beside a degree and a school that are known, the words before *Science* are of the subject, too.
    told = beside and not has_degree and any(is_subject(w.group()) for w in words)
    told = told or is_subject_of
    for word in words:
        text = word.group()
        if is_degree(text):
            told = told or has_school_elsewhere
        elif whole(EDUCATION, "lead_to_school").fullmatch(text):
            told = False
        elif _link().fullmatch(text):
            told = told or has_degree
        elif is_subject(text):
            told = True
        elif _goes(text, told):
            yield offset + word.start(), offset + word.end(), "[SCHOOL]"


def _is_only_grades(words: list[re.Match[str]]) -> bool:
    plain = [word.group().strip(".,()%") for word in words]
    kinds = [_is_grade(w) or any(c.isdigit() for c in w) for w in plain]
    links = [bool(_link().fullmatch(w)) for w in plain]
    return any(kinds) and all(kind or link for kind, link in zip(kinds, links, strict=True))


def _goes(word: str, told: bool) -> bool:
    if any(c.isdigit() for c in word):
        return True
    if _is_month(word) and word[0].isupper():
        return True
    if told and not is_place(fold(word).strip(".,")):
        return False
    return (
        word[0].isupper() or has_no_spaces(word) or not (word[0].isalpha() or word[0] in "&+/'’.")
    )


def joined(text: str, cuts: list[Cut]) -> list[Cut]:
    """Neighbouring schools, places, years and grades as one, so that nobody sees how many words they took."""
    marks = {"[SCHOOL]", "[YEAR]", "[DATES]"}
    merged: list[Cut] = []
    for start, end, mark in sorted(cuts, key=lambda c: (c[0], -c[1])):
        if (
            merged
            and mark in marks
            and merged[-1][2] in marks
            and _is_gap(text[merged[-1][1] : start])
        ):
            both = {mark, merged[-1][2]}
            kept = "[SCHOOL]" if "[SCHOOL]" in both else "[YEAR]"
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), kept)
        else:
            merged.append((start, end, mark))
    return merged


def _is_gap(between: str) -> bool:
    words = re.findall(r"\w+", between)
    plain = len(between) <= _LONGEST_GAP and all(
        whole(EDUCATION, "lead_to_school").fullmatch(w)
        or whole(EDUCATION, "months").fullmatch(w)
        or _link().fullmatch(w)
        for w in words
    )
    return plain and len(words) <= _ABOUT_WORDS


_LONGEST_GAP = 24

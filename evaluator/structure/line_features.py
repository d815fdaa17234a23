"""How one line looks: whether it names an employer, a title, a place or dates, or tells what was done.

The words are in ``entries.toml``. Nothing here knows names of employers or people: kinds and legal forms, nouns of titles
and names of countries and towns tell which line is which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .dates import Period
from .dates import find_period as _find_period
from .vocabulary import found_in, has_any, names_degree, vocabulary, words_of

MOST_WORDS = 26
"""A head's line has no more; a longer line that ends like a sentence is one, although it holds a date."""
_MOST_LETTERS = 260
_TITLE_WORDS = 8
_DENSE_TITLE = 30
"""Letters of a title and its employer where words are not parted by spaces."""
_ENDS_SENTENCE = re.compile(r"[.!?;。！？]\s*$")
ABBREVIATED = re.compile(r"(?:^|[\s(.])[^\W\d_]{1,4}\.\s*$")
"""Inc., Ltd., Univ.: such an end is none of a sentence where the line is short."""
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_AT_START = re.compile(
    r"^\W*(?P<date>(?:[^\W\d_]{3,10}\.?,?\s+|\d{1,2}\s?[/.-]\s?)?(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?)(?![\w/])"
)
_DATE_AT_END = re.compile(
    r"(?:^|[\s(,|:–-])(?P<date>(?:[^\W\d_]{3,10}\.?,?\s+|\d{1,2}\s?[/.-]\s?)?(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?)\W*$"
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|\(\s*[,;–-]\s*\)")
EDGE = " \t\u00a0\u200b,;:|–—-·•/@&~→'"
_BEFORE_LABEL = re.compile(r"\s*[^\W\d_]{4,12}\s+-\s+")
_LABEL = re.compile(
    r"\s*(?P<label>[^\W\d_][^\s:：#=-]*(?:\s+[^\W\d_&][^\s:：#=-]*|\s+&){0,3}?)\s*(?P<sign>(?:#?\s?\d{1,2})?\s*[:：=]|#\s?\d{1,2}|\s\d{1,2}\s*$|\s[-–]+(?=\s|$)|\s*[\t]|\s{2,})\s*"
)
_BARE_LABEL = re.compile(r"\s*(?P<label>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s+(?=[A-ZÀ-Þ])")
_BARE_LABEL_WORDS = 9
_NO_TITLES = frozenset({"bare client", "bare project", "bare employer"})
"""Words that are labels, and that titles begin with: Project Manager, Client Service Manager."""
STRONG_BORDER = re.compile(r"\s*[|\t¦]\s*|\s+[•·]\s+|\s{3,}")
CELL_BORDER = re.compile(rf"{STRONG_BORDER.pattern}|(?<![.!?:;\s])\s{{2}}")
"""Two spaces part the cells of a line of a head, and may stand within a sentence."""
_MAY_PART = re.compile(r"[|\t¦•·]|\s\s\s")
"""Without one of these no strong border stands in a line."""
COMMA_BORDER = re.compile(r"\s*(?:[,，、]|ï¼\u200b?)\s*")
"""The last is a wide comma whose bytes were taken for letters, as the files of some job sites hold it."""
CITY_CODE = re.compile(r"[A-Z]{2}(?:\s+\d{4,6})?")
_SPEAKS = re.compile(r"(?:[たるす]|ました|です)\s*$|[\u4e00-\u9fff](?:了|过)[\u4e00-\u9fff]")
"""A sentence of Japanese ends in a verb, one of Chinese tells what was done."""


@lru_cache(maxsize=4096)
def find_period(text: str) -> tuple[Period, tuple[int, int]] | None:
    """The first date range of a short text; a line is asked for it again and again."""
    return _find_period(text) if _DIGIT.search(text) else None


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """What one line looks like, as far as it tells by itself."""

    text: str
    words: int
    bare: str = ""
    """Without its dates."""
    period: Period | None = None
    dated: bool = False
    """It holds a range, or a single date at its start or end."""
    leads: bool = False
    """It begins with its range."""
    label: str | None = None
    """What a word before its value says it is: employer, project, title …"""
    value: str = ""
    titled: bool = False
    named: bool = False
    """It names a kind of employer."""
    placed: bool = False
    degree: bool = False
    school: bool = False
    capital: bool = False
    """Most of its words begin large."""
    year: bool = False
    """It holds a year anywhere."""
    told: bool = False
    """It is a statement or a sentence."""
    opening: bool = False
    """It is a sentence that tells where somebody works as what."""

    @property
    def ranged(self) -> bool:
        return self.period is not None

    @property
    def lone(self) -> bool:
        """Nothing but dates."""
        return self.dated and not self.bare


def look_at(text: str, *, item: bool = False) -> LineFeatures:
    """LineFeatures at one line; an item of a list is no more than a statement where it holds no date."""
    if len(text) > _MOST_LETTERS or (item and not _DIGIT.search(text)):
        return LineFeatures(text=text, words=text.count(" ") + 1, told=True)
    count = sum(map(_has_letter, text.split()))
    found = find_period(text)
    bare, dated = (without_period(text, found[1]), True) if found else without_date(text)
    is_parted = _MAY_PART.search(text) is not None and STRONG_BORDER.search(text) is not None
    label, value = (None, "") if is_parted else label_of(text) or (None, "")
    words = words_of(bare)
    knows = vocabulary()
    titled = has_any(words, knows.titles) or (
        count <= _TITLE_WORDS and len(bare) <= _DENSE_TITLE and knows.titles.stands_in(bare)
    )
    if label in _NO_TITLES and (titled or (dated and not found)):
        label, value = None, ""
    # A full stop behind the dates ends no sentence.
    said = text[: found[1][1]] if found and not text[found[1][1] :].strip(" .") else text
    told = (label is None or count > MOST_WORDS) and _is_told(said, bare, words, count)
    named = (
        has_any(words, knows.employers, large=True)
        or knows.employers.stands_in(bare)
        or knows.placeholders[0].search(bare) is not None
    )
    if told and len(STRONG_BORDER.split(bare)) > 1 and count <= MOST_WORDS:
        told = _ENDS_SENTENCE.search(text) is not None
    large = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return LineFeatures(
        text=text,
        words=len(words) if dated else count,
        bare=bare,
        period=found[0] if found else None,
        leads=found is not None and not text[: found[1][0]].strip(EDGE),
        dated=dated,
        label=label,
        value=value,
        titled=titled,
        named=named,
        placed=_is_placed(bare, words),
        degree=names_degree(bare),
        school=has_any(words, knows.schools, large=True) or knows.schools.stands_in(bare),
        capital=bool(words) and sum(not w[0].islower() for w in large) >= 0.7 * len(large),
        year=_YEAR.search(text) is not None,
        told=told,
        opening=told
        and bool(words)
        and any(w.lower() in knows.opening for w in words[:3])
        and titled,
    )


def _has_letter(word: str) -> bool:
    return word.isalnum() or any(map(str.isalnum, word))


def without_period(text: str, span: tuple[int, int]) -> str:
    rest = f"{text[: span[0]]} {text[span[1] :]}"
    again = find_period(rest)
    if again:
        rest = f"{rest[: again[1][0]]} {rest[again[1][1] :]}"
    return _EMPTY.sub(" ", rest).strip(EDGE)


def without_date(text: str) -> tuple[str, bool]:
    """The text without a single date at its start or end, and whether there is one."""
    if not _YEAR.search(text):
        return text.strip(EDGE), False
    for form in (_DATE_AT_START, _DATE_AT_END):
        match = form.search(text)
        if match is None:
            continue
        start, end = match.span("date")
        found = find_period(f"{match['date']} - present")
        if found is None or found[1][0]:
            # The word before the year is no month.
            if form is _DATE_AT_START:
                continue
            start = end - 4
        return _EMPTY.sub(" ", f"{text[:start]} {text[end:]}").strip(EDGE), True
    return text.strip(EDGE), False


def label_of(text: str) -> tuple[str, str] | None:
    """What a word before a value says that it is, such as *employer*, and the value; *bare* without a sign between."""
    labels = vocabulary().labels
    if vocabulary().placeholders[0].match(text):
        return None
    before = _BEFORE_LABEL.match(text)
    for start in (before.end(), 0) if before else (0,):
        match = _LABEL.match(text[:_MOST_LETTERS], start)
        kind = labels.get(" ".join(match["label"].casefold().split())) if match else None
        if match and kind:
            return kind, text[match.end() :].strip()
    match = _BARE_LABEL.match(text[:_MOST_LETTERS])
    if match and len(text.split()) <= _BARE_LABEL_WORDS and not _ENDS_SENTENCE.search(text):
        words = match["label"].casefold().split()
        for count in (2, 1):
            kind = labels.get(" ".join(words[:count]))
            if kind not in {None, "within", "study"} and len(words) >= count:
                return f"bare {kind}", " ".join(text.split()[count:])
    return None


def _is_placed(bare: str, words: Sequence[str]) -> bool:
    if vocabulary().placeholders[1].search(bare):
        return True
    if has_any(words, vocabulary().places, large=True):
        return True
    parts = COMMA_BORDER.split(bare)
    return len(parts) > 1 and any(CITY_CODE.fullmatch(part) for part in parts[1:])


_KEEPS_NAME = frozenset(
    {
        "registered",
        "certified",
        "licensed",
        "advanced",
        "applied",
        "associated",
        "embedded",
        "distributed",
        "united",
        "limited",
        "allied",
        "integrated",
        "federated",
        "unlimited",
        "red",
        "speed",
        "seed",
        "ring",
        "king",
        "sterling",
        "boeing",
        "beijing",
    }
)


def _is_told(text: str, bare: str, words: Sequence[str], count: int) -> bool:
    if _ENDS_SENTENCE.search(text) and count > _TITLE_WORDS:
        return True
    if not words or count < 2:
        return False
    begins = text.lstrip(EDGE)[:1] == bare[:1]
    if begins and words[0].islower() and len(words) > 3:
        return True
    if _SPEAKS.search(text):
        return True
    first = words[0].lower()
    past = first.endswith("ed") and len(first) > 4
    if first in _KEEPS_NAME or bare.startswith(f"{words[0]},"):
        return False
    if (
        not past
        and not (first.endswith("ing") and len(first) > 4)
        and first not in vocabulary().statements
    ):
        short = _ENDS_SENTENCE.search(text) and not ABBREVIATED.search(text)
        return bool(short) and count > 3
    # Lead Engineer, Test Manager, Engineering Lead: a noun of titles soon follows, all of it large.
    ahead = words[1:6]
    named = next(found_in(ahead, vocabulary().titles), None)
    return past or named is None or not all(not w[0].islower() for w in ahead[: named[0]])


def names_membership(look: LineFeatures) -> bool:
    """Whether a line names an honour or a part in an association, which is no job where no jobs are told."""
    known = vocabulary().memberships
    return any(word in known for word in words_of(look.bare.casefold()))


def name_job(looks: Sequence[LineFeatures]) -> bool:
    """Whether lines name a title and an employer, and no study."""
    if any(look.degree or look.school for look in looks):
        return False
    return any(look.titled for look in looks) and any(look.named for look in looks)

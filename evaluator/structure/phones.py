"""Telephone numbers, told from years, versions, shares, amounts and other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .folding import fold
from .known_names import names_vocabulary

_NUMBER = re.compile(
    r"(?<![\w.,/:$€£¥#-])\(?(?:\+|00)?[ ]?\(?\d{1,4}\)?(?:[ \u00a0./()-]{0,3}\d{1,8}){1,7}(?![\w%]|[.,]\d| ?%)"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–/. ]\s*(?:19|20)\d\d")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){2,3}")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\D{0,2}(?:19|20)\d\d[-./ ]?\d{2}\b.*|\d{1,2}[./-](?:19|20)\d\d\b.*"
)
_LONG_GROUPS = re.compile(r"\d{5,}\.\d|\.\d{5,}")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+")
_LEAST, _MOST = 7, 15
"""Digits of a number with its country's."""
_LEAST_UNMARKED = 9
_BEFORE = 24
"""Characters before a number in which a label is looked for."""


def phones_in(text: str) -> list[str]:
    """Phone numbers as they stand."""
    return [text[start:end] for start, end in phone_spans(text)]


def phone_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand: marked as such, or grouped as they are and nothing else."""
    for match in _NUMBER.finditer(text):
        number = match.group().rstrip(" (")
        start = match.start() + len(number) - len(number.lstrip())
        number = number.strip()
        digits = sum(c.isdigit() for c in number)
        if not _LEAST <= digits <= _MOST or _is_figure(number):
            continue
        if _is_marked(number, text[max(0, start - _BEFORE) : start]) or _is_grouped(number, digits):
            yield start, start + len(number)


def _is_figure(number: str) -> bool:
    if _LONG_GROUPS.search(number):
        return True
    return any(form.fullmatch(number) for form in (_YEARS, _DOTTED, _DATE))


def _is_marked(number: str, before: str) -> bool:
    if (
        number.lstrip("( ")[:1] == "+"
        or number.startswith("00")
        or re.match(r"\(0?\d{1,4}\)", number)
    ):
        return True
    words = re.findall(r"[^\W\d_]+", fold(before))
    return any(word in _labels() for word in words[-3:])


def _is_grouped(number: str, digits: int) -> bool:
    """Groups of a number that nobody dials are amounts, shares or sizes."""
    if digits < _LEAST_UNMARKED or _AMOUNT.fullmatch(number) or "/" in number[2:5] + number[-4:]:
        return number[0] == "0" and digits >= _LEAST_UNMARKED and not _is_list(number)
    return not _is_list(number)


def _is_list(number: str) -> bool:
    """*100 200 300*, *10/50/100*: numbers side by side."""
    groups = re.findall(r"\d+", number)
    marks = set(re.findall(r"[/.–-]", number))
    if "/" in marks and (len(marks) > 1 or number.count("/") > 1):
        return True
    if len(groups) == 1:
        return len(number) < 10 or len(number) > 12
    return all(group.endswith("0") for group in groups) or (
        len(groups) > 2 and len({len(group) for group in groups}) == 1 and len(groups[0]) > 3
    )


@cache
def _labels() -> frozenset[str]:
    return names_vocabulary("phone_labels")

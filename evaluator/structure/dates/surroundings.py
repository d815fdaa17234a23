"""What stands around numbers and lets them be dates, or says that they are something else."""

from __future__ import annotations

import re

from .one_date import Kind
from .tokens import Words
from .vocabulary import vocabulary

_MONEY = "$€£¥₹#+=@\\&%^₽₺₩"
_BEHIND_NUMBER = re.compile(r"\s?[%‰°$€£¥₹]")
_BORDER_LEFT = re.compile(r"(?:[\t\n|·•,;:(\[–—*]|\s[-/])\s*$|\s{2,}$")
_BORDER_RIGHT = re.compile(r"\s*(?:[\t\n|·•,;:)\]–—*.]|[-/]\s)|\s{2,}")
_ISSUE = re.compile(r"\s?\($")
_LONGEST_PREFIX = 4
"""Digits of a dialling code; more before a year are a postcode."""
_GLUED_WORD = 4
_WIDEST_BORDER = 8


def begins_freely(words: Words, index: int, kind: Kind) -> bool:
    """Whether a date at ``index`` is no part of a longer word or number."""
    gap = words.gaps[index]
    if gap == "":
        return index == 0 or words.is_syllabic(index - 1) or words.is_syllabic(index)
    sign = gap[-1]
    if not words.is_number(index) or sign.isspace():
        return sign != "/" or gap != "/"
    if sign in _MONEY or sign == "/" or (sign == "." and words.is_number(index - 1)):
        return False
    if gap == "-" and index:
        return kind >= Kind.NUMBERED and not words.is_number(index - 1)
    return not (
        len(gap) == 1 and sign in ",:_" and words.is_number(index - 1) and kind < Kind.NUMBERED
    )


def ends_freely(words: Words, index: int, kind: Kind) -> bool:
    """Whether a date before ``index`` is no part of a longer word or number."""
    gap = words.gaps[index]
    if index >= len(words.texts):
        return not _BEHIND_NUMBER.match(gap)
    if gap == "":
        glued = len(words.texts[index]) >= _GLUED_WORD and not words.is_number(index)
        return (
            words.is_syllabic(index)
            or words.is_syllabic(index - 1)
            or glued
            or not words.is_number(index - 1)
        )
    if gap in {"-", ".", "/", ":", ",", "'"} and words.is_number(index):
        return gap == "," and kind >= Kind.NUMBERED
    return not (_BEHIND_NUMBER.match(gap) and words.is_number(index - 1))


def is_no_year(words: Words, start: int, end: int) -> bool:
    """Whether years alone, from ``start`` to ``end``, are called something else by what stands around them."""
    known = vocabulary()
    if start:
        gap = words.gaps[start]
        before = words.texts[start - 1]
        near = len(gap.strip(" \u00a0:.#-")) == 0
        two = " ".join(words.texts[max(0, start - 2) : start])
        if near and (before in known.not_before or two in known.not_before):
            return True
        prefix = before.isdecimal() and (len(before) <= _LONGEST_PREFIX or before[0] == "0")
        if (
            prefix
            and gap.isspace()
            and "\t" not in gap
            and "\n" not in gap
            and not _is_year(before)
        ):
            return True
        if (
            before.isdecimal()
            and len(before) <= 3
            and gap.startswith(")")
            and _ISSUE.fullmatch(words.gaps[start - 1])
        ):
            return True
    return (
        end < len(words.texts)
        and words.gaps[end] in {" ", ""}
        and known.not_behind.at(words, end) is not None
    )


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}


def is_alone(words: Words, start: int, end: int, *, left: bool = True) -> bool:
    """Whether borders of a cell, line or bracket stand on both sides, or behind alone."""
    behind = end >= len(words.texts) or _BORDER_RIGHT.match(words.gaps[end]) is not None
    return behind and (
        not left
        or start == 0
        or _BORDER_LEFT.search(words.gaps[start][-_WIDEST_BORDER:]) is not None
    )

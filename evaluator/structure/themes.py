"""Functional resumes: the jobs are only named, and what was done in them stands apart, by theme."""

from __future__ import annotations

import re

from ..models.document import Document
from .parts import Passage
from .sections import Section
from .sentences import sentences

_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_STATEMENT_WORDS = 5
_FEW_STATEMENTS = 3
"""Fewer than these tell what somebody is, and not what was done."""
_LOOSE = frozenset({Section.HEADER, Section.SUMMARY, Section.OTHER, Section.UNNAMED})
_JOBS = frozenset({Section.EMPLOYMENT, Section.ACHIEVEMENTS})


def by_theme(document: Document, passages: list[Passage], items: set[int]) -> list[Passage]:
    """The passages, where a resume is a functional one its statements among the jobs.

    Args:
        document: that they are of.
        passages: all of them.
        items: where those begin that are items of a list.
    """

    def is_statement(passage: Passage) -> bool:
        text = document.text[passage.start : passage.end]
        return passage.start in items or _ENDS_SENTENCE.search(text) is not None

    jobs = [p for p in passages if p.section in _JOBS]
    if not jobs or any(is_statement(job) for job in jobs):
        return passages
    loose = {
        p.number: document.text[p.start : p.end]
        for p in passages
        if p.section in _LOOSE
        and is_statement(p)
        and len(document.text[p.start : p.end].split()) >= _STATEMENT_WORDS
    }
    if sum(len(sentences(text)) for text in loose.values()) < _FEW_STATEMENTS:
        return passages
    return [
        p.model_copy(update={"section": Section.EMPLOYMENT}) if p.number in loose else p
        for p in passages
    ]

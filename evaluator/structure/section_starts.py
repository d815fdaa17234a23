"""Which lines of a resume open a section: headings, those with content beside them, and lines that only look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Block
from .contents import section_by_content
from .heads import STUDIES, WITH_ENTRIES, HeadFinder, ParserState
from .line_features import LineFeatures
from .sections import Section, ends_study, is_of_own, is_sublabel, is_topic, is_vague
from .sentences import is_list
from .vocabulary import vocabulary, words_of

_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]{4,}(?:[ &/-]+[^\W\d_a-zß-ÿ]{2,})*:?")
_CAPITAL_WORDS = 4
_ORNAMENTED = re.compile(
    r"[=#*~_-]{2,}\s*[^=#*~_-]{2,40}?\s*[=#*~_-]{2,}|[【［][^】］]{1,20}[】］]|[■◆●▼]\s*[^\s:：、。]{1,16}"
)
_NAME_LINES = 3
_STATEMENT_WORDS = 5
_GAPPED = 0.6
_FEW_HEADINGS = 3
_FEW_BELOW = 12
"""Lines below a heading that tell what it is."""
_TELL_OF_WORK = frozenset({Section.EMPLOYMENT, Section.ACHIEVEMENTS})
_THEMES = frozenset({Section.COURSES, Section.EMPLOYMENT, Section.UNNAMED})
"""What words such as *Training*, *Research* and *Supervision* open where they are headings."""
_NAMES_BELOW, _NAME_WORDS = 2, 5
_LONG_LINE = 8
_POINT = re.compile(r"[^\W\d_][\w&/,' -]{2,50}:\s+\S")
_BESIDE = 2
"""Lines above and below a point of a list in which another point stands."""
ASIDE = frozenset({Section.OTHER, Section.LANGUAGES})
"""Sections of which one line alone may be."""
_TOLD_IN_JOBS = frozenset({Section.SKILLS, Section.SUMMARY, Section.PROJECTS, *ASIDE})
"""Sections whose headings are also words before a part of a job."""


class SectionStartFinder:
    """Finds what opens a section from where the reading stands; it looks a few blocks ahead.

    Args:
        blocks: of the document.
        looks: how each looks.
        headings: the section that each opens by its words.
        heads: of entries.
        now: where the reading stands; it is read anew each time.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        looks: Sequence[LineFeatures],
        headings: Sequence[Section | None],
        *,
        heads: HeadFinder,
        now: ParserState,
    ) -> None:
        self._blocks, self._looks, self._headings = blocks, looks, headings
        self._heads, self._now = heads, now
        known = [number for number, heading in enumerate(headings) if heading]
        small = [looks[number].text[:1].islower() for number in known]
        self._are_small = 2 * sum(small) > len(small)
        self._in_capitals = len(known) < _FEW_HEADINGS or any(
            looks[number].text.isupper() for number in known
        )
        """Headings may be in capitals here."""
        self._has_gaps = has_gaps(blocks, headings)
        self._has_summary = any(
            headings[number] is Section.SUMMARY and not is_vague(looks[number].text)
            for number in known
        )
        opening = (n for n, found in enumerate(headings) if found is Section.EMPLOYMENT)
        self._last_jobs = max(opening, default=-1)
        """The last heading that opens jobs."""

    def opening_at(self, at: int) -> tuple[Section | None, bool]:
        """The section that a line opens, and whether its content begins in the same line."""
        block, look = self._blocks[at], self._looks[at]
        section = self._headings[at]
        if section is Section.EMPLOYMENT and self._names_column(at):
            section = None
        if section and look.text[:1].islower() and not (self._are_small or block.gap):
            # The last words of a paragraph, and not a heading among others that begin large.
            section = None
        if section is None and block.lead and self._leads(at):
            return block.lead[0], True
        if section is None and self._is_unknown_heading(at):
            section = Section.UNNAMED
        if section is None or self._heads.is_label(at) or self._is_within_entry(at, section):
            return None, False
        if section is self._now.section is Section.SKILLS and at and not self._opens_here(at):
            return None, False
        if self._is_name_in_list(at) or self._is_end_of_study(at) or self._is_of_work(at, section):
            return None, False
        if is_vague(look.text):
            section = section_by_content(section, self._below(at), has_summary=self._has_summary)
        if section is Section.EMPLOYMENT and self._introduces(at):
            section = Section.SUMMARY
        return section, False

    def _names_column(self, at: int) -> bool:
        """Whether it is the title of the whole, as 職務経歴書 is, or one of a table: Skills, Experience, Last used."""
        if at == 0:
            return self._has_jobs_after(at)
        below = self._looks[at + 1 : at + 1 + _FEW_BELOW // 2]
        told = any(n.ranged or n.titled or n.named or n.label for n in below)
        beside = self._headings[at - 1] is Section.SKILLS and self._is_plain(at)
        return beside and bool(below) and not told and self._has_jobs_after(at)

    def _is_name_in_list(self, at: int) -> bool:
        """Whether what could be a heading is one name of a list of skills that stand a line each."""
        if self._now.section is not Section.SKILLS or not self._is_topic(at):
            return False
        if self._goes_on_small(at):
            return True
        below = range(at + 1, min(at + 1 + _NAMES_BELOW, len(self._blocks)))
        end = next((n for n in below if self._is_other_heading(n)), below.stop)
        opened = self._headings[at - 1] is Section.SKILLS or is_vague(self._looks[at - 1].text)
        beside = [*([] if opened else [at - 1]), *range(at + 1, end)]
        return end > at + 1 and all(self._is_name(number) for number in beside)

    def _goes_on_small(self, at: int) -> bool:
        """Whether the next line begins small, so that both are one name that a narrow column broke."""
        after = at + 1
        if after == len(self._blocks) or self._blocks[after].item or self._blocks[after].gap:
            return False
        return self._looks[after].text[:1].islower()

    def _is_other_heading(self, at: int) -> bool:
        heading = self._headings[at]
        return heading not in {None, Section.SKILLS} and not self._is_topic(at)

    def _is_name(self, at: int) -> bool:
        look = self._looks[at]
        short = look.words <= _NAME_WORDS or is_list(look.text)
        ends = look.text.rstrip().endswith((".", ":"))
        return short and not ends and not look.dated and not self._is_other_heading(at)

    def _is_end_of_study(self, at: int) -> bool:
        """Whether it is the last word of a line that names a study and was too long."""
        if self._now.section not in STUDIES or self._now.entry is None or not at:
            return False
        above = self._looks[at - 1]
        ends = above.text.rstrip().endswith((".", ";", ":", "!", "?"))
        long = above.words >= _LONG_LINE and (above.degree or above.school)
        return long and not ends and self._is_plain(at) and ends_study(self._looks[at].text)

    def _is_of_work(self, at: int, section: Section) -> bool:
        """Whether it is the last word of what was done in a job, or a theme of work that is told apart from the jobs."""
        if (
            self._now.section not in _TELL_OF_WORK
            or section not in _THEMES
            or not self._is_topic(at)
        ):
            return False
        below = self._looks[at + 1 : at + 3]
        if below and below[0].told and not below[0].dated:
            return self._has_jobs_after(at)
        dated = next((n for n, look in enumerate(below) if look.ranged), None)
        if dated is None or (dated and not below[0].titled):
            return False
        return any(n.titled for n in below) and not any(n.degree or n.school for n in below)

    def _has_jobs_after(self, at: int) -> bool:
        """Whether a heading below opens the jobs."""
        return self._last_jobs > at

    def _is_topic(self, at: int) -> bool:
        return self._is_plain(at) and is_topic(self._looks[at].text)

    def _is_plain(self, at: int) -> bool:
        """Whether nothing marks a line as a heading: no space, capitals or colon."""
        text = self._looks[at].text.strip()
        return not (self._blocks[at].gap or text.isupper() or text.endswith((":", "：")))

    def _introduces(self, at: int) -> bool:
        """Whether a heading for work stands above nothing but sentences, and another opens the jobs."""
        if self._now.section is not Section.HEADER:
            return False
        below = self._below(at)
        if not self._has_jobs_after(at + len(below)):
            return False
        dated = any(look.dated or look.label or look.named for look in below)
        return bool(below) and not dated and 2 * sum(look.told for look in below) >= len(below)

    def _opens_here(self, at: int) -> bool:
        """Whether a heading stands apart from what is above it, or directly below another."""
        return self._blocks[at].gap or self._headings[at - 1] is not None

    def _below(self, at: int) -> Sequence[LineFeatures]:
        """What stands below a heading, up to the next."""
        end = at + 1
        while end < len(self._blocks) and end <= at + _FEW_BELOW and not self._closes(end):
            end += 1
        return self._looks[at + 1 : end]

    def _closes(self, at: int) -> bool:
        return self._headings[at] is not None and not self._is_topic(at)

    def _is_within_entry(self, at: int, section: Section) -> bool:
        """Whether a heading names a part of the entry above it, such as its tools."""
        look = self._looks[at]
        if self._now.entry is None:
            return False
        if section is Section.PROJECTS and self._now.section is Section.EMPLOYMENT:
            if self._blocks[at].gap and is_of_own(look.text):
                return False
            return style_of(look.text) != self._now.style and not look.text.isupper()
        if self._now.section in STUDIES:
            told = section in {Section.COURSES, *STUDIES} and self._tells_courses(look)
            return told and self._is_plain(at)
        if not is_sublabel(look.text):
            return False
        if section is self._now.section:
            return True
        apart = self._blocks[at].gap or not self._has_gaps
        return not (apart and style_of(look.text) == self._now.style)

    @staticmethod
    def _tells_courses(look: LineFeatures) -> bool:
        """Whether a line begins like one about the courses of a study, such as *Coursework in History*."""
        words = words_of(look.text.casefold())
        return len(words) > 1 and any(w in vocabulary().parts_of_study for w in words[:2])

    def _leads(self, at: int) -> bool:
        """Whether a heading at the start of a line of content opens a section."""
        block, look = self._blocks[at], self._looks[at]
        if block.lead is None or (look.label and look.label != "within"):
            return False
        section, length = block.lead
        head = look.text[:length]
        if self._now.section is Section.SKILLS and not head.isupper():
            return section is Section.EDUCATION and block.gap
        if self._now.section in STUDIES and section is Section.CERTIFICATIONS and look.degree:
            # One certificate among the studies, and not all of them.
            return head.isupper()
        if self._now.entry is not None or self._now.section in WITH_ENTRIES:
            if is_sublabel(head) or section in _TOLD_IN_JOBS:
                return head.isupper() and block.gap and not is_sublabel(head)
            if head.rstrip()[-1] not in ":：" and not head.rstrip()[-1].isalnum():
                # Bullets follow a heading.
                return True
            if self._is_point(at) and not head.isupper():
                return False
            return block.gap or head.isupper() or not self._has_gaps
        return section is not Section.EMPLOYMENT or look.words > _STATEMENT_WORDS

    def _is_point(self, at: int) -> bool:
        """Whether a line begins with a few words and a colon among others that do."""
        around = (*range(max(0, at - _BESIDE), at), *range(at + 1, at + 1 + _BESIDE))
        return _POINT.match(self._looks[at].text) is not None and any(
            self._blocks[n].lead is None and _POINT.match(self._looks[n].text)
            for n in around
            if n < len(self._blocks)
        )

    def _is_unknown_heading(self, at: int) -> bool:
        """A line in capitals, or between ornaments, opens a section although nobody knows its words."""
        block, look = self._blocks[at], self._looks[at]
        text = look.text.strip()
        if block.item or at < _NAME_LINES or look.words > _CAPITAL_WORDS:
            return False
        if _ORNAMENTED.fullmatch(text):
            return True
        if look.titled or look.named or look.placed or look.label or look.dated:
            return False
        has_cases = all(letter.lower() != letter for letter in text if letter.isalpha())
        if not has_cases or not self._in_capitals or not _CAPITALS.fullmatch(text):
            return False
        if self._now.section is Section.SKILLS or self._now.above:
            return block.gap and self._now.style == style_of(text)
        return block.gap or not self._has_gaps or self._now.section not in WITH_ENTRIES


def has_gaps(blocks: Sequence[Block], headings: Sequence[Section | None]) -> bool:
    """Whether space stands above headings, so that where there is none stands no heading."""
    opens = [block.gap for block, heading in zip(blocks, headings, strict=True) if heading]
    return sum(opens) > _GAPPED * len(opens)


def style_of(text: str) -> tuple[bool, bool]:
    """In capitals, and with a colon."""
    return text.isupper(), text.rstrip().endswith((":", "："))

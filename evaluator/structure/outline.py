"""The outline of a resume: passages in reading order, the section and entry each belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import islice

from ..models.base import Value
from ..models.document import Document, FlagKind
from .blocks import Block, blocks_of
from .dates import Period
from .fields import Fields, fields_of
from .heads import STUDIES, WITH_ENTRIES, HeadFinder, Standing
from .looks import Look, look_at
from .sections import Section, heading_section, is_sublabel
from .sentences import is_list

MOST_BLOCKS = 2000
"""Paragraphs and lines of a resume: forty pages."""
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_NARRATIVE_WORDS, _PROSE_WORDS = 14, 15
_STATEMENT_WORDS = 5
_SENTENCE_WORDS = 3
_LIST_COMMAS = 3
_GAPPED = 0.6
_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]{4,}(?:[ &/-]+[^\W\d_a-zß-ÿ]{2,})*:?")
_CAPITAL_WORDS = 4
_ORNAMENTED = re.compile(
    r"[=#*~_-]{2,}\s*[^=#*~_-]{2,40}?\s*[=#*~_-]{2,}|[【［][^】］]{1,20}[】］]|[■◆●▼]\s*[^\s:：、。]{1,16}"
)
_NAME_LINES = 3
_HEADER_LINES = 10
"""Name, address and a headline take fewer; what follows is content under no heading."""
_BORDER = re.compile(r"\s*(?:={3,}|</|\]\]>|(?:BEGIN|END) DATA\b)")
_LOOSE = frozenset({Section.HEADER, Section.SUMMARY, Section.OTHER, Section.UNNAMED})
_WORK = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.UNNAMED})


class Passage(Value):
    """One bullet, paragraph or title line; ``document.text[start:end]`` is its text."""

    number: int
    start: int
    end: int
    section: Section
    entry: int | None = None
    """Index into the outline's entries."""
    is_header: bool = False
    """A line of an entry's head: position, employer, dates."""
    quarantined: bool = False
    """Holds an instruction to the reader; no reader is shown it."""


class Entry(Value):
    """One job, project or study: its head and what that says. A part that it does not say is None, never guessed."""

    section: Section
    title: str
    """The lines of its head; of a project or a promotion also the job that it is within."""
    start: int
    """Where its dated line starts, or the first of its head."""
    period: Period | None
    """Its own dates, else those of the job that it is within."""
    employer: str | None = None
    """The school of a study."""
    position: str | None = None
    """The job's title as written, the degree of a study."""
    place: str | None = None


class Outline(Value):
    """A resume taken apart."""

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    beyond: int | None = None
    """Where that starts which no passage holds, because no resume is so long; None where all is held."""

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds the character at ``offset``."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self.passages[number].end:
            return None
        return self.passages[number]

    @property
    def work_passages(self) -> int:
        """Passages that tell of jobs and projects, title lines apart."""
        return sum(p.section in _WORK and not p.is_header for p in self.passages)

    def entry_of(self, passage: Passage) -> Entry | None:
        return None if passage.entry is None else self.entries[passage.entry]


def outline(document: Document) -> Outline:
    """Take a document apart."""
    return _Reading(document).outline()


class _Reading:
    """One pass over the blocks of a document; it looks a few blocks ahead and never back."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks: list[Block] = []
        self._looks: list[Look] = []
        self._headings: list[Section | None] = []
        blocks = blocks_of(document)
        for block in islice(blocks, MOST_BLOCKS):
            text = document.text[block.start : block.end]
            self._blocks.append(block)
            self._looks.append(look_at(text, item=block.item))
            self._headings.append(None if block.item else heading_section(text))
        beyond = next(blocks, None)
        self._beyond = beyond.start if beyond else None
        self._dangers = sorted(
            (flag.location.start or 0, flag.location.end or 0)
            for flag in document.flags
            if flag.kind is FlagKind.INSTRUCTION
        )
        begin = [
            look.text[:1].islower()
            for look, heading in zip(self._looks, self._headings, strict=True)
            if heading
        ]
        self._are_small = 2 * sum(begin) > len(begin)
        opens = [b.gap for b, heading in zip(self._blocks, self._headings, strict=True) if heading]
        self._has_gaps = sum(opens) > _GAPPED * len(opens)
        """Space stands above headings, so where there is none stands no heading."""
        self._passages: list[Passage] = []
        self._entries: list[Entry] = []
        self._now = Standing()
        self._heads = HeadFinder(
            self._blocks, self._looks, self._headings, has_gaps=self._has_gaps, now=self._now
        )
        self._opened = Section.HEADER
        """By the last heading; content may have led to another."""
        self._job: int | None = None
        """The entry that projects are within."""
        self._aside: Section | None = None
        """What one line alone is of, such as its languages."""
        self._posts: dict[str, str] = {}
        """Titles by employer."""
        self._forged = False
        self._style: tuple[bool, bool] | None = None

    def outline(self) -> Outline:
        narrative = not any(self._headings) and not any(b.lead for b in self._blocks)
        at = 0
        while at < len(self._blocks):
            if self._opens_section(at):
                at += 1
                continue
            if narrative and self._now.section is Section.HEADER and self._starts_narrative(at):
                self._enter(Section.EMPLOYMENT)
            at = self._content(at)
        items = {block.start for block in self._blocks if block.item}
        passages = _by_theme(self._document, self._passages, items)
        return Outline(passages=tuple(passages), entries=tuple(self._entries), beyond=self._beyond)

    # Sections

    def _opens_section(self, at: int) -> bool:
        """Enter the section of a heading; a heading with content beside it leaves the block to be read."""
        block, look = self._blocks[at], self._looks[at]
        section = self._headings[at]
        if section and look.text[:1].islower() and not (self._are_small or block.gap):
            # The last words of a paragraph, and not a heading among others that begin large.
            section = None
        if section is None and block.lead and self._leads(at):
            if block.lead[0] is Section.OTHER:
                self._aside = block.lead[0]
            else:
                self._enter(block.lead[0], opened=True)
            return False
        if section is None and self._is_unknown_heading(at):
            section = Section.UNNAMED
        if section is None or self._heads.is_label(at) or self._is_within_entry(at, section):
            return False
        self._enter(section, opened=True)
        self._style = _style(look.text)
        return True

    def _enter(self, section: Section, *, opened: bool = False) -> None:
        self._now.section, self._now.entry, self._job = section, None, None
        if opened:
            self._opened, self._now.above, self._forged = section, None, False

    def _is_within_entry(self, at: int, section: Section) -> bool:
        """Whether a heading names a part of the entry above it, such as its tools."""
        look = self._looks[at]
        if self._now.entry is None:
            return False
        if section is Section.PROJECTS and self._now.section is Section.EMPLOYMENT:
            return _style(look.text) != self._style and not look.text.isupper()
        if self._now.section in STUDIES or not is_sublabel(look.text):
            return False
        apart = self._blocks[at].gap or not self._has_gaps
        return not (apart and _style(look.text) == self._style)

    def _leads(self, at: int) -> bool:
        """Whether a heading at the start of a line of content opens a section."""
        block, look = self._blocks[at], self._looks[at]
        if block.lead is None or (look.label and look.label != "within"):
            return False
        section, length = block.lead
        head = look.text[:length]
        if self._now.section is Section.SKILLS and not head.isupper():
            return section is Section.EDUCATION and block.gap
        if self._now.entry is not None or self._now.section in WITH_ENTRIES:
            if is_sublabel(head) or section in {Section.SKILLS, Section.SUMMARY, Section.PROJECTS}:
                return head.isupper() and block.gap and not is_sublabel(head)
            return block.gap or head.isupper() or not self._has_gaps
        return section is not Section.EMPLOYMENT or look.words > _STATEMENT_WORDS

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
        if not has_cases or not _CAPITALS.fullmatch(text):
            return False
        if self._now.section is Section.SKILLS or self._now.above:
            return block.gap and self._style == _style(text)
        return block.gap or not self._has_gaps or self._now.section not in WITH_ENTRIES

    def _starts_narrative(self, at: int) -> bool:
        """Without any heading the first dated line, sentence or long paragraph below the name opens the career."""
        look = self._looks[at]
        says = look.told and not look.titled and look.words >= _SENTENCE_WORDS
        is_sentence = says and look.text.endswith((".", "。"))
        return at > 0 and (look.ranged or is_sentence or look.words > _NARRATIVE_WORDS)

    def _settle(self, at: int) -> None:
        """Below the name stands content although no heading opened it."""
        look, block = self._looks[at], self._blocks[at]
        if self._now.section is not Section.HEADER:
            return
        if at >= _NAME_LINES - 1 and look.text.count(",") >= _LIST_COMMAS and is_list(look.text):
            self._enter(Section.SKILLS)
        elif at >= _HEADER_LINES or (
            block.item and look.words >= _STATEMENT_WORDS and (at >= _NAME_LINES or look.told)
        ):
            self._enter(Section.UNNAMED)
        elif look.words >= _PROSE_WORDS and look.told and not block.item:
            self._enter(Section.SUMMARY)

    def _section_of(self, looks: list[Look]) -> Section:
        """The section that a head belongs to, by what it names."""
        titled = any(look.titled for look in looks)
        degree, school = any(look.degree for look in looks), any(look.school for look in looks)
        study = (degree or school) and not titled and not any(look.label for look in looks)
        section = self._now.section
        if section in {Section.EDUCATION} and not study:
            named = any(look.named and not look.school for look in looks)
            if self._opened is not section:
                return self._opened if self._opened in WITH_ENTRIES else Section.EMPLOYMENT
            return (
                Section.EMPLOYMENT if titled and (named or not degree) and not school else section
            )
        if section in {Section.EMPLOYMENT, Section.PROJECTS}:
            sure = degree and (school or any(look.year for look in looks))
            return Section.EDUCATION if study and sure else section
        if section in STUDIES:
            return section
        if section is Section.UNNAMED and not titled and not study and self._opened is section:
            return section if not any(look.named for look in looks) else Section.EMPLOYMENT
        return Section.EDUCATION if study else Section.EMPLOYMENT

    # Content

    def _content(self, at: int) -> int:
        """Add a block, or the blocks of a head; the index of the next."""
        head = None if self._aside else self._heads.head_at(at)
        if head:
            anchor, end = head
            looks = self._looks[at:end]
            section = self._section_of(looks)
            if section is not self._now.section:
                self._enter(section)
            if self._now.above is None:
                self._now.above = anchor - at
            self._open_entry(at, anchor, end)
            # What a project is called tells what it was.
            named = self._now.section is Section.PROJECTS and not any(
                n.dated or n.label for n in looks
            )
            for index in range(at, end):
                self._add(index, header=not named)
            return end
        self._settle(at)
        self._add(at)
        return at + 1

    def _add(self, at: int, *, header: bool = False) -> None:
        block, text = self._blocks[at], self._looks[at].text
        steered = any(a < block.end and block.start < b for a, b in self._dangers)
        # What follows a forged border pretends to come from somewhere else.
        self._forged = self._forged or (
            steered and not block.item and _BORDER.match(text) is not None
        )
        self._passages.append(
            Passage(
                number=len(self._passages) + 1,
                start=block.start,
                end=block.end,
                section=self._aside or self._now.section,
                entry=None if self._aside else self._now.entry,
                is_header=header,
                quarantined=steered or self._forged,
            )
        )
        self._aside = None

    def _open_entry(self, at: int, anchor: int, end: int) -> None:
        looks = self._looks[at:end]
        fields = fields_of(
            looks,
            study=self._now.section in STUDIES,
            project=self._now.section is Section.PROJECTS,
        )
        within = self._within(looks, fields)
        if fields.title is None and self._now.section is Section.EMPLOYMENT:
            # Some forms name the post apart, with the employer, above the list of employers.
            fields.title = self._posts.get((fields.employer or "").casefold())
        elif fields.title and fields.employer and fields.period is None:
            self._posts[fields.employer.casefold()] = fields.title
        title = " ".join(" ".join(look.text for look in looks).split())
        if within:
            own = {fields.title, fields.employer}
            job = (within.position if looks[0].label else None, within.employer)
            context = [part for part in job if part and part not in own]
            title = ", ".join([title, *context])
        self._now.entry, self._now.by_item = len(self._entries), self._blocks[at].item
        if within is None or not looks[0].label:
            self._job = self._now.entry
        self._entries.append(
            Entry(
                section=self._now.section,
                title=title,
                start=self._blocks[anchor].start,
                period=fields.period or (within.period if within else None),
                employer=fields.employer or (within.employer if within else None),
                position=fields.title or (within.position if within and looks[0].label else None),
                place=fields.place or (within.place if within else None),
            )
        )

    def _within(self, looks: list[Look], fields: Fields) -> Entry | None:
        """The job that a project is within, or that a promotion goes on."""
        is_project = (looks[0].label or "").endswith(("project", "client"))
        named = any((look.label or "").endswith("employer") for look in looks)
        if self._now.section is not Section.EMPLOYMENT or self._job is None:
            jobs = [e for e in self._entries if e.section is Section.EMPLOYMENT]
            # Who tells of projects apart from the one job that there is did them there.
            alone = is_project and not named and self._now.section in _WORK and len(jobs) == 1
            return jobs[0] if alone else None
        job = self._entries[self._job]
        if is_project and not named:
            return job
        is_promotion = fields.employer is None and fields.title is not None and fields.period
        return job if is_promotion and job.employer else None


def _style(text: str) -> tuple[bool, bool]:
    """In capitals, and with a colon."""
    return text.isupper(), text.rstrip().endswith((":", "："))


def _by_theme(document: Document, passages: list[Passage], items: set[int]) -> list[Passage]:
    """In a functional resume the jobs are only named; what was done in them stands above, by theme."""

    def is_statement(passage: Passage) -> bool:
        text = document.text[passage.start : passage.end]
        return passage.start in items or _ENDS_SENTENCE.search(text) is not None

    jobs = [p for p in passages if p.section is Section.EMPLOYMENT]
    if not jobs or any(is_statement(job) for job in jobs):
        return passages
    return [
        p.model_copy(update={"section": Section.EMPLOYMENT})
        if p.section in _LOOSE
        and is_statement(p)
        and len(document.text[p.start : p.end].split()) >= _STATEMENT_WORDS
        else p
        for p in passages
    ]

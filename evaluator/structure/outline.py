"""The outline of a resume: passages in reading order, the section and entry each belongs to."""

from __future__ import annotations

import re
from itertools import islice

from ..models.document import Document, FlagKind
from .blocks import Block, blocks_of
from .fields import Fields, fields_of
from .heads import STUDIES, WITH_ENTRIES, HeadFinder, ParserState
from .line_features import LineFeatures, look_at, names_membership
from .parts import Entry, Outline, Passage
from .projects import name_alone, name_before
from .section_starts import ASIDE, SectionStartFinder, has_gaps, style_of
from .sections import Section, heading_section, is_sublabel
from .sentences import is_list
from .themes import by_theme
from .vocabulary import vocabulary, words_of

__all__ = ["MOST_BLOCKS", "Entry", "Outline", "Passage", "outline"]

MOST_BLOCKS = 2000
"""Paragraphs and lines of a resume: forty pages."""
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_NARRATIVE_WORDS, _PROSE_WORDS = 14, 15
_STATEMENT_WORDS = 5
_SENTENCE_WORDS = 3
_LIST_COMMAS = 3
_NAME_LINES = 3
_HEADER_LINES = 10
"""Name, address and a headline take fewer; what follows is content under no heading."""
_HEADLINES = 3
"""A title and what is said of it, between the schools and the next heading."""
_UNENDED = re.compile(r"(?:&|\b(?:and|or|of|the|for|with|und|von|et|de))\s*$")
_CERTIFIED = "certif"
_BORDER = re.compile(r"\s*(?:={3,}|</|\]\]>|(?:BEGIN|END) DATA\b)")
_LISTS = frozenset({Section.SKILLS, Section.LANGUAGES, Section.INTERESTS})
_BETWEEN = re.compile(r"[,;:|]")
_WORK = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.UNNAMED})


def outline(document: Document) -> Outline:
    """Take a document apart."""
    return _Reading(document).outline()


class _Reading:
    """One pass over the blocks of a document; it looks a few blocks ahead and never back."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks: list[Block] = []
        self._looks: list[LineFeatures] = []
        self._headings: list[Section | None] = []
        blocks = blocks_of(document)
        for block in islice(blocks, MOST_BLOCKS):
            text = document.text[block.start : block.end]
            self._blocks.append(block)
            self._looks.append(look_at(text, item=block.item))
            goes_on = not block.gap and self._looks[1:] and _UNENDED.search(self._looks[-2].text)
            self._headings.append(None if block.item or goes_on else heading_section(text))
        beyond = next(blocks, None)
        self._beyond = beyond.start if beyond else None
        self._dangers = sorted(
            (flag.location.start or 0, flag.location.end or 0)
            for flag in document.flags
            if flag.kind is FlagKind.INSTRUCTION
        )
        self._passages: list[Passage] = []
        self._entries: list[Entry] = []
        self._now = ParserState()
        self._heads = HeadFinder(
            self._blocks,
            self._looks,
            self._headings,
            has_gaps=has_gaps(self._blocks, self._headings),
            now=self._now,
        )
        self._openings = SectionStartFinder(
            self._blocks, self._looks, self._headings, heads=self._heads, now=self._now
        )
        self._opened = Section.HEADER
        """By the last heading; content may have led to another."""
        self._job: int | None = None
        """The entry that projects are within."""
        self._aside: Section | None = None
        """What one line alone is of, such as its languages."""
        self._seen: set[Section] = set()
        """That headings have opened."""
        self._posts: dict[str, str] = {}
        """Titles by employer."""
        self._forged = False
        self._are_named = False
        """Projects are named and told of in one line each."""
        self._is_headline = False
        """What stands now is a title and what is said of it, after the schools."""

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
        passages = by_theme(self._document, self._passages, items)
        return Outline(passages=tuple(passages), entries=tuple(self._entries), beyond=self._beyond)

    # Sections

    def _opens_section(self, at: int) -> bool:
        """Enter the section of a heading; a heading with content beside it leaves the block to be read."""
        section, beside = self._openings.opening_at(at)
        if section is None:
            return False
        if beside and section in ASIDE:
            self._aside = section
            return False
        self._enter(section, opened=True)
        if not beside:
            self._now.style = style_of(self._looks[at].text)
        return not beside

    def _enter(self, section: Section, *, opened: bool = False) -> None:
        self._now.section, self._now.entry, self._job = section, None, None
        self._is_headline = self._are_named = False
        if opened:
            self._opened, self._now.above, self._forged = section, None, False
            self._seen.add(section)

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
        if self._is_headline:
            self._go_on_headline(at)
        elif at == 0 and block.item and look.told and any(self._headings):
            self._enter(Section.SUMMARY)
        elif at >= _NAME_LINES - 1 and look.text.count(",") >= _LIST_COMMAS and is_list(look.text):
            self._enter(Section.SKILLS)
        elif at >= _HEADER_LINES or (
            block.item and look.words >= _STATEMENT_WORDS and (at >= _NAME_LINES or look.told)
        ):
            self._enter(Section.UNNAMED)
        elif look.words >= _PROSE_WORDS and look.told and not block.item:
            self._enter(Section.SUMMARY)

    def _opens_headline(self, at: int) -> bool:
        """Whether a title, with what is said of it, stands after the schools and belongs to the whole."""
        look = self._looks[at]
        if self._now.section is not Section.EDUCATION or Section.EMPLOYMENT in self._seen:
            return False
        if look.degree or look.school or look.words > _STATEMENT_WORDS:
            return False
        if not look.titled and not self._is_said_again(at):
            return False
        if any(word in vocabulary().learners for word in words_of(look.text.casefold())):
            return False
        end = min(len(self._blocks), at + _HEADLINES + 1)
        after = next((n for n in range(at + 1, end) if self._ends_headline(n)), None)
        return after is not None and not any(
            self._looks[n].dated or self._looks[n].school or self._blocks[n].item
            for n in range(at, after)
        )

    def _is_said_again(self, at: int) -> bool:
        """Whether the next line, apart from this, says the same or more."""
        if at + 1 >= len(self._blocks) or not self._blocks[at + 1].gap:
            return False
        said, again = ("".join(self._looks[n].text.casefold().split()) for n in (at, at + 1))
        return said in again

    def _ends_headline(self, at: int) -> bool:
        return self._headings[at] is not None or self._looks[at].label == "employer"

    def _go_on_headline(self, at: int) -> None:
        look = self._looks[at]
        is_sentence = _ENDS_SENTENCE.search(look.text) or look.told
        if is_sentence or not (look.titled or self._is_said_again(at - 1)):
            self._enter(Section.SUMMARY)
            return
        fields = fields_of([look])
        if fields.title and fields.employer:
            self._posts[fields.employer.casefold()] = fields.title

    def _section_of(self, looks: list[LineFeatures]) -> Section:
        """The section that a head belongs to, by what it names."""
        titled = any(look.titled for look in looks)
        degree, school = any(look.degree for look in looks), any(look.school for look in looks)
        study = (degree or school) and not titled and not any(look.label for look in looks)
        section = self._now.section
        if looks[0].label == "employer" and self._now.has_labels:
            return Section.EMPLOYMENT
        if section is Section.EDUCATION and self._names_training(looks):
            return section
        if section in {Section.EDUCATION} and not study:
            named = any(look.named and not look.school for look in looks)
            if self._opened is not section:
                return self._opened if self._opened in WITH_ENTRIES else Section.EMPLOYMENT
            return (
                Section.EMPLOYMENT if titled and (named or not degree) and not school else section
            )
        if section in {Section.EMPLOYMENT, Section.PROJECTS, Section.VOLUNTEERING}:
            sure = degree and (school or any(look.year for look in looks))
            return Section.EDUCATION if study and sure else section
        if section in STUDIES:
            return section
        if section is Section.UNNAMED and any(map(names_membership, looks)):
            return section
        if section is Section.UNNAMED and not titled and not study and self._opened is section:
            return section if not any(look.named for look in looks) else Section.EMPLOYMENT
        return Section.EDUCATION if study else Section.EMPLOYMENT

    @staticmethod
    def _names_training(looks: list[LineFeatures]) -> bool:
        """Whether a head names a certificate, or a course that has one date."""
        if any(_CERTIFIED in look.text.casefold() for look in looks):
            return True
        if any(look.label or look.ranged for look in looks):
            return False
        words = (word for look in looks for word in words_of(look.bare.casefold()))
        return any(word in vocabulary().trainings for word in words)

    # Content

    def _content(self, at: int) -> int:
        """Add a block, or the blocks of a head; the index of the next."""
        if self._opens_headline(at):
            self._enter(Section.HEADER)
            self._is_headline = True
            self._add(at)
            return at + 1
        if self._opens_project(at):
            self._add(at)
            return at + 1
        if not self._aside and self._heads.tells_more(at):
            self._complete(at)
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

    def _opens_project(self, at: int) -> bool:
        """Open the project that a line names and tells of, as others of its list do."""
        look = self._looks[at]
        if self._now.section is not Section.PROJECTS or self._aside or look.label:
            return False
        first = self._now.entry is None and (at == 0 or self._headings[at - 1] is not None)
        told = name_before(look.text)
        alone = first and self._blocks[at].item and not look.dated
        name = told or (name_alone(look.text) if alone else None)
        if name is None or not (first or self._are_named) or is_sublabel(name):
            return False
        self._now.entry, self._are_named = len(self._entries), told is not None
        period = look.period
        start = self._blocks[at].start
        self._entries.append(
            Entry(section=Section.PROJECTS, title=name, position=name, start=start, period=period)
        )
        return True

    def _add(self, at: int, *, header: bool = False) -> None:
        block, text = self._blocks[at], self._looks[at].text
        if self._is_row_of_names(at):
            self._passages[-1] = self._passages[-1].model_copy(update={"end": block.end})
            return
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

    def _is_row_of_names(self, at: int) -> bool:
        """Whether a line goes on a list whose names stand in the cells of a table, row by row."""
        if at == 0 or self._aside or self._now.entry is not None or self._now.section not in _LISTS:
            return False
        return (
            self._headings[at - 1] is None
            and self._passages[-1].end == self._blocks[at - 1].end
            and "\t" in self._looks[at - 1].text
            and all(map(_are_cells_of_names, (self._looks[at - 1], self._looks[at])))
        )

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
        self._now.entry, self._now.by_item = len(self._entries), self._blocks[anchor].item
        is_job = self._now.section is Section.EMPLOYMENT
        opens = is_job and looks[0].label == "employer"
        self._now.has_labels = self._now.has_labels or opens
        self._now.head = " ".join(words_of(title.casefold()))
        self._now.has_school = any(look.school for look in looks)
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

    def _complete(self, at: int) -> None:
        """Give the entry what a labelled line below its head says and the head does not."""
        number = self._now.entry
        if number is None:
            return
        look, entry = self._looks[at], self._entries[number]
        kind = (look.label or "").removeprefix("bare ")
        said = {"dates": ("period", look.period), "title": ("position", look.value)}
        name, value = said.get(kind, ("", None))
        if value and getattr(entry, name) is None:
            self._entries[number] = entry.model_copy(update={name: value})

    def _within(self, looks: list[LineFeatures], fields: Fields) -> Entry | None:
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
        if job.period and fields.period and not job.period.adjoins(fields.period):
            return None
        return job if is_promotion and job.employer else None


def _are_cells_of_names(look: LineFeatures) -> bool:
    """Whether nothing but the borders of cells stands between the names of a line."""
    return not look.dated and not _BETWEEN.search(look.text) and is_list(look.text)

"""The outline of a resume: passages in reading order, the section and entry each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..models.base import Value
from ..models.document import Document, FlagKind, Line
from .dates import Period, find_period
from .sections import Section, heading_section

_BULLET = re.compile(r"^\s*(?:[•▪◦‣∙·●○■□➢➤►✓✔*–—-]|\d{1,2}[.)])\s+")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_CONTINUES = re.compile(r"(?:,|\band|\bor|\bwith|\bfor|\bund|\by|\bet|\be|-|–|/|&)\s*$", re.I)
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bincl\.)(?<!\bapprox\.)(?<!\bca\.)(?<!\bz\.B\.)"
    r"(?<!\bDr\.)(?<!\bet al\.)(?<!\bvs\.)(?<!\bNo\.)(?<!\bp\.ej\.)\s+(?=[^\W\d_a-zà-ÿ]|[\"“(\d])"
    r"|(?<=[。！？])\s*|(?<=।)\s*"
)
_ITEM_BORDER = re.compile(r"\s*(?:[,;|/·•]|:(?=\s)|\s–|\s-)\s+|[、，；]")
_PART_BORDER = re.compile(
    r"\s*(?:[;；]\s*|\t+\s*)|,\s+(?:(?:and|et|und)\s+)?(?=(?:I|j[’']ai|je|ich|habe ich|wir|nous|we)\b)"
)
_ITEM_WORDS = 6
_NAME_WORDS, _USUAL_NAME = 4, 2.0
"""Words of one name in a list at most, and on average."""
_MAX_HEADER_WORDS = 22
_TITLE_WORDS = 8
"""A longer line that ends like a sentence is one, although it holds a date."""
_FULL_LINE = 0.8
_NARRATIVE_WORDS = 14
_STATEMENT_WORDS = 5
_SMALL_WORDS = 3
_COLUMNS = 3
"""Tabs in the names of a table's columns: a title above the dated line has fewer."""


_LOOSE = frozenset({Section.HEADER, Section.SUMMARY, Section.OTHER, Section.UNNAMED})
_WORK = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.UNNAMED})
_DEGREE = re.compile(
    r"\b(?:[BM]\.?\s?(?:Sc|A|Eng|Tech)\b|Ph\.?\s?D|bachelor|master|diplom\w*|licen\w+|degree|universit\w+|college)",
    re.I,
)
_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]{4,}(?:[ &/-]+[^\W\d_a-zß-ÿ]{2,})*:?")
_CAPITAL_WORDS = 4
_ORNAMENTED = re.compile(
    r"[=#*~_-]{2,}\s*[^=#*~_-]{2,40}?\s*[=#*~_-]{2,}|[【［][^】］]{1,20}[】］]|[■◆●▼]\s*[^\s:：、。]{1,16}"
)
_NAME_LINES = 3
_HEADER_LINES = 10
"""Name, address and a headline take fewer; what follows is content under no heading."""
_CELL = re.compile(r"[^\t\s](?:[^\t]*[^\t\s])?")
_BORDER = re.compile(r"\s*(?:={3,}|</|\]\]>|(?:BEGIN|END) DATA\b)")


class Passage(Value):
    """One bullet, paragraph or title line; ``document.text[start:end]`` is its text."""

    number: int
    start: int
    end: int
    section: Section
    entry: int | None = None
    """Index into the outline's entries."""
    is_header: bool = False
    """The title line of an entry: position, employer, dates."""
    quarantined: bool = False
    """Holds an instruction to the reader; no reader is shown it."""


class Entry(Value):
    """One job, project or study: its title lines and its dates."""

    section: Section
    title: str
    start: int
    period: Period | None


class Outline(Value):
    """A resume taken apart."""

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds the character at ``offset``."""
        return next((p for p in self.passages if p.start <= offset < p.end), None)

    @property
    def work_passages(self) -> int:
        """Passages that tell of jobs and projects, title lines apart."""
        return sum(p.section in _WORK and not p.is_header for p in self.passages)

    def entry_of(self, passage: Passage) -> Entry | None:
        return None if passage.entry is None else self.entries[passage.entry]


def outline(document: Document) -> Outline:
    """Take a document apart."""
    blocks = _blocks(document)
    items = {start for start, _, bullet in blocks if bullet}
    dangers = [
        (flag.location.start or 0, flag.location.end or 0)
        for flag in document.flags
        if flag.kind is FlagKind.INSTRUCTION
    ]
    passages: list[Passage] = []
    entries: list[Entry] = []
    section, entry, forged = Section.HEADER, None, False
    narrative = not any(
        heading_section(document.text[start:end]) for start, end, bullet in blocks if not bullet
    )
    for index, (start, end, bullet) in enumerate(blocks):
        text = document.text[start:end]
        opened = None if bullet else heading_section(text) or _unknown_heading(text, index)
        if opened is not None:
            section, entry, forged = opened, None, False
            continue
        if narrative and section is Section.HEADER and _starts_narrative(text, index):
            section = Section.EMPLOYMENT
        elif section in _LOOSE and not bullet and _is_dated_title(text):
            # A job under a heading that nobody knows is a job.
            section = Section.EDUCATION if _DEGREE.search(text) else Section.EMPLOYMENT
        steered = any(a < end and start < b for a, b in dangers)
        # What follows a forged border pretends to come from somewhere else.
        forged = forged or (steered and not bullet and _BORDER.match(text) is not None)
        if section is Section.HEADER and _is_content(text, index, bullet):
            section = Section.UNNAMED
        header = _is_header(section, text, bullet)
        if header:
            entry = _open_entry(document, blocks, index, passages, entries, section)
        passages.append(
            Passage(
                number=len(passages) + 1,
                start=start,
                end=end,
                section=section,
                entry=entry,
                is_header=header,
                quarantined=steered or forged,
            )
        )
    return Outline(passages=tuple(_by_theme(document, passages, items)), entries=tuple(entries))


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


def _unknown_heading(text: str, index: int) -> Section | None:
    """A line in capitals, or between ornaments, opens a section although nobody knows its words."""
    if index < _NAME_LINES or len(text.split()) > _CAPITAL_WORDS:
        return None
    if _ORNAMENTED.fullmatch(text.strip()):
        return Section.UNNAMED
    has_cases = all(letter.lower() != letter for letter in text if letter.isalpha())
    return Section.UNNAMED if _CAPITALS.fullmatch(text.strip()) and has_cases else None


def _is_content(text: str, index: int, bullet: bool) -> bool:
    """Whether a line below the name tells of work although no heading stands above it."""
    return index >= _HEADER_LINES or (
        index >= _NAME_LINES and bullet and len(text.split()) >= _STATEMENT_WORDS
    )


def _starts_narrative(text: str, index: int) -> bool:
    """Without any heading the first dated line or long paragraph below the name opens the career."""
    return index > 0 and (find_period(text) is not None or len(text.split()) > _NARRATIVE_WORDS)


def _is_header(section: Section, text: str, bullet: bool) -> bool:
    if bullet or section in {Section.HEADER, Section.SUMMARY, Section.SKILLS, Section.ADVERT}:
        return False
    return _is_dated_title(text)


def _is_dated_title(text: str) -> bool:
    words = len(text.split())
    told = words > _TITLE_WORDS and _ENDS_SENTENCE.search(text)
    return words <= _MAX_HEADER_WORDS and not told and find_period(text) is not None


def _open_entry(
    document: Document,
    blocks: list[tuple[int, int, bool]],
    index: int,
    passages: list[Passage],
    entries: list[Entry],
    section: Section,
) -> int:
    """Add an entry for the dated line; a title line just above it joins its entry."""
    start, end, _ = blocks[index]
    title = document.text[start:end]
    found = find_period(title)
    if passages and index and _is_title_above(document, blocks[index - 1], passages[-1], section):
        above = passages[-1]
        title = f"{document.text[above.start : above.end]} {title}"
        passages[-1] = above.model_copy(update={"entry": len(entries), "is_header": True})
    entries.append(
        Entry(
            section=section,
            title=" ".join(title.split()),
            start=start,
            period=found[0] if found else None,
        )
    )
    return len(entries) - 1


def _is_title_above(
    document: Document, block: tuple[int, int, bool], last: Passage, section: Section
) -> bool:
    start, end, bullet = block
    text = document.text[start:end]
    return (
        (last.start, last.end) == (start, end)
        and last.section is section
        and not bullet
        and not last.is_header
        and len(text.split()) <= 12
        and text.count("\t") < _COLUMNS
        and not _ENDS_SENTENCE.search(text)
    )


def _blocks(document: Document) -> list[tuple[int, int, bool]]:
    """(start, end, is a bullet) of each paragraph, wrapped lines joined."""
    blocks: list[tuple[int, int, bool]] = []
    last: Line | None = None
    widths = sorted(line.end - line.start for line in document.lines if line.end > line.start)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    for line in document.lines:
        text = document.text[line.start : line.end]
        if not text.strip():
            last = None
            continue
        mark = _BULLET.match(text)
        cells = _cells(text)
        if len(cells) > 1:
            blocks += [(line.start + first, line.start + last, told) for first, last, told in cells]
        elif (
            mark is None
            and not line.item
            and last is not None
            and blocks
            and document.wrapped
            and _runs_on(document, last, line, usual)
        ):
            blocks[-1] = (blocks[-1][0], line.end, blocks[-1][2])
        else:
            start = line.start + (mark.end() if mark else 0)
            if start < line.end:
                blocks.append((start, line.end, mark is not None or line.item))
        last = line
    return blocks


def _cells(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, is a statement) of a table's row: the cells before the first statement are its title."""
    cells = [(cell.start(), cell.end(), _is_told(cell[0])) for cell in _CELL.finditer(text)]
    first = next((n for n, (_, _, told) in enumerate(cells) if told and n), None)
    if first is None:
        return []
    return [(cells[0][0], cells[first - 1][1], False), *((a, b, True) for a, b, _ in cells[first:])]


def _is_told(text: str) -> bool:
    """Whether a cell holds a statement: titles and names of employers are short, or in capitals."""
    words = text.split()
    return len(words) >= _STATEMENT_WORDS and sum(w[0].islower() for w in words) >= _SMALL_WORDS


def _runs_on(document: Document, upper: Line, line: Line, usual: int) -> bool:
    """Whether ``line`` goes on the sentence of the line above it."""
    above = document.text[upper.start : upper.end]
    text = document.text[line.start : line.end]
    if (
        heading_section(above)
        or heading_section(text)
        or (find_period(text) and len(text.split()) < 12)
    ):
        return False
    if upper.box and line.box:
        height = max(1.0, upper.box.y1 - upper.box.y0)
        gap = line.box.y0 - upper.box.y1
        if upper.page == line.page and (gap > 0.8 * height or gap < -3 * height):
            return False
    if text[:1].islower() or _CONTINUES.search(above):
        return True
    if find_period(above) and len(above.split()) < 14:
        return False
    full = upper.end - upper.start >= _FULL_LINE * usual
    if upper.box:
        # Columns differ in width: compare with the lines that start at the same place.
        same = [
            other.box.x1
            for other in document.lines
            if other.box and other.page == upper.page and abs(other.box.x0 - upper.box.x0) < 30
        ]
        left = upper.box.x0
        full = upper.box.x1 - left >= _FULL_LINE * (max(same, default=upper.box.x1) - left)
    return full and not (_ENDS_SENTENCE.search(above) and upper.end - upper.start < 0.9 * usual)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a passage, white space trimmed."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((start + lead, start + len(piece.rstrip())))
        start = match.end() if match else end
    return tuple(spans)


def part_borders(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Semicolons, borders of cells, and commas before a clause with *I*, in ``text[start:end]``."""
    return _PART_BORDER.finditer(text, start, end)


def is_list(text: str) -> bool:
    """Whether a text is names between commas or the like, and no sentence."""
    items = [item.split() for item in _ITEM_BORDER.split(text.strip()) if item]
    words = [len(item) for item in items]
    return bool(words) and max(words) <= _NAME_WORDS and sum(words) <= _USUAL_NAME * len(words)


def list_item(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The items of a list that hold ``sentence[start:end]``; the whole sentence where it is no list."""
    borders = list(_ITEM_BORDER.finditer(sentence))
    items = _ITEM_BORDER.split(sentence)
    if max(len(item.split()) for item in items) > _ITEM_WORDS:
        return 0, len(sentence)
    first = max((b.end() for b in borders if b.end() <= start), default=0)
    last = min((b.start() for b in borders if b.start() >= end), default=len(sentence))
    return first, last

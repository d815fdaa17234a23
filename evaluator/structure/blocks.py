"""Paragraphs of a document: wrapped lines joined, bullets known, headings within a line apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..models.document import Document, Line
from .line_features import CELL_BORDER, find_period, label_of, look_at
from .sections import Section, heading_section, leading_heading, trailing_heading

_BULLET = re.compile(
    r"^\s*(?:[•▪◦‣∙·●○■□➢➤►▶▸❖◆◇✦★☆✓✔✗※»›→⇒➔*+–—\u00ad\uf000-\uf0ff-]\uFE0F?Â?|\d{1,2}[.)]|[(]?[a-z][)])(?:\s+|(?<=[•▪●■➢➤►❖✓✔\uf000-\uf0ff])(?=\w))"
)
_LETTER_BULLET = re.compile(r"^\s*([oØ§üvqnlà])\s+(?=[^\W_a-zß-ÿ]|[\"“(])")
"""Bullets of symbol fonts, pasted as the letters that stand in their place."""
_NO_WORDS = re.compile(
    r"[^\s\u0900-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{1001}"
)
"""A thousand letters without a space, in scripts that part words by spaces, are data and not told to anybody."""
_ORNAMENTS = frozenset("■◆▼◇□★●▶►❖")
"""Bullets that stand before headings too."""
_FEW_LETTER_BULLETS = 2
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_CONTINUES = re.compile(r"(?:,|\band|\bor|\bwith|\bfor|\bund|\by|\bet|\be|-|–|/|&)\s*$", re.I)
_UNENDED = re.compile(r"(?:,|\s&|\b(?:and|or|of|the|for|with|und|von|y|de|et))\s*$")
_DATE_FIRST = re.compile(r"\s*(?:[^\W\d_]{3,10}\.?,?\s+|\d{1,2}\s?[/.-]\s?)?(?:19|20)\d\d(?![\w/])")
_OPEN_RANGE = re.compile(
    r"(?:19|20)\d\d\s*(?:[-–—]|\bto|\bbis|\ba|\bà)\s*(?:[^\W\d_]{3,10}\.?)?\s*$"
)
"""A range of dates whose end stands on the next line."""
_TO = re.compile(r"\s*(?:[-–—]|to|bis|a|à|au|hasta)\s*", re.I)
"""Between two dates, alone on its line."""
_YEAR_FIRST = re.compile(
    r"\s*(?:[^\W\d_]{3,10}\.?\s+)?(?:19|20)\d\d\b|\s*(?:present|current|now|today)\b", re.I
)
_YEAR_LAST = re.compile(r"(?<!\d)(?:19|20)\d\d\s*$")
_RANGE_END = re.compile(
    r"\s*[-–—]\s*(?:(?:[^\W\d_]{3,10}\.?\s+)?(?:19|20)\d\d|present|current|now|today|heute|actuel|actual)\s*",
    re.I,
)
_DATED_HEAD = re.compile(rf"{_DATE_FIRST.pattern}\s*(?:to\s|[-–—]|[^\W\d_a-zß-ÿ])")
_ADDRESS_FIRST = re.compile(r"\s*[\w.+%-]{1,64}@[\w-]{1,63}\.\w")
"""A line of contacts; addresses begin small and go on no sentence."""
_FULL_LINE = 0.8
_STATEMENT_WORDS, _SMALL_WORDS = 5, 3
_DATED_WORDS = 14
_ABOVE_ALL = 20
"""Words of a dated line below the end of a sentence."""
_LONG_LINE, _MOSTLY, _FEW_LINES = 0.6, 0.6, 4
_CELL = re.compile(r"[^\t\s](?:[^\t]*[^\t\s])?")
_SHORT = 200
"""Characters of a line that may be no more than a title with dates."""
_BESIDE, _BESIDE_WORDS = re.compile(r"\s*[)\]|]{0,2}(\s*[-–—•:]\s+|\s{2,})(?=\S)"), 7
_BEGINNING = 60
_INNER = re.compile(r"\s[•❖✓➢▪●]\s+(?=\S)")
_FEW_INNER, _INNER_WORDS, _LONG = 2, 4, 160
"""A line of this length with bullets inside is a list that lost its line ends."""
_LARGER = 1.3
"""Times as high as the line below it: a name or a heading, whose letters are larger."""
_COLUMN = 10.0
"""Points: lines of one column start within three times this."""


@dataclass(frozen=True, slots=True)
class Block:
    """``document.text[start:end]``: a paragraph, a bullet, a cell of a table or a heading."""

    start: int
    end: int
    item: bool
    """It begins an item of a list."""
    gap: bool = False
    """Space stands above it."""
    cells: bool = False
    """It begins a row of a table."""
    lead: tuple[Section, int] | None = None
    """The section of a heading at its start, and where its content starts."""


def blocks_of(document: Document) -> Iterator[Block]:
    """The paragraphs of a document in reading order."""
    for block in _joined(document):
        for part in _parted(document.text, block):
            if part.start < part.end:
                yield part


def _joined(document: Document) -> Iterator[Block]:
    margins = _Margins(document)
    letters = _letter_bullets(document)
    block: Block | None = None
    last: Line | None = None
    gap, below_dates = True, False
    for line in document.lines:
        text = document.text[line.start : line.end]
        if not text.strip() or _NO_WORDS.search(text):
            last, gap = None, True
            continue
        gap = gap or (last is not None and margins.is_apart(last, line))
        mark = _BULLET.match(text) or (_LETTER_BULLET.match(text) if letters else None)
        if mark and last is not None and _RANGE_END.fullmatch(text):
            # The dash of dates that broke before it.
            above = document.text[max(last.start, last.end - _SHORT) : last.end]
            mark = None if _YEAR_LAST.search(above) else mark
        cells = [] if mark else _cells(text)
        is_new = mark is not None or line.item or bool(cells)
        if (
            not is_new
            and block is not None
            and last is not None
            and not block.cells
            and (
                _ends_in_to(document.text, block, line)
                or (
                    document.wrapped
                    and margins.runs_on(last, line)
                    and not (below_dates and _is_head_before(document, last, line))
                )
            )
        ):
            block = replace(block, end=line.end)
        else:
            if block is not None:
                yield block
            block = None
            if cells:
                for number, (first, end, told) in enumerate(cells):
                    yield Block(
                        line.start + first, line.start + end, told, gap and not number, not number
                    )
            else:
                start = line.start + (mark.end() if mark else 0)
                opens = text.lstrip()[:1] in _ORNAMENTS and heading_section(text) is not None
                block = Block(start, line.end, (mark is not None or line.item) and not opens, gap)
        below_dates = last is not None and not mark and _is_only_dates(document, last)
        last, gap = line, False
    if block is not None:
        yield block


def _letter_bullets(document: Document) -> bool:
    """Whether several lines begin with the same letter that stands for a bullet."""
    seen: defaultdict[str, int] = defaultdict(int)
    for line in document.lines:
        match = _LETTER_BULLET.match(document.text[line.start : min(line.end, line.start + 20)])
        if match:
            seen[match[1]] += 1
    return any(count >= _FEW_LETTER_BULLETS for count in seen.values())


def _parted(text: str, block: Block) -> Iterator[Block]:
    """A block without a heading at its end, which becomes one; a long one parted at the bullets inside."""
    told = text[block.start : block.end]
    tail = None if heading_section(told) else trailing_heading(told)
    first = replace(
        block,
        end=block.start + tail[1] if tail else block.end,
        lead=None if block.item or heading_section(told) else leading_heading(told),
    )
    for part in _told_beside(text, first):
        yield from _items(text, part)
    if tail:
        yield Block(block.start + tail[1], block.end, False)


def _told_beside(text: str, block: Block) -> Iterator[Block]:
    """A head and what was done, where both stand in one line with the dates between."""
    told = text[block.start : block.end]
    found = find_period(told[:_SHORT])
    border = _BESIDE.match(told, found[1][1]) if found else None
    alone = found is not None and not told[: found[1][0]].strip()
    if border is None or alone or len(told[border.end() :].split()) < _BESIDE_WORDS:
        yield block
        return
    if border[1].isspace() and found and not CELL_BORDER.search(told[: found[1][0]].strip()):
        # The title may stand behind the dates.
        yield block
        return
    yield replace(block, end=block.start + border.start(1))
    yield Block(block.start + border.end(), block.end, True)


def _items(text: str, block: Block) -> Iterator[Block]:
    told = text[block.start : block.end]
    marks = list(_INNER.finditer(told)) if len(told) >= _LONG else []
    pieces = len(marks) + 1
    if len(marks) < _FEW_INNER or len(told.split()) < _INNER_WORDS * pieces:
        yield block
        return
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(told)]
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        yield replace(
            block,
            start=block.start + first,
            end=block.start + last,
            item=block.item or number > 0,
            gap=block.gap and not number,
            lead=None if number else block.lead,
        )


def _cells(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, is a statement) of a table's row: the cells before the first statement are its title."""
    if "\t" not in text:
        return []
    cells = [(cell.start(), cell.end(), _is_told(cell[0])) for cell in _CELL.finditer(text)]
    first = next((n for n, (_, _, told) in enumerate(cells) if told and n), None)
    if first is None:
        return []
    return [(cells[0][0], cells[first - 1][1], False), *((a, b, True) for a, b, _ in cells[first:])]


def _is_told(text: str) -> bool:
    """Whether a cell holds a statement: titles and names of employers are short, or in capitals."""
    words = text.split()
    return len(words) >= _STATEMENT_WORDS and sum(w[0].islower() for w in words) >= _SMALL_WORDS


class _Margins:
    """How wide the lines of a document are, and whether one goes on in the next."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        widths = sorted(line.end - line.start for line in document.lines if line.end > line.start)
        self._usual = widths[int(len(widths) * 0.9)] if widths else 0
        long = [line for line in document.lines if line.end - line.start > _LONG_LINE * self._usual]
        told = sum(
            _ENDS_SENTENCE.search(self._text, max(line.start, line.end - 3), line.end) is not None
            for line in long
        )
        self._are_sentences = told >= _MOSTLY * max(len(long), _FEW_LINES)
        """Lines mostly end where sentences do, so that one which ends so is whole."""
        self._rights: defaultdict[tuple[int, int], float] = defaultdict(float)
        for line in document.lines:
            if line.box:
                key = line.page, int(line.box.x0 // _COLUMN)
                self._rights[key] = max(self._rights[key], line.box.x1)

    def is_apart(self, upper: Line, line: Line) -> bool:
        """Whether space stands between two lines, by the place of both."""
        if not upper.box or not line.box or upper.page != line.page:
            return False
        height = max(1.0, upper.box.y1 - upper.box.y0)
        gap = line.box.y0 - upper.box.y1
        return gap > 0.8 * height or gap < -3 * height

    def runs_on(self, upper: Line, line: Line) -> bool:
        """Whether ``line`` goes on the sentence of the line above it."""
        above = self._text[upper.start : upper.end]
        text = self._text[line.start : line.end]
        if (
            self._opens(above)
            or (heading_section(text) and not self._is_broken(upper, above))
            or _is_labelled(text)
            or _ADDRESS_FIRST.match(text)
            or self.is_apart(upper, line)
            or _is_larger(upper, line)
        ):
            return False
        end = above[-_SHORT:]
        if _goes_on_range(end, text):
            return True
        if _DATED_HEAD.match(above) and not text[:1].islower():
            return False
        ends = _ENDS_SENTENCE.search(above, max(0, len(above) - 20)) is not None
        most = _ABOVE_ALL if ends else _DATED_WORDS - 2
        if _begins_dated(text):
            return False
        if _is_dated(text) and len(text.split()) < most:
            return end.rstrip().endswith(",") and self._is_full(upper)
        if _CONTINUES.search(above, max(0, len(above) - 20)):
            return True
        if _is_dated(above) and len(above.split()) < _DATED_WORDS and not self._is_full(upper):
            return False
        if text[:1].islower():
            return True
        if _is_dated(above) and len(above.split()) < _DATED_WORDS:
            return False
        is_short = self._are_sentences or upper.end - upper.start < 0.9 * self._usual
        return self._is_full(upper) and not (ends and is_short)

    def _is_broken(self, upper: Line, above: str) -> bool:
        """Whether a full line ends in a word after which more must follow."""
        return self._is_full(upper) and _UNENDED.search(above, max(0, len(above) - 20)) is not None

    @staticmethod
    def _opens(above: str) -> bool:
        return heading_section(above) is not None or trailing_heading(above) is not None

    def _is_full(self, line: Line) -> bool:
        """Whether a line reaches the right margin; columns differ in width, so of those that start where it does."""
        if not line.box:
            return line.end - line.start >= _FULL_LINE * self._usual
        left, column = line.box.x0, int(line.box.x0 // _COLUMN)
        right = max(self._rights.get((line.page, column + n), 0.0) for n in (-2, -1, 0, 1, 2))
        return line.box.x1 - left >= _FULL_LINE * (max(right, line.box.x1) - left)


def _is_larger(upper: Line, line: Line) -> bool:
    """Whether the letters of a line are larger than those of the line below it."""
    if not upper.box or not line.box:
        return False
    return upper.box.y1 - upper.box.y0 > _LARGER * (line.box.y1 - line.box.y0)


def _ends_in_to(text: str, block: Block, line: Line) -> bool:
    """Whether a line is, or goes on behind, the word between two dates, which stands alone on its line."""
    above, below = text[block.start : block.end][-_BEGINNING:], text[line.start : line.end]
    if _TO.fullmatch(below):
        return _YEAR_LAST.search(above) is not None
    alone = _TO.fullmatch(above[above.rfind("\n") + 1 :]) and "\n" in above
    return bool(alone) and _goes_on_range(above, below)


def _goes_on_range(above: str, text: str) -> bool:
    """Whether a line goes on a range of dates that broke at the end of the line above it."""
    if _YEAR_LAST.search(above):
        return any(form.fullmatch(text) for form in (_RANGE_END, _TO))
    return _OPEN_RANGE.search(above) is not None and _YEAR_FIRST.match(text) is not None


def _begins_dated(text: str) -> bool:
    found = find_period(text[:_BEGINNING])
    return found is not None and not text[: found[1][0]].strip()


def _is_labelled(text: str) -> bool:
    label = label_of(text)
    return label is not None and not label[0].startswith("bare ")


def _is_only_dates(document: Document, line: Line) -> bool:
    text = document.text[line.start : line.end]
    found = find_period(text) if len(text) <= _BEGINNING else None
    return found is not None and not text[: found[1][0]].strip() + text[found[1][1] :].strip()


def _is_head_before(document: Document, upper: Line, line: Line) -> bool:
    """Whether a line below dates names a title with its employer or their place, and what follows begins anew."""
    above = document.text[upper.start : upper.end]
    if document.text[line.start : line.end][:1].islower() or _CONTINUES.search(above):
        return False
    look = look_at(above)
    return look.titled and (look.named or look.placed) and not look.told


def _is_dated(text: str) -> bool:
    return len(text) <= _SHORT and find_period(text) is not None

"""Reading order of a page: words to segments, segments to columns, columns to lines.

The file's own order is kept where it is coherent. It is replaced by a recursive cut into columns when
text comes after what stands under it, or when two columns alternate line by line.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from itertools import pairwise

from .words import RIGHT_TO_LEFT, Word

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = 0.25
"""Of a margin's lines: dates, where the others are headings."""


@dataclass(eq=False)
class Segment:
    """Neighbouring words on one baseline without a column's gap between them."""

    words: list[Word]
    number: int
    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def add(self, word: Word) -> None:
        self.words.append(word)
        if word.x0 < self.x0:
            self.x0 = word.x0
        if word.x1 > self.x1:
            self.x1 = word.x1
        if word.y0 < self.y0:
            self.y0 = word.y0
        if word.y1 > self.y1:
            self.y1 = word.y1


PageLine = list[Segment]


def lines_in_order(words: list[Word]) -> list[PageLine]:
    """Lines of a page, each a list of segments from the reader's first to last."""
    segments = _segments(words)
    for segment in segments:
        _join_letter_spaced(segment)
    leaves = _split(segments)
    leaf_of = {segment.number: k for k, leaf in enumerate(leaves) for segment in leaf}
    if _alternates(segments, leaf_of, len(leaves)) or _climbs(segments):
        lines = [line for leaf in leaves for line in _lines_of_leaf(leaf)]
    else:
        lines = _lines_as_drawn(segments, leaf_of)
    return _from_the_right(lines) if _reads_from_the_right(words) else lines


def _lines_of_leaf(leaf: list[Segment]) -> list[PageLine]:
    """The order of drawing may jump between columns and still be right inside each."""
    drawn = sorted(leaf, key=lambda s: s.number)
    return _rows(leaf) if _climbs(drawn, least=1) else _lines_as_drawn(drawn, {})


def _lines_as_drawn(segments: list[Segment], leaf_of: dict[int, int]) -> list[PageLine]:
    lines: list[PageLine] = []
    for segment in segments:
        last = lines[-1][-1] if lines else None
        together = last and leaf_of.get(last.number) == leaf_of.get(segment.number)
        if last and together and _same_row(last, segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return lines


def _reads_from_the_right(words: list[Word]) -> bool:
    foreign = [w.text for w in words if not w.text.isascii()]
    return 2 * sum([bool(RIGHT_TO_LEFT.search(text)) for text in foreign]) > len(words)


def _from_the_right(lines: list[PageLine]) -> list[PageLine]:
    """Segments and words from right to left; runs of words in other scripts keep their direction."""
    for line in lines:
        line.sort(key=lambda s: -s.x1)
        for segment in line:
            ordered: list[Word] = []
            run: list[Word] = []
            for word in sorted(segment.words, key=lambda w: -w.x1):
                if RIGHT_TO_LEFT.search(word.text):
                    ordered += [*_one_direction(run), word]
                    run = []
                else:
                    run.append(word)
            segment.words = [*ordered, *_one_direction(run)]
    return lines


def _one_direction(run: list[Word]) -> list[Word]:
    """Numbers alone follow the line; next to a word from left to right they follow that."""
    spelled = any(c.isalpha() for word in run for c in word.text)
    return run[::-1] if spelled else run


def line_text(line: PageLine) -> str:
    """Words by spaces, segments by tabs."""
    return "\t".join(" ".join(word.text for word in segment.words) for segment in line)


def _segments(words: list[Word]) -> list[Segment]:
    found: list[Segment] = []
    segment: Segment | None = None
    last_x0 = last_x1 = last_middle = last_height = 0.0
    for word in words:
        x0, x1 = word.x0, word.x1
        middle, height = (word.y0 + word.y1) / 2, word.y1 - word.y0
        low = max(4.0, min(height, last_height))
        gap = x0 - last_x1 if x0 >= last_x0 else last_x0 - x1
        if (
            segment is not None
            and -0.45 * low < middle - last_middle < 0.45 * low
            and -0.6 * low < gap < 0.85 * low
        ):
            segment.add(word)
        else:
            segment = Segment([word], len(found), x0, x1, word.y0, word.y1)
            found.append(segment)
        last_x0, last_x1, last_middle, last_height = x0, x1, middle, height
    return found


def _join_letter_spaced(segment: Segment) -> None:
    words = segment.words
    if len(words) < 4:
        return
    short = [word.text for word in words if len(word.text) <= 2]
    # A row of stars or of numbers is no heading.
    if len(short) < 4 or len({text for text in short if text.isalpha()}) < 3:
        return
    if sum(len(word.text) for word in words) > 1.5 * len(words):
        return
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words))
    usual = gaps[len(gaps) // 2]
    joined = [words[0]]
    for word in words[1:]:
        if word.x0 - joined[-1].x1 < 1.6 * usual + 0.3:
            joined[-1].text += word.text
            joined[-1].x1 = word.x1
        else:
            joined.append(word)
    segment.words = joined


def _same_row(a: Segment, b: Segment) -> bool:
    return abs(a.middle - b.middle) < 0.5 * min(a.height, b.height)


def _gutters(segments: list[Segment]) -> list[float]:
    """x positions that few segments cross, best first."""
    x0, x1 = min(s.x0 for s in segments), max(s.x1 for s in segments)
    if not 0 < x1 - x0 < 8_000:
        return []
    bins = int((x1 - x0) / 2) + 2
    steps = [0] * (bins + 1)
    for s in segments:
        steps[max(0, int((s.x0 - x0) / 2))] += 1
        steps[min(bins, int((s.x1 - x0) / 2) + 1)] -= 1
    cover: list[int] = []
    total = 0
    for step in steps[:bins]:
        total += step
        cover.append(total)
    # A short column is itself a low run at the edge; its gutter is then the empty stretch before it.
    found = _low_runs(cover, max(1.0, len(segments) * 0.18), x0)
    return found + [x for x in _low_runs(cover, 0.0, x0) if x not in found]


def _low_runs(cover: list[int], low: float, x0: float) -> list[float]:
    found: list[tuple[int, int, float]] = []
    k = 0
    while k < len(cover):
        if cover[k] > low:
            k += 1
            continue
        end = k
        while end < len(cover) and cover[end] <= low:
            end += 1
        if k > 5 and end < len(cover) - 5:
            best = min(cover[k:end])
            at = [q for q in range(k, end) if cover[q] == best]
            found.append((best, -len(at), x0 + at[0] + at[-1] + 1))
        k = end
    return [position for _, _, position in sorted(found)[:4]]


def _split(segments: list[Segment], depth: int = 0) -> list[list[Segment]]:
    """Cut a region into columns, recursively; gives the leaves in reading order."""
    if len(segments) < 6 or depth > 6:
        return [segments]
    for gutter in _gutters(segments):
        for top, bottom, inside in _bands(segments, gutter)[:2]:
            left = [s for s in inside if s.x1 <= gutter]
            right = [s for s in inside if s.x0 >= gutter]
            if not _are_columns(left, right):
                continue
            above = [s for s in segments if s.middle >= top]
            below = [s for s in segments if s.middle <= bottom]
            leaves = _split(above, depth + 1) if above else []
            leaves += _split(left, depth + 1) + _split(right, depth + 1)
            return leaves + (_split(below, depth + 1) if below else [])
    return [segments]


def _bands(segments: list[Segment], gutter: float) -> list[tuple[float, float, list[Segment]]]:
    """Stretches of the page that no segment crosses the gutter in, fullest first."""
    crossing = sorted((s for s in segments if s.x0 < gutter < s.x1), key=lambda s: -s.y1)
    bands: list[tuple[float, float, list[Segment]]] = []
    top = 1e9
    for cross in [*crossing, None]:
        bottom = cross.y1 - 1 if cross else -1e9
        inside = [s for s in segments if not s.x0 < gutter < s.x1 and bottom < s.middle < top]
        if inside:
            bands.append((top, bottom, inside))
        if cross:
            top = min(top, cross.y0 + 1)
    return sorted(bands, key=lambda band: -len(band[2]))


def _are_columns(left: list[Segment], right: list[Segment]) -> bool:
    """False for rows of a table, dates at the margin and the like."""
    if len(left) < 4 or len(right) < 4:
        return False
    small, big = (left, right) if len(left) <= len(right) else (right, left)
    middles = sorted(s.middle for s in big)
    beside = []
    for s in small:
        i = bisect.bisect_left(middles, s.middle)
        if any(abs(m - s.middle) < 1.6 for m in middles[max(0, i - 1) : i + 1]):
            beside.append(s)
    if len(beside) / len(small) < 0.75:
        return _is_dense(small) or not _is_margin(beside, small)
    # On the same baselines: rows of a table, unless one side is running text and the other no margin of dates.
    if max(_usual_words(left), _usual_words(right)) < 7:
        return False
    dates = sum([any(_YEAR.search(word.text) for word in s.words) for s in small])
    return _is_dense(small) and 2 * dates < len(small)


def _is_margin(beside: list[Segment], small: list[Segment]) -> bool:
    """Whether a sparse column holds headings, and dates beside the lines that they are of."""
    dates = sum([any(_YEAR.search(word.text) for word in s.words) for s in beside])
    return dates >= 2 and dates >= _DATED * len(small)


def _is_dense(segments: list[Segment]) -> bool:
    """Lines mostly follow each other without the space of a row between them."""
    ordered = sorted(segments, key=lambda s: -s.middle)
    close = sum([a.middle - b.middle < 1.9 * a.height for a, b in pairwise(ordered)])
    return close >= 0.6 * (len(ordered) - 1)


def _usual_words(segments: list[Segment]) -> int:
    counts = sorted(len(s.words) for s in segments)
    return counts[len(counts) * 3 // 4]


def _rows(segments: list[Segment]) -> list[PageLine]:
    rows: list[PageLine] = []
    for segment in sorted(segments, key=lambda s: -s.middle):
        if rows and _same_row(rows[-1][0], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return rows


def _stands_under(lower: Segment, upper: Segment) -> bool:
    shared = min(lower.x1, upper.x1) - max(lower.x0, upper.x0)
    narrow = min(lower.x1 - lower.x0, upper.x1 - upper.x0)
    return lower.middle < upper.middle - 0.8 * upper.height and shared > 0.5 * narrow


def _climbs(segments: list[Segment], least: int = 4) -> bool:
    """Some text comes after at least so many pieces that stand under it."""
    for i, (last, segment) in enumerate(pairwise(segments), start=1):
        jumps_up = segment.middle > last.middle + 0.8 * last.height
        if jumps_up and sum([_stands_under(s, segment) for s in segments[:i]]) >= least:
            return True
    return False


def _alternates(segments: list[Segment], leaf_of: dict[int, int], leaves: int) -> bool:
    """Two columns are drawn line by line in turn."""
    if leaves < 2:
        return False
    sizes = [0] * leaves
    switches: dict[tuple[int, int], int] = {}
    for segment in segments:
        sizes[leaf_of[segment.number]] += 1
    for last, segment in pairwise(segments):
        a, b = sorted((leaf_of[last.number], leaf_of[segment.number]))
        if a != b:
            switches[a, b] = switches.get((a, b), 0) + 1
    return any(n > 4 and n > 1.2 * min(sizes[a], sizes[b]) for (a, b), n in switches.items())

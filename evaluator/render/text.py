"""A report for a terminal of 80 columns."""

from __future__ import annotations

import textwrap

from rich.cells import cell_len

from ..models.vocabulary import BAND_NAMES, Axis, Dimension
from ..report import CandidateReport, axis_of
from ..wording import dimension_sentence
from .blocks import (
    Audience,
    facts_line,
    level_line,
    next_band_line,
    portfolio_line,
    score_told,
    title,
    verdict_line,
)
from .escaping import for_terminal
from .views import blocks_for

WIDTH = 80
_AXIS_BAR = 40
_LEVEL_BAR = 4
_COLOURS = {Axis.ML: "34", Axis.OPS: "33"}
_NAMES = {Axis.ML: "ML depth", Axis.OPS: "Ops depth"}


def render_text(
    report: CandidateReport, audience: Audience = Audience.RECRUITER, *, colour: bool = False
) -> str:
    """Lines of at most 80 cells without control characters, but for colours where they are wanted."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text

    head = for_terminal(title(report))
    lines = [paint(head, "1"), "=" * min(WIDTH, max(8, cell_len(head))), ""]
    lines += [paint(line, "1") for line in wrapped(for_terminal(verdict_line(report)))]
    lines += wrapped(for_terminal(facts_line(report)))
    for axis in Axis:
        found = axis_of(report, axis)
        filled = round(_AXIS_BAR * found.score / 100)
        bar = paint("█" * filled, _COLOURS[axis]) + "·" * (_AXIS_BAR - filled)
        lines += ["", f"{_NAMES[axis]:<10} {bar} {score_told(found):>3}  {BAND_NAMES[found.band]}"]
        for dimension in found.dimensions:
            row = report.dimensions[dimension]
            steps = paint("■" * row.level, _COLOURS[axis]) + "□" * (_LEVEL_BAR - row.level)
            words = level_line(report, dimension)
            lines.append(f"  {dimension.value:<16} {steps}  {words}".rstrip())
        needs = next_band_line(report, axis)
        lines += wrapped(f"  {needs}") if needs else []
    lines += ["", *wrapped(for_terminal(f"Public code: {portfolio_line(report)}"))]
    for block in blocks_for(report, audience):
        lines += ["", paint(block.heading, "1;31" if block.is_alert else "1")]
        for sentence in block.lines:
            lines += wrapped(for_terminal(sentence), bullet=True)
    lines += ["", paint("What the dimensions mean", "1")]
    for dimension in Dimension:
        lines += wrapped(f"{dimension.value}: {dimension_sentence(dimension)}", bullet=True)
    return "\n".join(lines) + "\n"


def wrapped(text: str, *, bullet: bool = False) -> list[str]:
    """Lines of at most 80 terminal cells; wide characters count two."""
    first, later = ("  - ", "    ") if bullet else ("", "")
    if cell_len(text) == len(text):
        return textwrap.wrap(
            text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
        ) or [first.rstrip()]
    lines: list[str] = []
    rest, lead = text, first
    while rest:
        taken = _fitting(rest, WIDTH - len(lead))
        if taken < len(rest) and not rest[taken].isspace():
            space = rest.rfind(" ", 0, taken)
            taken = space if space > taken // 2 else taken
        lines.append((lead + rest[:taken]).rstrip())
        rest, lead = rest[taken:].lstrip(), later
    return lines


def _fitting(text: str, room: int) -> int:
    """How many characters fit into ``room`` cells; at least one, so that wrapping always ends."""
    used = 0
    for number, character in enumerate(text):
        used += cell_len(character)
        if used > room:
            return max(1, number)
    return len(text)

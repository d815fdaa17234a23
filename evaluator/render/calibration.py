"""Agreement of readers with labels: for a terminal, a program and a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from textwrap import wrap

from rich.cells import set_cell_size

from ..calibration import Calibration
from ..calibration.comparison import Outcome, Share
from ..models.vocabulary import Axis, Track
from .html import environment

_AXES = {Axis.ML: "ML", Axis.OPS: "Ops"}
_LABEL = 30
_COLUMN = 26
_WIDTH = 80


def calibration_json(found: Sequence[Calibration]) -> str:
    """All figures and every resume's outcome."""
    return (
        json.dumps([one.model_dump(mode="json") for one in found], indent=2, ensure_ascii=False)
        + "\n"
    )


def calibration_text(found: Sequence[Calibration]) -> str:
    """A table with one column a reader, then groups, confusions and what differs."""
    lines = [_line("", [one.reader for one in found])]
    lines += [_line(name, cells) for name, cells in figures(found)]
    for title, parts in (("group", "groups"), ("language", "languages")):
        lines += ["", _line(f"track right, by {title}", [])]
        lines += [
            _line(f"  {name}", [_counted(share) for share in shares])
            for name, shares in by_part(found, parts)
        ]
    for one in found:
        lines += ["", f"Tracks by {one.reader}: rows are labels, columns what was read"]
        lines.append(" " * 14 + "".join(f"{track.value:>12}" for track in Track))
        for label, row in one.confusion.items():
            lines.append(f"  {label.value:12}" + "".join(f"{row[t] or '·':>12}" for t in Track))
        differing = [outcome for outcome in one.outcomes if differs(outcome)]
        if differing:
            lines += ["", f"Read differently by {one.reader}"]
            for outcome in differing:
                lines += wrap(told(outcome), _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def calibration_html(found: Sequence[Calibration]) -> str:
    """A page of its own, no script and no network."""
    return (
        environment()
        .get_template("calibration.html.j2")
        .render(
            found=found,
            figures=figures(found),
            parts=[
                (title, by_part(found, parts))
                for title, parts in (("Group", "groups"), ("Language", "languages"))
            ],
            tracks=list(Track),
            differing=[[o for o in one.outcomes if differs(o)] for one in found],
            told=told,
        )
    )


def figures(found: Sequence[Calibration]) -> list[tuple[str, list[str]]]:
    """Rows of the main table: a name and a cell for each reader."""
    rows: list[tuple[str, list[str]]] = [
        ("resumes", [str(one.track.of) for one in found]),
        ("track right", [_percent(one.track) for one in found]),
        ("macro-F1 of tracks", [_number(one.macro_f1) for one in found]),
    ]
    rows += [
        (f"weighted kappa, {_AXES[axis]} band", [_number(one.kappa[axis]) for one in found])
        for axis in Axis
    ]
    rows += [
        (f"band error, {_AXES[axis]}", [f"{one.band_error[axis]:.2f}" for one in found])
        for axis in Axis
    ]
    rows += [
        ("level error", [_number(one.level_error) for one in found]),
        ("seniority right", [_percent(one.seniority) for one in found]),
        ("key quotes found", [_percent(one.quotes) for one in found]),
        ("traps taken", [_percent(one.traps) for one in found]),
        ("marked borderline", [str(one.borderline) for one in found]),
    ]
    if any(one.spread for one in found):
        rows.append(("same track every time", [_same(one) for one in found]))
        rows.append(("widest range of a score", [_widest(one) for one in found]))
    return rows


def by_part(found: Sequence[Calibration], parts: str) -> list[tuple[str, list[Share]]]:
    """Rows of the groups or languages: all readers saw the same resumes."""
    tables: list[Mapping[str, Share]] = [getattr(one, parts) for one in found]
    return [(name, [table[name] for table in tables]) for name in tables[0]]


def differs(outcome: Outcome) -> bool:
    """Whether a person should look: another track, a missed quote or a trap taken."""
    return outcome.label is not outcome.judged or bool(outcome.missed or outcome.used)


def told(outcome: Outcome) -> str:
    """One outcome in a line."""
    parts = []
    if outcome.label is not outcome.judged:
        border = ", marked borderline" if outcome.borderline else ""
        parts.append(f"{outcome.label.value} read as {outcome.judged.value}{border}")
    parts += [f"not found “{words}”" for words in outcome.missed]
    parts += [f"used “{words}”" for words in outcome.used]
    return f"{outcome.id}: {'; '.join(parts)}"


def _line(label: str, cells: Sequence[str]) -> str:
    shown = [set_cell_size(cell, _COLUMN) for cell in cells]
    return set_cell_size(label, _LABEL) + "".join(shown)


def _percent(share: Share) -> str:
    if not share.of:
        return "–"
    return f"{share.value:.1%} ({share.hits}/{share.of}, {share.low:.0%}–{share.high:.0%})"


def _counted(share: Share) -> str:
    return f"{share.value:.0%} ({share.hits}/{share.of})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _same(one: Calibration) -> str:
    return f"{one.spread.same_track}/{one.track.of}" if one.spread else "–"


def _widest(one: Calibration) -> str:
    return f"{one.spread.widest:.1f} points" if one.spread else "–"

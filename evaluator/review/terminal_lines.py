"""Decisions and both verdicts in lines for a terminal, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..audit.correcting import Result
from ..models.vocabulary import BAND_NAMES, Axis
from ..render.escaping import for_terminal
from ..render.text import wrapped
from .agreement import Agreement
from .decision_book import Entered
from .decision_entries import Decided, Noted, Objected
from .proposing import Difference
from .recounting import Reviewed

_NAMES = {Axis.ML: "ML", Axis.OPS: "Ops"}


def result_line(result: Result) -> str:
    """A verdict in one line."""
    axes = [
        f"{_NAMES[axis]} {result.scores[axis]:.0f} ({BAND_NAMES[result.bands[axis]]})"
        for axis in Axis
    ]
    return f"{result.track.value} · {' · '.join(axes)}"


def reviewed_lines(found: Reviewed) -> list[str]:
    """Both verdicts, and what is struck and disputed."""
    lines = [f"machine   {result_line(found.machine)}"]
    lines.append(f"reviewed  {result_line(found.reviewed)}")
    if found.without_disputed is not None:
        lines.append(f"without what is disputed  {result_line(found.without_disputed)}")
    for title, passages in (("struck", found.struck), ("disputed", found.disputed)):
        lines += [f"  {title} {p.id} ({p.dimension.value}): “{p.quote}”" for p in passages]
    if found.requirements:
        lines.append(
            f"  look again at the requirements {', '.join(found.requirements)}: what they rest on was struck"
        )
    return lines


def said_line(noted: Noted) -> str:
    """One entry in one line."""
    said = noted.said
    if isinstance(said, Decided):
        what = said.choice.value + (f" · {said.note}" if said.note else "")
    elif isinstance(said, Objected):
        what = f"{said.objection.value} {said.passage.id} ({said.passage.dimension.value})"
    else:
        what = f"track {said.track.value if said.track else 'as the program found'}"
    why = f": {said.reason}" if said.reason else ""
    return f"{noted.number:>4}  {noted.at[:16]}  {noted.id}  {said.by}  {what}{why}"


def entered_text(done: Entered) -> str:
    """What was entered, and both verdicts."""
    lines = [said_line(done.entry).strip()]
    lines += reviewed_lines(done.reviewed) if done.reviewed else []
    return _written(lines)


def agreement_line(found: Agreement) -> str:
    """Two reviewers in one line."""
    kappa = "not defined" if found.kappa is None else f"{found.kappa:.2f}"
    one, other = found.reviewers
    return f"{one} and {other}: {found.same} of {found.candidates} the same, kappa {kappa}"


def decisions_text(history: Sequence[Noted], agreed: Sequence[Agreement]) -> str:
    """Every entry, then how far reviewers agree."""
    lines = [said_line(noted) for noted in history] or ["No decisions have been made here yet."]
    if agreed:
        lines += ["", "agreement, first decisions", *(f"  {agreement_line(a)}" for a in agreed)]
    return _written(lines)


def decisions_json(history: Sequence[Noted], agreed: Sequence[Agreement]) -> str:
    """The same for programs."""
    told = {
        "decisions": [noted.model_dump(mode="json") for noted in history],
        "agreement": [one.model_dump(mode="json") for one in agreed],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def differences_text(found: Sequence[Difference]) -> str:
    """What people see otherwise than the machine; proposals, and nothing that was done."""
    if not found:
        return "Reviewers changed nothing in this run.\n"
    systematic = [d.told for d in found if d.is_systematic]
    single = [d.told for d in found if not d.is_systematic]
    lines = ["Repeatedly (a proposal; it changes nothing by itself)"] if systematic else []
    lines += [f"  {told}" for told in systematic]
    lines += ["Now and then"] if single else []
    return _written([*lines, *(f"  {told}" for told in single)])


def differences_json(found: Sequence[Difference]) -> str:
    """The same for programs."""
    told = [one.model_dump(mode="json") for one in found]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _written(lines: Iterable[str]) -> str:
    told: list[str] = []
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        told += [indent + part for part in wrapped(for_terminal(line))] or [""]
    return "\n".join(told) + "\n"

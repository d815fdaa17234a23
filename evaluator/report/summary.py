"""One sentence on top of a report, made by code from the evidence alone. It claims nothing that no item carries.

It holds no name: figures are cut word for word from quotes, and only where every word around them is in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..models.document import FlagKind
from ..models.evidence import Evidence
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import DIMENSIONS, Agency, Axis, Dimension, Outcome, Track
from ..wording import listed
from ..wording.data import words
from .model import CandidateReport, axis_of, evidence_of

_MOST_NAMED = 3
_APPLIED, _OWNED = 2, 3
_VERBS = {_OWNED: "built or led", _APPLIED: "worked on", 1: "courses or mentions of"}
_BEFORE, _MOST_WORDS = 4, 8
_PAUSE = re.compile(r"[;:()\[\]|–—“”]|[.,!?](?=\s|$)")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = frozenset(
    "AUC F1 GPU GPUs CPU TB GB PB MB QPS SLA SLO M€ k€ €M USD EUR CI/CD API APIs ETL ML".split()
)
_CAVEATS = {
    FlagKind.NO_RESUME: "the document does not look like a resume",
    FlagKind.PEOPLE: "the document shows more than one person",
    FlagKind.NOT_READ: "a part of the document was not read",
}


def summary_of(report: CandidateReport) -> str:
    """What a report says, in one English sentence; the same report gives the same sentence."""
    said = _SENTENCES.get(report.track, _deep)(report)
    kinds = {flag.kind for flag in report.flags}
    caveats = [what for kind, what in _CAVEATS.items() if kind in kinds]
    if report.portfolio.status is PortfolioStatus.UNKNOWN:
        caveats.append("public code could not be checked")
    return "; ".join([said, *caveats]) + "."


def _deep(report: CandidateReport) -> str:
    axes = tuple(Axis) if report.track is Track.DUAL else (Axis(report.track.value),)
    names = listed(_axis(axis) for axis in axes)
    return _about(report, f"Deep in {names}", axes)


def _developing(report: CandidateReport) -> str:
    axes = [axis for axis in Axis if axis_of(report, axis).band]
    names = listed(_axis(axis) for axis in axes)
    depth = "not deep" if len(axes) == 1 else "deep in neither"
    return _about(report, f"Some {names}, {depth}", axes)


def _about(report: CandidateReport, head: str, axes: Sequence[Axis]) -> str:
    """The head of the sentence, what was done on some axes, and what is there of the other."""
    done = [_done(report, axis) for axis in axes if _shown(report, axis, 1)]
    verbs = dict.fromkeys(verb for verb, _ in done)
    told = [f"{verb} {', and '.join(w for v, w in done if v == verb)}" for verb in verbs]
    rest = [_rest(report, axis) for axis in Axis if axis not in axes]
    return "; ".join([f"{head}: {'; '.join(told)}" if told else head, *rest])


def _shown(report: CandidateReport, axis: Axis, least: int) -> list[Dimension]:
    return [d for d in DIMENSIONS[axis] if report.dimensions[d].level >= least]


def _unrelated(report: CandidateReport) -> str:
    about = listed(_axis(axis) for axis in Axis).replace(" and ", " or ")
    found = [d for d in Dimension if report.dimensions[d].level]
    if not found:
        return f"Nothing about {about} was found"
    return f"Little about {about} was found: something about {_work(_highest(report, found))}"


_SENTENCES = {Track.DEVELOPING: _developing, Track.UNRELATED: _unrelated}


def _rest(report: CandidateReport, axis: Axis) -> str:
    """What is there of an axis that the candidate is not deep in."""
    band, name = axis_of(report, axis).band, _axis(axis)
    if not _shown(report, axis, 1):
        return f"no {name} found"
    return f"some {name} shown" if band >= _APPLIED else f"little {name} shown"


def _done(report: CandidateReport, axis: Axis) -> tuple[str, str]:
    """A verb, and what the candidate built or worked on of an axis, with a figure from a quote."""
    least = next(level for level in _VERBS if _shown(report, axis, level))
    best, verb = _highest(report, _shown(report, axis, least)), _VERBS[least]
    figure = _figure(report, best) if least == _OWNED else None
    return verb, _work(best) + (f" (“{figure}”)" if figure else "")


def _highest(report: CandidateReport, dimensions: Sequence[Dimension]) -> list[Dimension]:
    """The few of the highest level, in the order of the rubric."""
    best = sorted(dimensions, key=lambda d: -report.dimensions[d].level)[:_MOST_NAMED]
    return [d for d in Dimension if d in best]


def _axis(axis: Axis) -> str:
    name: str = words()["axes"][axis.value]
    return name


def _work(dimensions: Sequence[Dimension]) -> str:
    return listed(words()["work"][d.value] for d in dimensions)


def _figure(report: CandidateReport, dimensions: Sequence[Dimension]) -> str | None:
    """A measured result in the candidate's own words; None where none can be cut without a name."""
    person = {word.casefold() for word in re.findall(r"\w{2,}", report.candidate.name or "")}
    for dimension in sorted(dimensions, key=lambda d: -report.dimensions[d].level):
        for item in evidence_of(report, dimension):
            if item.agency is Agency.OWNED and item.outcome is Outcome.QUANTIFIED:
                figure = _cut(item, person)
                if figure:
                    return figure
    return None


def _cut(item: Evidence, person: set[str]) -> str | None:
    for text in filter(None, (item.result_quote, item.quote)):
        for clause in _PAUSE.split(text):
            figure = _run(clause.split(), person)
            if figure:
                return figure
    return None


def _run(said: list[str], person: set[str]) -> str | None:
    """The first figure of a clause with the plain words around it."""
    at = next((n for n, word in enumerate(said) if _is_figure(word)), None)
    if at is None:
        return None
    first = at
    while first and at - first < _BEFORE and _is_plain(said[first - 1], person):
        first -= 1
    while first < at and said[first] in words()["loose"]:
        first += 1
    last = at + 1
    while last < len(said) and last - first < _MOST_WORDS and _is_plain(said[last], person):
        last += 1
    is_whole = last == len(said) and last - first >= 2
    return " ".join(said[first:last]) if is_whole else None


def _is_figure(word: str) -> bool:
    return bool(_FIGURE.match(word)) and not _YEAR.fullmatch(word)


def _is_plain(word: str, person: set[str]) -> bool:
    """Whether a word is no name: in lower case of a script that has cases, a figure or a unit."""
    if word in _UNITS or not any(c.isalpha() for c in word):
        return True
    return all(c.islower() for c in word if c.isalpha()) and word.casefold() not in person

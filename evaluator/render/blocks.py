"""What a report says, in blocks of sentences: once for recruiters and once for the candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import BAND_NAMES, Agency, Axis, Context, Dimension, Track
from ..report import CandidateReport, axis_of, evidence_of, summary_of
from ..report.model import ReportAxis, ReportRequirement
from ..roles.model import Kind
from ..scoring import Quote
from ..wording import (
    item_phrase,
    level_name,
    level_phrase,
    reader_name,
    standing_phrase,
)
from .checks import checks

MAX_QUOTES = 2


class Audience(StrEnum):
    RECRUITER = "recruiter"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and its sentences. Texts are raw: the sink escapes them."""

    heading: str
    lines: tuple[str, ...]
    is_alert: bool = False
    """Whether it is what a person should look at first."""


def title(report: CandidateReport) -> str:
    """The candidate's name, or the file's."""
    return report.candidate.name or report.document.name


def verdict_line(report: CandidateReport) -> str:
    """The track and the report in one sentence."""
    summary = summary_line(report)
    return f"{report.track.value}: {summary[:1].lower()}{summary[1:]}" + "".join(
        f" {note}" for note in notes_on_verdict(report)
    )


def notes_on_verdict(report: CandidateReport) -> list[str]:
    """What came closest where little was found, and the track that is near."""
    notes = []
    if report.track is Track.UNRELATED and report.evidence:
        notes.append(f"Closest: {place_of(strongest_first(report.evidence)[0])}.")
    if report.borderline:
        notes.append(f"Borderline with {report.borderline.neighbour.value}.")
    return notes


def summary_line(report: CandidateReport) -> str:
    """The report in one sentence."""
    return report.summary or summary_of(report)


def facts_line(report: CandidateReport) -> str:
    """Seniority, confidence, who read, and the kind of document."""
    document = report.document
    language = f"language {document.language}" if document.language else "language unknown"
    return (
        f"{report.seniority_told} · confidence {report.confidence:.2f} of 1"
        f" · read by {reader_name(report.provenance.model)} · {document.format}, {language}"
    )


def level_line(report: CandidateReport, dimension: Dimension) -> str:
    """How far a dimension goes and where it was found: "applied at work · resume only"."""
    return " · ".join(filter(None, level_words(report, dimension)))


def level_words(report: CandidateReport, dimension: Dimension) -> tuple[str, str]:
    """How a dimension reached its level, and where it was found."""
    found = report.dimensions[dimension]
    how = level_phrase(found.level, evidence_of(report, dimension), found.standing)
    return how, standing_phrase(found.standing)


def axis_line(report: CandidateReport, axis: Axis) -> str:
    """Score and band of one axis."""
    found = axis_of(report, axis)
    if not found.score:
        return f"nothing found, band {found.band} ({BAND_NAMES[found.band]})"
    low, high = found.interval
    spread = f" ({low:.0f} to {high:.0f})" if round(low) != round(high) else ""
    return f"{found.score:.0f} of 100{spread}, band {found.band} ({BAND_NAMES[found.band]})"


def score_told(found: ReportAxis, digits: int = 0) -> str:
    """The score of an axis; a dash where nothing was found, which is no measure of anybody."""
    return f"{found.score:.{digits}f}" if found.score else "–"


def next_band_line(report: CandidateReport, axis: Axis) -> str | None:
    """What the next band asks for; None at the highest."""
    found = axis_of(report, axis)
    if found.next_band is None or found.band == len(BAND_NAMES) - 1:
        return None
    return f"For the band “{BAND_NAMES[found.band + 1]}”: {found.next_band}."


def shown_by(report: CandidateReport, source: str) -> list[str]:
    """Dimensions that a repository shows."""
    return list(dict.fromkeys(e.dimension.value for e in report.evidence if e.source == source))


def portfolio_line(report: CandidateReport) -> str:
    """What is known of the public code."""
    portfolio, account = report.portfolio, report.candidate.github
    who = f"{account.login} ({account.reason})" if account else ""
    reason = portfolio.reason or ""
    state = {
        "ok": f"{_count(portfolio.repositories)} of {who}" + (f"; {reason}" if reason else ""),
        "partial": f"{_count(portfolio.repositories)} of {who}; {reason}",
        "none": f"none ({reason}); that is no penalty",
        "unknown": f"{account.login} could not be checked: {reason}; that is no penalty"
        if account
        else f"could not be checked: {reason}; that is no penalty",
        "conflict": f"not scored: {who}",
    }
    return state[portfolio.status.value]


def _count(repositories: Sequence[object]) -> str:
    return "1 repository" if len(repositories) == 1 else f"{len(repositories)} repositories"


def blocks(report: CandidateReport) -> list[Block]:
    """All for a recruiter but the axes, which each format draws in its own way."""
    told = [
        _checks(report),
        _evidence(report),
        _fit(report),
        _requirements(report),
        _foundations(report),
        _advice(report),
        _readings(report),
    ]
    return [block for block in told if block.lines]


def _checks(report: CandidateReport) -> Block:
    return Block("A person should check", checks(report), is_alert=True)


def quote_line(item: Evidence) -> str:
    """A quote with where it stands and what it shows."""
    result = f" – “{item.result_quote}”" if item.result_quote else ""
    return f"“{item.quote}”{result} ({place_of(item)}; {item_phrase(item)})"


def place_of(item: Evidence) -> str:
    """Where an item stands: a line of the resume, or a repository."""
    if item.source != RESUME:
        return item.source
    line = f"line {item.location.line}"
    return f"page {item.location.page}, {line}" if item.location.page else line


def strongest_first(items: Sequence[Evidence]) -> list[Evidence]:
    """Things done before things named; otherwise as they stand in the sources."""
    bare = {Context.LISTED, Context.CREDENTIAL, Context.COURSEWORK}
    order = {Agency.OWNED: 0, Agency.CONTRIBUTED: 1, Agency.EXPOSED: 2}
    return sorted(items, key=lambda item: (item.context in bare, order[item.agency]))


def _evidence(report: CandidateReport) -> Block:
    lines = []
    for dimension, found in report.dimensions.items():
        if found.level >= 2:
            best = strongest_first(evidence_of(report, dimension))[:MAX_QUOTES]
            lines += [f"{dimension.value}: {quote_line(item)}" for item in best]
    return Block("Evidence", tuple(lines))


def tally_line(report: CandidateReport) -> str:
    """How many requirements are met: “musts 5 of 7, nice-to-have 2 of 4, unclear 2”."""
    fit = report.role_fit
    parts = [
        f"{name} {tally.found} of {tally.total}"
        for name, tally in (("musts", fit.musts), ("nice-to-have", fit.nice))
        if tally.total
    ]
    unclear = fit.musts.unclear + fit.nice.unclear
    return ", ".join([*parts, f"unclear {unclear}"] if unclear else parts)


def requirement_line(found: ReportRequirement) -> str:
    """A requirement with its verdict and the words it stands on."""
    how = found.verdict.value if found.scored else "not scored"
    need = "must" if found.need.value == "must" else "nice to have"
    line = f"{how}: {found.text} ({need})"
    if not found.scored:
        return line
    quotes = " – ".join(f"“{' '.join(q.quote.split())}” ({_place(q)})" for q in found.quotes)
    return f"{line}; {found.why}: {quotes}" if quotes else f"{line}; {found.why}"


def _place(quote: Quote) -> str:
    if quote.source != RESUME:
        return quote.source
    where = f"line {quote.location.line}"
    return f"page {quote.location.page}, {where}" if quote.location.page else where


def has_own_requirements(report: CandidateReport) -> bool:
    """Whether the role asks for more than levels, which the rest of a report tells."""
    return any(r.kind is not Kind.DIMENSION for r in report.requirements)


def _requirements(report: CandidateReport) -> Block:
    if not has_own_requirements(report):
        return Block("Requirements", ())
    return Block("Requirements", tuple(map(requirement_line, report.requirements)))


def _fit(report: CandidateReport) -> Block:
    fit = report.role_fit
    missing = "; ".join(
        f"{n.dimension.value} ({level_name(n.level)}, asked: {level_name(n.needed)})"
        for n in fit.missing
    )
    lines = [tally_line(report), f"fit for {fit.role}: {fit.score:.0f} of 100"]
    if fit.met:
        lines.append("met: " + ", ".join(n.dimension.value for n in fit.met))
    if missing:
        lines.append(f"below what the role asks: {missing}")
    return Block("Role fit", tuple(lines))


def _foundations(report: CandidateReport) -> Block:
    f = report.foundations
    years = "unknown" if f.years_relevant is None else f"{f.years_relevant:g}"
    lines = [f"{fact.kind.value}: “{fact.quote}”" for fact in report.scope[:MAX_QUOTES]]
    lines += [
        f"seniority {report.seniority.value if report.seniority else 'not stated'}; years of relevant work {years}"
    ]
    for name, values in (
        ("languages", f.languages),
        ("clouds", f.clouds),
        ("education", f.education),
        ("certifications", f.certifications),
    ):
        if values:
            lines.append(f"{name}: {'; '.join(values)}")
    return Block("Foundations (described, not scored)", tuple(lines))


def _advice(report: CandidateReport) -> Block:
    return Block(
        "Which profile to hire first",
        (report.advice.hire_first,) if report.advice.hire_first else (),
    )


def _readings(report: CandidateReport) -> Block:
    readings = report.provenance.readings
    tracks = Counter(reading.track.value for reading in readings)
    told = ", ".join(f"{count} {track}" for track, count in tracks.most_common())
    more = (f"{len(readings)} readings: {told}",) if len(tracks) > 1 else ()
    return Block("Where readings differ", more)

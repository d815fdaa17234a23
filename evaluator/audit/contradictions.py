"""Statements of a report that must agree with each other, whatever the document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..models.document import RESUME, FlagKind, Location
from ..models.dropped import MOST_QUOTE_CHARACTERS, REJECTED
from ..models.portfolio import PortfolioStatus
from ..models.vocabulary import DIMENSIONS, Axis
from ..prompt_files import load_prompt
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from ..structure.dates import Month
from ..version import __version__

Fault = tuple[str, str, str]
_WITHOUT_CODE = frozenset({PortfolioStatus.NONE, PortfolioStatus.UNKNOWN, PortfolioStatus.CONFLICT})
_FLAG_OF = {
    PortfolioStatus.UNKNOWN: frozenset({FlagKind.PORTFOLIO, FlagKind.ACCOUNT}),
    PortfolioStatus.CONFLICT: frozenset({FlagKind.IDENTITY}),
}
_SHIPPED_PROMPTS = ("read_candidate",)
_LEAST_OF_A_HASH = 16


def faults(report: CandidateReport, rubric: Rubric) -> Iterator[Fault]:
    """Path, what stands there and what should, for each contradiction."""
    yield from _identity(report, rubric)
    yield from _reader(report)
    yield from _readings(report)
    yield from _dropped(report)
    yield from _places(report)
    yield from _code(report)
    for axis in Axis:
        if axis_of(report, axis).dimensions != DIMENSIONS[axis]:
            yield f"axes.{axis.value}.dimensions", "others", "the dimensions of the axis"


def _identity(report: CandidateReport, rubric: Rubric) -> Iterator[Fault]:
    p = report.provenance
    if report.id != p.document_sha256[:16]:
        yield "id", report.id, p.document_sha256[:16]
    if p.rubric != rubric.key:
        yield "provenance.rubric", p.rubric, f"{rubric.key}, or give the rubric it was judged by"
    if p.evaluator != __version__:
        should = f"{__version__}: a report of another version is verified by that version"
        yield "provenance.evaluator", p.evaluator, should
    if month_of(report) is None:
        yield "provenance.present", p.present, "a month, YYYY-MM"
    for name in _SHIPPED_PROMPTS:
        prompt = load_prompt(name)
        told = p.prompts.get(prompt.key)
        if told is not None and told != prompt.sha256[: max(len(told), _LEAST_OF_A_HASH)]:
            yield f"provenance.prompts.{prompt.key}", told, prompt.sha256


def month_of(report: CandidateReport) -> Month | None:
    """The month that "present" meant; None where the report names none."""
    try:
        return Month.parse(report.provenance.present)
    except ValueError:
        return None


def _reader(report: CandidateReport) -> Iterator[Fault]:
    p = report.provenance
    if p.reader == "rules":
        others = {"model": p.model, "prompts": p.prompts, "agreement": p.agreement, "readings": p.readings}  # fmt: skip
        for name, value in others.items():
            if value:
                yield f"provenance.{name}", "a value", "nothing: the embedded rules read"
        if p.samples != 1:
            yield "provenance.samples", str(p.samples), "1: the embedded rules read"
        if p.calls and not report.human_review.reasons:
            yield "provenance.calls", str(p.calls), "0, or a reason for the fallback"
    elif not p.model:
        yield "provenance.model", "nothing", "the name of the model that read"
    told = [flag for flag in report.flags if flag.kind is FlagKind.REJECTED_EVIDENCE]
    if len(told) != bool(p.rejected_evidence) or any(
        not flag.message.startswith(f"{p.rejected_evidence} ") for flag in told
    ):
        yield "provenance.rejected_evidence", str(p.rejected_evidence), "what the flag says"


def _dropped(report: CandidateReport) -> Iterator[Fault]:
    """What does not count is listed as often as it is counted; older reports list nothing."""
    dropped, rejected = report.dropped, report.provenance.rejected_evidence
    listed = Counter(one.reason for one in dropped.items)
    if any(count > dropped.reasons.get(reason, 0) for reason, count in listed.items()):
        yield "dropped.items", "more than are counted", "those of its reasons"
    told = sum(count for reason, count in dropped.reasons.items() if reason in REJECTED)
    if dropped.count and told != rejected:
        yield "dropped.reasons", f"{told} that never were evidence", str(rejected)
    for number, one in enumerate(dropped.items):
        where = f"dropped.items.{number}"
        if {one.location is None, one.words is None} != {one.reason in REJECTED}:
            yield (
                f"{where}.location",
                "a quote and its place, or not both",
                "for this reason the reverse",
            )
        elif one.location is not None:
            at = one.location.model_copy(update={"end": _end(one.location)})
            yield from _length(f"{where}.words", one.words or "", at)


def _end(at: Location) -> int:
    """Where the words end that are kept of a place."""
    start = at.start or 0
    return min(at.end or 0, start + MOST_QUOTE_CHARACTERS)


def _readings(report: CandidateReport) -> Iterator[Fault]:
    p = report.provenance
    for number, reading in enumerate(p.readings):
        if not set(Axis) <= reading.bands.keys() & reading.scores.keys():
            yield (
                f"provenance.readings.{number}",
                "not both axes",
                "a band and a score of each axis",
            )
    if len(p.readings) > p.samples:
        yield "provenance.samples", str(p.samples), f"at least {len(p.readings)}"
    if p.samples == 1 and p.agreement is not None:
        yield "provenance.agreement", str(p.agreement), "nothing: there was one reading"


def _places(report: CandidateReport) -> Iterator[Fault]:
    last = -1
    for number, item in enumerate(report.evidence):
        where = f"evidence.{number}"
        yield from _length(f"{where}.quote", item.quote, item.location)
        if (item.result_quote is None) != (item.result_location is None):
            yield f"{where}.result_quote", "a quote without its place, or the reverse", "both"
        elif item.result_quote is not None and item.result_location is not None:
            yield from _length(f"{where}.result_quote", item.result_quote, item.result_location)
        if item.source == RESUME:
            start = item.location.start or 0
            if start < last:
                yield where, "out of the order of the resume", "in it"
            last = start
    for number, fact in enumerate(report.scope):
        yield from _length(f"scope.{number}.quote", fact.quote, fact.location)


def _length(where: str, quote: str, at: Location) -> Iterator[Fault]:
    if at.start is None or at.end is None or not quote or at.end - at.start != len(quote):
        yield where, f"{len(quote)} characters", "as many as its place holds"


def _code(report: CandidateReport) -> Iterator[Fault]:
    portfolio = report.portfolio
    sources = {item.source for item in report.evidence} - {RESUME}
    if portfolio.status in _WITHOUT_CODE and sources:
        yield "portfolio.status", portfolio.status.value, "known, as there is evidence from code"
    if portfolio.status is PortfolioStatus.UNKNOWN and not portfolio.reason:
        yield "portfolio.reason", "nothing", "why it is unknown"
    for name in report.basis.artifacts:
        if name not in sources:
            yield f"basis.artifacts.{name}", "a repository", "nothing: it has no evidence"
    kinds = {flag.kind for flag in report.flags}
    for status, wanted in _FLAG_OF.items():
        if portfolio.status is status and report.candidate.github and not kinds & wanted:
            yield "flags", "none of the portfolio", "one that tells of the portfolio"
    if portfolio.status not in _WITHOUT_CODE and sources and report.candidate.github is None:
        yield "candidate.github", "nothing", "the account that the evidence is from"

"""A guide for one interview: what is open, asked by the candidate's own words, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from ..report import CandidateReport
from ..roles.model import Importance
from .blocks import tally_line, title
from .escaping import for_markdown, for_terminal
from .html import environment
from .questions import open_requirements, samples
from .text import wrapped


@dataclass(frozen=True, slots=True)
class _Guide:
    """Texts are raw: the sink escapes them."""

    head: str
    told: str
    questions: tuple[tuple[str, str, str], ...]
    """Requirement, why it is open, and what to ask."""
    samples: tuple[tuple[str, str], ...]


_NEEDS = {Importance.MUST: "must", Importance.NICE: "nice to have"}
_NOTHING_OPEN = "Nothing that the role asks for is left open."
_NO_DECISION = "Questions come from what the resume says and leaves out. Nothing on this page is a decision about a person."


def _guide(report: CandidateReport) -> _Guide:
    fit = report.role_fit
    return _Guide(
        head=f"Interview: {title(report)}, for {fit.role}",
        told=f"{tally_line(report)}; role fit {fit.score:.0f} of 100",
        questions=tuple(
            (f"{r.text} ({_NEEDS[r.need]}, {r.verdict.value})", r.why, asked)
            for r, asked in open_requirements(report)
        ),
        samples=tuple(samples(report)),
    )


def guide_text(report: CandidateReport) -> str:
    """Lines of at most 80 cells."""
    found = _guide(report)
    lines = [*wrapped(for_terminal(found.head)), for_terminal(found.told), ""]
    for number, (what, why, asked) in enumerate(found.questions, start=1):
        lines += wrapped(for_terminal(f"{number}. {what}: {why}"))
        lines += [*wrapped(for_terminal(asked), bullet=True), ""]
    if not found.questions:
        lines += [_NOTHING_OPEN, ""]
    if found.samples:
        lines.append("Short work samples")
        lines += [
            line
            for name, hint in found.samples
            for line in wrapped(for_terminal(f"{name}: {hint}"), bullet=True)
        ]
        lines.append("")
    return "\n".join([*lines, *wrapped(_NO_DECISION)]) + "\n"


def guide_markdown(report: CandidateReport) -> str:
    """Markdown; nothing from outside marks up."""
    found = _guide(report)
    lines = [f"# {for_markdown(found.head)}", "", for_markdown(found.told), ""]
    for number, (what, why, asked) in enumerate(found.questions, start=1):
        lines += [f"{number}. **{for_markdown(what)}**: {for_markdown(why)}", ""]
        lines += [f"   {for_markdown(asked)}", ""]
    if not found.questions:
        lines += [_NOTHING_OPEN, ""]
    if found.samples:
        lines += ["## Short work samples", ""]
        lines += [f"- {name}: {for_markdown(hint)}" for name, hint in found.samples]
        lines.append("")
    return "\n".join([*lines, _NO_DECISION]) + "\n"


def guide_html(report: CandidateReport) -> str:
    """A page to print."""
    return environment().get_template("guide.html.j2").render(**values_of(report))


def values_of(report: CandidateReport) -> dict[str, object]:
    """What ``guide_body.html.j2`` shows."""
    return {"guide": _guide(report), "nothing_open": _NOTHING_OPEN, "no_decision": _NO_DECISION}

"""The verdict computed again with what reviewers corrected, beside the machine's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..audit.correcting import Result, result_of
from ..audit.recomputing import verdict_of
from ..errors import UsageError
from ..models.base import Value
from ..models.evidence import Evidence
from ..models.vocabulary import Axis, Track
from ..report import CandidateReport, axis_of
from ..rubric import Rubric
from .decision_entries import Noted, Objected, Objection, Overridden, Passage


class Reviewed(Value):
    """The machine's verdict and the reviewed one."""

    id: str
    machine: Result
    reviewed: Result
    """Equal to the machine's where nobody changed anything."""
    without_disputed: Result | None
    """What it would be if what is in doubt did not count either; None where nothing is."""
    track: Track | None
    """That reviewers gave, whatever the evidence says; None where none did."""
    struck: tuple[Passage, ...]
    disputed: tuple[Passage, ...]
    lost: tuple[Passage, ...]
    """Struck or disputed once, and no evidence of the report any more."""
    requirements: tuple[str, ...]
    """Of the role, by id, whose verdicts rest on what was struck: a person has to look at them."""

    @property
    def is_changed(self) -> bool:
        """Whether people and machine differ."""
        return self.machine != self.reviewed


def review(report: CandidateReport, history: Iterable[Noted], rubric: Rubric) -> Reviewed:
    """Judge a report's evidence without what was struck.

    Args:
        report: with its evidence.
        history: what is seen of the entries about this candidate, in their order.
        rubric: that judged the report.

    Raises:
        UsageError: something was struck, and the report was judged by another rubric.
    """
    latest: dict[tuple[str, str, str], Objected] = {}
    track: Track | None = None
    for noted in history:
        if isinstance(noted.said, Objected):
            latest[noted.said.passage.key] = noted.said
        elif isinstance(noted.said, Overridden):
            track = noted.said.track
    struck = _those(report, latest, Objection.STRUCK)
    disputed = _those(report, latest, Objection.DISPUTED)
    there = {Passage.of(item).key for item in report.evidence}
    gone = {item.id for item in struck}
    return Reviewed(
        id=report.id,
        machine=result_in(report),
        reviewed=_judged(report, gone, rubric, track),
        without_disputed=_judged(report, gone | {i.id for i in disputed}, rubric, track)
        if disputed
        else None,
        track=track,
        struck=tuple(map(Passage.of, struck)),
        disputed=tuple(map(Passage.of, disputed)),
        lost=tuple(
            said.passage
            for key, said in latest.items()
            if key not in there and said.objection is not Objection.RESTORED
        ),
        requirements=tuple(r.id for r in report.requirements if gone & set(r.evidence)),
    )


def result_in(report: CandidateReport) -> Result:
    """The machine's verdict in short, as its report has it."""
    axes = {axis: axis_of(report, axis) for axis in Axis}
    return Result(
        track=report.track,
        bands={axis: found.band for axis, found in axes.items()},
        scores={axis: found.score for axis, found in axes.items()},
        levels={name: found.level for name, found in report.dimensions.items()},
    )


def _those(
    report: CandidateReport, latest: dict[tuple[str, str, str], Objected], kind: Objection
) -> list[Evidence]:
    wanted = {key for key, said in latest.items() if said.objection is kind}
    return [item for item in report.evidence if Passage.of(item).key in wanted]


def _judged(
    report: CandidateReport, gone: Collection[str], rubric: Rubric, track: Track | None
) -> Result:
    result = result_in(report)
    if gone:
        if report.provenance.rubric != rubric.key:
            message = f"The report was judged by the rubric {report.provenance.rubric}, and this is {rubric.key}."
            raise UsageError(message, hint="Give its file with --rubric.")
        rest = tuple(item for item in report.evidence if item.id not in gone)
        result = result_of(verdict_of(report, rest, rubric))
    return result if track is None else result.model_copy(update={"track": track})

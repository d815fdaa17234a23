"""Whether a report says what its evidence gives, and whether a document is the one that it was made of. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ValidationError

from ..errors import UsageError
from ..models.base import Value
from ..models.document import Document
from ..report import CandidateReport, with_role
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..rubric import Rubric, load_rubric
from .against_document import as_the_document_says, document_faults
from .contradictions import faults
from .recomputing import recomputed

_NOT_FROM_A_REPORT = (
    "what a reader says of a quote (dimension, context, agency, outcome): only a second reading can tell",
    "languages, clouds, education and certifications, which are described and not scored",
    "model, prompts of other versions, calls, tokens and cost: nothing in a report proves them",
)


class Difference(Value):
    """One place where a report says something else than it should."""

    where: str
    """Path within the report, such as ``axes.ml.score``."""
    stands: str
    should: str


class Verification(Value):
    """What a check of one report found."""

    document: Literal["same", "another", "not given"]
    differences: tuple[Difference, ...]
    unchecked: tuple[str, ...]
    """What cannot be told from what was given, and why."""
    quotes: int = 0
    """Quotes that were looked for in the document."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.differences


def verify_report(
    report: CandidateReport | bytes,
    document: Document | None = None,
    *,
    rubric: Rubric | None = None,
    role: RoleProfile | None = None,
) -> Verification:
    """Compute levels, standings, bands, scores, track and all that follows again from a report's evidence.

    Args:
        report: the report, or the bytes of its file, whose form is then checked too.
        document: as :meth:`Evaluator.read_document` gives it, to check quotes, places and identity against.
        rubric: that it was judged by; None is the one that ships.
        role: that it was compared with; None is the shipped role of its name.
    """
    if isinstance(report, bytes):
        return _of_bytes(report, document, rubric, role)
    rubric = rubric or load_rubric()
    found = list(faults(report, rubric))
    unchecked = list(_NOT_FROM_A_REPORT)
    expected = recomputed(report, rubric)
    state: Literal["same", "another", "not given"] = "not given"
    quotes = 0
    if document is None:
        unchecked.append("quotes, their places and the candidate's name: no document was given")
    elif document.sha256 != report.provenance.document_sha256:
        state = "another"
        found.append(("provenance.document_sha256", report.provenance.document_sha256, document.sha256))  # fmt: skip
    else:
        state = "same"
        quotes = sum(item.source == "resume" for item in report.evidence) + len(report.scope)
        expected = as_the_document_says(expected, document)
        expected, missing = _for_the_role(expected, document, rubric, role)
        unchecked += missing
        found += document_faults(report, document)
    found += differences(report.model_dump(mode="json"), expected.model_dump(mode="json"))
    return Verification(
        document=state,
        differences=tuple(
            Difference(where=where, stands=stands, should=should)
            for where, stands, should in dict.fromkeys(found)
        ),
        unchecked=tuple(unchecked),
        quotes=quotes,
    )


def _for_the_role(
    report: CandidateReport, document: Document, rubric: Rubric, role: RoleProfile | None
) -> tuple[CandidateReport, tuple[str, ...]]:
    """Fit and requirements as the evidence and the text give them, or why they cannot be told."""
    if report.provenance.reader == "model":
        why = (
            "how far requirements are met: the passages that the model cited for them are not kept"
        )
        return report, (why,)
    if role is None:
        try:
            role = load_role(report.role_fit.role)
        except UsageError:
            return report, (f"the fit for {report.role_fit.role}: the role's file was not given",)
    return with_role(report, role, document.text, rubric=rubric), ()


def _of_bytes(
    content: bytes, document: Document | None, rubric: Rubric | None, role: RoleProfile | None
) -> Verification:
    try:
        report = CandidateReport.model_validate_json(content)
    except ValidationError as error:
        wrong = tuple(
            Difference(
                where=".".join(map(str, fault["loc"])) or "report",
                stands=_told(fault["input"]),
                should=fault["msg"],
            )
            for fault in error.errors()
        )
        return Verification(document="not given", differences=wrong, unchecked=())
    found = verify_report(report, document, rubric=rubric, role=role)
    if content == report.to_json().encode("utf-8"):
        return found
    form = Difference(
        where="report", stands="bytes of another form", should="the bytes that the program writes"
    )
    return found.model_copy(update={"differences": (*found.differences, form)})


def differences(stands: Any, should: Any, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Places at which two JSON values differ, as path, what stands there and what should."""
    if isinstance(stands, dict) and isinstance(should, dict):
        for name in dict.fromkeys([*stands, *should]):
            path = f"{where}.{name}" if where else str(name)
            yield from differences(stands.get(name), should.get(name), path)
    elif isinstance(stands, list) and isinstance(should, list) and len(stands) == len(should):
        for number, (one, other) in enumerate(zip(stands, should, strict=True)):
            yield from differences(one, other, f"{where}.{number}")
    elif stands != should:
        yield where, _told(stands), _told(should)


def _told(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{len(value)} entries"
    text = "nothing" if value in (None, [], {}, "") else str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"

"""Blind mode: names, contacts and accounts are off, for those who read evidence before they know whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from starlette.requests import Request

from ..models.base import Value
from ..redaction.known import KnownValues, known_values
from ..report import CandidateReport
from ..report.model import ReportCandidate
from ..structure.contact import Contact
from .access import session_of

_SHOWN = 6
_AS_THEY_ARE = frozenset({"id", "schema_version", "track", "dimensions", "axes", "provenance", "basis", "sections"})  # fmt: skip


@lru_cache(maxsize=4096)
def _known(candidate: ReportCandidate) -> KnownValues:
    account = candidate.github.login if candidate.github else None
    contact = Contact(name=candidate.name, emails=candidate.emails, links=candidate.links)
    return known_values(contact, [account] if account else [])


class Blind(Value):
    """How candidates are shown to one reviewer.

    Attributes:
        is_on: candidates are hidden until the reviewer's decision about them stands.
        decided: those about whom it does.
    """

    is_on: bool = False
    decided: frozenset[str] = frozenset()

    def hides(self, id_: str) -> bool:
        """Whether nothing may tell who this candidate is."""
        return self.is_on and id_ not in self.decided

    def name(self, report: CandidateReport) -> str:
        """The candidate's name, or a word that is nobody's."""
        if self.hides(report.id):
            return f"Candidate {report.id[:_SHOWN]}"
        return report.candidate.name or report.document.name

    def text(self, text: str, report: CandidateReport | None) -> str:
        """A text without what is known of the person."""
        if report is None or not self.hides(report.id):
            return text
        return _masked(text, _known(report.candidate))

    def report(self, report: CandidateReport) -> CandidateReport:
        """The same report about nobody known; levels, bands and ids are as they were."""
        if not self.hides(report.id):
            return report
        known = _known(report.candidate)
        told: dict[str, Any] = report.model_dump()
        for name in told.keys() - _AS_THEY_ARE:
            told[name] = _masked_in(told[name], known)
        told["candidate"] = {"name": self.name(report), "emails": (), "links": (), "github": None}
        told["document"]["name"] = "resume"
        told["portfolio"]["repositories"] = ()
        return CandidateReport.model_validate(told)


def _masked(text: str, known: KnownValues) -> str:
    at, parts = 0, []
    for start, end, mark in sorted(known.spans(text)):
        if end > at:
            parts += [text[at:start], mark] if start >= at else []
            at = end
    return "".join([*parts, text[at:]])


def _masked_in(value: Any, known: KnownValues) -> Any:
    if type(value) is str:  # enumerations are words of ours
        return _masked(value, known)
    if isinstance(value, dict):
        return {
            name: found if name in _AS_THEY_ARE else _masked_in(found, known)
            for name, found in value.items()
        }
    if isinstance(value, tuple | list):
        return tuple(_masked_in(found, known) for found in value)
    return value


def blind_for(request: Request, decided: Iterable[str] = ()) -> Blind:
    """How the reviewer of a request sees candidates.

    Args:
        request: of a browser.
        decided: about whom a decision of this reviewer stands.
    """
    session = session_of(request)
    is_on = session is not None and session.is_blind
    return Blind(is_on=is_on, decided=frozenset(decided))

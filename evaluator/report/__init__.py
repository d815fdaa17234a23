"""The candidate report: the frozen model that is the public interface, and how it is put together.

``schema_version`` changes when a named field changes.

``building``: how is it put together, how sure is it, when must a person look? ``model``: what stands in it?
``summary``: what does the sentence on top say? ``role_switch``: what changes with another role? ``matrix``: and with
several?
"""

from __future__ import annotations

from .building import Parts, PortfolioOutcome, ReadBy, build_report, hire_first
from .matrix import Matrix, MatrixRow
from .model import CandidateReport, ReportAxis, ReportFit, axis_of, evidence_of, report_schema
from .role_switch import (
    Judgeable,
    RolePart,
    json_without_words,
    kept_index,
    new_index,
    role_part,
    with_role,
    without_words,
)
from .summary import summary_of

__all__ = [
    "CandidateReport",
    "Judgeable",
    "Matrix",
    "MatrixRow",
    "Parts",
    "PortfolioOutcome",
    "ReadBy",
    "ReportAxis",
    "ReportFit",
    "RolePart",
    "axis_of",
    "build_report",
    "evidence_of",
    "hire_first",
    "json_without_words",
    "kept_index",
    "new_index",
    "report_schema",
    "role_part",
    "summary_of",
    "with_role",
    "without_words",
]

"""The candidate report: the frozen model that is the public interface, and how it is put together.

``schema_version`` changes when a named field changes.
"""

from __future__ import annotations

from .building import Parts, PortfolioOutcome, ReadBy, build_report, hire_first
from .fitting import with_role
from .matrix import Matrix, MatrixRow
from .model import CandidateReport, ReportAxis, ReportFit, axis_of, evidence_of, report_schema
from .summary import summary_of

__all__ = [
    "CandidateReport",
    "Matrix",
    "MatrixRow",
    "Parts",
    "PortfolioOutcome",
    "ReadBy",
    "ReportAxis",
    "ReportFit",
    "axis_of",
    "build_report",
    "evidence_of",
    "hire_first",
    "report_schema",
    "summary_of",
    "with_role",
]

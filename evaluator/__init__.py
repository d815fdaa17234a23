"""Reads resumes and public code, and reports ML depth and Ops depth with the evidence for each.

    from evaluator import Evaluator, Settings, evaluate

    report = evaluate("resume.pdf")

Names are imported when they are first used, so that importing the package is cheap.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .errors import (
    BudgetSpent,
    CandidateRefused,
    ConfigurationError,
    ContextOverflow,
    DocumentError,
    EndpointRejected,
    EvaluatorError,
    GitHubError,
    InternalError,
    ModelError,
    OutsideError,
    RunStopped,
    StorageError,
    Unreadable,
    UsageError,
    UserError,
)
from .version import __version__

if TYPE_CHECKING:
    from .audit.verification import verify_report
    from .models.evidence import Evidence
    from .models.vocabulary import (
        Agency,
        Axis,
        Context,
        Dimension,
        Outcome,
        Seniority,
        Stage,
        Standing,
        Track,
    )
    from .pipeline.evaluator import CandidateOutcome, Evaluator
    from .pipeline.inputs import Input
    from .pipeline.steps import Step
    from .pipeline.sync import evaluate, evaluate_many
    from .readers.protocol import Reader
    from .render.html import render_html
    from .report import CandidateReport, report_schema
    from .settings import Settings

# Silent until a program sets up logging: otherwise warnings would go to standard error.
logging.getLogger(__name__).addHandler(logging.NullHandler())

_LATE = {
    "Agency": "models.vocabulary",
    "Axis": "models.vocabulary",
    "Context": "models.vocabulary",
    "Dimension": "models.vocabulary",
    "Evidence": "models.evidence",
    "ModelRefused": "errors",
    "ModelUnwilling": "errors",
    "NotAsked": "errors",
    "Outcome": "models.vocabulary",
    "Seniority": "models.vocabulary",
    "Stage": "models.vocabulary",
    "Standing": "models.vocabulary",
    "Track": "models.vocabulary",
    "render_html": "render.html",
    "CandidateOutcome": "pipeline.evaluator",
    "CandidateReport": "report",
    "Evaluator": "pipeline.evaluator",
    "Input": "pipeline.inputs",
    "Reader": "readers.protocol",
    "Settings": "settings",
    "Step": "pipeline.steps",
    "evaluate": "pipeline.sync",
    "evaluate_many": "pipeline.sync",
    "report_schema": "report",
    "verify_report": "audit.verification",
}

__all__ = [
    "Agency",
    "Axis",
    "BudgetSpent",
    "CandidateOutcome",
    "CandidateRefused",
    "CandidateReport",
    "ConfigurationError",
    "Context",
    "ContextOverflow",
    "Dimension",
    "DocumentError",
    "EndpointRejected",
    "Evaluator",
    "EvaluatorError",
    "Evidence",
    "GitHubError",
    "Input",
    "InternalError",
    "ModelError",
    "Outcome",
    "OutsideError",
    "Reader",
    "RunStopped",
    "Seniority",
    "Settings",
    "Stage",
    "Standing",
    "Step",
    "StorageError",
    "Track",
    "Unreadable",
    "UsageError",
    "UserError",
    "__version__",
    "evaluate",
    "evaluate_many",
    "render_html",
    "report_schema",
    "verify_report",
]


def __getattr__(name: str) -> object:
    module = _LATE.get(name)
    if module is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(f".{module}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)

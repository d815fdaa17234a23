"""Reads resumes and public code, and reports ML depth and Ops depth with the evidence for each.

    from evaluator import Evaluator, Settings, evaluate

    report = evaluate("resume.pdf")

Names are imported when they are first used, so that importing the package is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import (
    ConfigurationError,
    DocumentError,
    EvaluatorError,
    GitHubError,
    InternalError,
    ModelError,
    ModelRefused,
    OutsideError,
    StorageError,
    Unreadable,
    UsageError,
    UserError,
)
from .version import __version__

if TYPE_CHECKING:
    from .pipeline.evaluator import CandidateOutcome, Evaluator
    from .pipeline.sync import evaluate, evaluate_many
    from .report import CandidateReport, report_schema
    from .settings import Settings

_LATE = {
    "CandidateOutcome": "pipeline.evaluator",
    "CandidateReport": "report",
    "Evaluator": "pipeline.evaluator",
    "Settings": "settings",
    "evaluate": "pipeline.sync",
    "evaluate_many": "pipeline.sync",
    "report_schema": "report",
}

__all__ = [
    "CandidateOutcome",
    "CandidateReport",
    "ConfigurationError",
    "DocumentError",
    "Evaluator",
    "EvaluatorError",
    "GitHubError",
    "InternalError",
    "ModelError",
    "ModelRefused",
    "OutsideError",
    "Settings",
    "StorageError",
    "Unreadable",
    "UsageError",
    "UserError",
    "__version__",
    "evaluate",
    "evaluate_many",
    "report_schema",
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

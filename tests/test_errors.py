"""One tree, and errors that survive a process boundary."""

from __future__ import annotations

import pickle

import evaluator
from evaluator import DocumentError, EvaluatorError, Unreadable
from evaluator.transport import Transient


def test_every_error_has_one_root() -> None:
    errors = [getattr(evaluator, n) for n in evaluator.__all__ if n.endswith(("Error", "Refused"))]
    assert len(errors) >= 10
    assert all(issubclass(e, EvaluatorError) for e in [*errors, Transient])


def test_a_document_error_can_be_pickled() -> None:
    error = pickle.loads(
        pickle.dumps(DocumentError(Unreadable.EMPTY, "It is empty.", hint="Fill it."))
    )
    assert (error.reason, str(error)) == (Unreadable.EMPTY, "It is empty. Fill it.")
    assert str(EvaluatorError("Only this.")) == "Only this."

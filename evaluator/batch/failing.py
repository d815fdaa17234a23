"""How a candidate's failure stands in its row."""

from __future__ import annotations

from ..errors import DocumentError, EvaluatorError, InternalError


def reason_of(error: EvaluatorError) -> str:
    """The reason as tables show it."""
    return f"{error.reason.value}: {error}" if isinstance(error, DocumentError) else str(error)


def unexpected(error: Exception) -> InternalError:
    """A mistake of ours, in one line."""
    return InternalError(
        f"Unexpected {type(error).__name__}.", mend="Please report it with the file's format."
    )

"""How a candidate's failure stands in its row."""

from __future__ import annotations

from ..errors import DocumentError, EvaluatorError, ModelError, unexpected
from ..models.reading import Usage
from ..readers.protocol import Unread

UNREAD = "not read by the model"
"""How the reason of a row begins whose candidate the model could not read."""


def reason_of(error: EvaluatorError) -> str:
    """The reason as tables show it."""
    if isinstance(error, DocumentError):
        return f"{error.reason.value}: {error}"
    return f"{UNREAD}: {error}" if isinstance(error, ModelError) else str(error)


def paid(error: Exception) -> Usage:
    """What the calls for a candidate that failed have cost all the same."""
    return error.usage if isinstance(error, Unread) else Usage()


def row_error(error: Exception) -> EvaluatorError:
    """What a candidate failed of, whether on purpose or not."""
    return error if isinstance(error, EvaluatorError) else unexpected(error)

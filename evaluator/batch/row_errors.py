"""How a candidate's failure stands in its row."""

from __future__ import annotations

from ..errors import DocumentError, EvaluatorError, ModelError, unexpected
from ..models.reading import Usage
from ..readers.protocol import Unread
from ..secret_masking import readable
from .sources import BatchSource
from .stored import Item

UNREAD = "not read by the model"
"""How the reason of a row begins whose candidate the model could not read."""


NOT_ASKED = "not asked"
"""How the reason of a row begins whose candidate's turn did not come; the next run takes it without being told to."""


def not_asked(stopped: str) -> str:
    """The reason of such a row.

    Args:
        stopped: why the run ended early.
    """
    return f"{NOT_ASKED}: the run stopped. {stopped}"


def row_of(
    source: BatchSource,
    reason: str,
    *,
    key: str = "",
    id_: str = "",
    parts: dict[str, str] | None = None,
) -> Item:
    """The row of a candidate without a report."""
    return Item(
        source=readable(source.name), key=key, id=id_, state="failed", reason=reason, parts=parts or {},
        carried=source.carried,
    )  # fmt: skip


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

"""Every error this package raises on purpose.

    EvaluatorError
    ├── UserError               the user can correct it; exit 2
    │   ├── UsageError          an argument or a file of the user's own is wrong
    │   └── ConfigurationError  a key, model, address or folder is missing or refused
    ├── DocumentError           this one resume cannot be read; a row, never a stop
    ├── OutsideError            the world outside failed
    │   ├── ModelError          the model endpoint, for one candidate
    │   │   ├── CandidateRefused the model refused this candidate, or replied without sense
    │   │   └── ContextOverflow the request is longer than the model's window
    │   ├── EndpointRejected    the endpoint refuses every call (key, quota, model name); stops a run
    │   │   ├── BudgetSpent     the user's own limit
    │   │   └── RunStopped      the run stopped before this candidate was asked about
    │   ├── GitHubError         the portfolio is unknown, with this reason
    │   └── StorageError        the disk is full, read-only or held by somebody else
    └── InternalError           a promise of ours is broken; please report it

Foreign exceptions are translated once, where they enter, with ``from``. What an error says is one line without
secrets, whoever said it first: servers repeat what they were sent.
"""

from __future__ import annotations

from enum import StrEnum

from .secret_masking import harmless


class EvaluatorError(Exception):
    """Root of the tree.

    Attributes:
        message: what is wrong, in one line.
        hint: what the user can do about it, one sentence, or None.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        self.message = harmless(message)
        self.hint = harmless(hint) if hint else hint
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class UserError(EvaluatorError):
    """Something the user can put right."""


class UsageError(UserError):
    """An argument, path, profile or manifest is wrong."""


class ConfigurationError(UserError):
    """A key, model name, address or setting is missing or refused."""


class Unreadable(StrEnum):
    """Why a document has no text, as it stands in reports and tables."""

    NOT_FOUND = "not found"
    NO_PERMISSION = "no permission"
    NOT_A_FILE = "not a file"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported format"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    IMAGE_ONLY = "image only"
    NO_TEXT = "no text"
    NOTHING_TO_SHOW = "nothing to show"
    TOO_LARGE = "too large"
    UNSAFE = "unsafe"
    TIME_LIMIT = "time limit"
    CRASHED = "parser crashed"


class DocumentError(EvaluatorError):
    """One resume cannot be read.

    Attributes:
        reason: the closed list above, for tables and programs.
    """

    def __init__(self, reason: Unreadable, message: str, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by constructor arguments: this error crosses from a worker process."""
        return (_rebuild_document_error, (self.reason, self.message, self.hint))


def _rebuild_document_error(reason: Unreadable, message: str, hint: str | None) -> DocumentError:
    return DocumentError(reason, message, hint=hint)


class OutsideError(EvaluatorError):
    """A service or the disk failed."""


class ModelError(OutsideError):
    """The model endpoint gave no usable reading of one candidate."""


class CandidateRefused(ModelError):
    """The model, or a filter, refused to read this candidate, or no reply had the form that was asked for."""


class ContextOverflow(ModelError):
    """The request is longer than the model's context window."""


class EndpointRejected(OutsideError):
    """The endpoint would refuse every further call as well: key, quota, model or address."""


class BudgetSpent(EndpointRejected):
    """The user's budget is used up."""


class RunStopped(EndpointRejected):
    """The run stopped before the model was called for this candidate."""


NotAsked, ModelRefused, ModelUnwilling = RunStopped, EndpointRejected, CandidateRefused
"""The names they had before."""


class GitHubError(OutsideError):
    """The portfolio is unknown.

    Attributes:
        reason: a short phrase for the report, such as ``rate limited until 12:40 UTC``.
        lasting: asking again with the same settings would give the same answer.
    """

    def __init__(self, reason: str, *, hint: str | None = None, lasting: bool = False) -> None:
        super().__init__(reason, hint=hint)
        self.reason = self.message
        self.lasting = lasting

    def __str__(self) -> str:
        return f"{self.reason}. {self.hint}" if self.hint else self.reason


class StorageError(OutsideError):
    """Nothing can be written, or another process holds the run folder."""


class InternalError(EvaluatorError):
    """A promise of this package is broken."""


def unexpected(error: BaseException) -> InternalError:
    """A mistake of ours, in one line; what the error itself says may hold words of a resume."""
    return InternalError(
        f"Unexpected {type(error).__name__}.", hint="Please report it with the file's format."
    )

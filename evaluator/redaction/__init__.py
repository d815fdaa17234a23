"""Identity stays here: what a reader is shown holds no name, contact, address, school or link.

Known values of this person go first, in every spelling; then patterns. Each redacted passage keeps a
map of its characters, so that what a reader cites is found again in the true text. When a known value
would still get through, nothing is shown (:class:`~evaluator.errors.InternalError`).
"""

from .known import KnownValues, known_values
from .redacting import redact_resume, redact_text

__all__ = ["KnownValues", "known_values", "redact_resume", "redact_text"]

"""When a run stops asking: an endpoint that failed for so many questions in a row fails for the next one, too."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import EndpointRejected
from ..transport import Transient

MOST_IN_A_ROW = 5
"""Questions that each were asked for as long as the retries allow."""
_HINT = "Run it again when the endpoint answers, with --retry-failed for the candidates that failed meanwhile."


@dataclass(slots=True)
class Circuit:
    """Counts questions of one endpoint that came to nothing, of all candidates together."""

    where: str
    """The address, as it may be shown."""
    most: int = MOST_IN_A_ROW
    _in_a_row: int = 0
    _why: str | None = None

    def check(self) -> None:
        """Nothing is sent any more once it is open.

        Raises:
            EndpointRejected: so many questions in a row were given up.
        """
        if self._why is not None:
            raise EndpointRejected(self._why, hint=_HINT)

    def closed(self) -> None:
        """Something was answered, so the endpoint lives."""
        self._in_a_row = 0

    def failed(self, error: Transient) -> None:
        """A question was given up; the last one that is allowed in a row opens it.

        Raises:
            EndpointRejected: it is open now.
        """
        if error.concerns_one:
            return
        self._in_a_row += 1
        if self._in_a_row >= self.most and self._why is None:
            last = error.message.rstrip(".")
            self._why = f"The model endpoint {self.where} gave no reply to {self._in_a_row} candidates in a row (the last time: {last}), so no more are asked."
        self.check()

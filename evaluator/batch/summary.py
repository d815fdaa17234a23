"""The sums of a run, and who is told of them while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .row_errors import NOT_ASKED, UNREAD
from .stored import Item


@dataclass(slots=True)
class Summary:
    """What a run did."""

    done: int = 0
    failed: int = 0
    not_asked: int = 0
    """Beside these, those whose turn did not come before the run stopped."""
    kept: int = 0
    """Of both, those that were done before and are unchanged."""
    unread: int = 0
    """Failed because the model could not read them."""
    purged: int = 0
    """Passed over, because they were purged from this run."""
    fallen_back: int = 0
    """Read by the embedded rules because the model could not (``--fallback rules``)."""
    tokens: int = 0
    cost_usd: float = 0.0
    """Of the model calls that this run made; kept replies cost nothing."""
    stopped: str | None = None
    """Why the run ended early, if it did."""
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ended(self) -> int:
        """Sources that have come to their end."""
        return self.done + self.failed + self.not_asked

    def count(self, item: Item) -> None:
        """Add a row."""
        if item.state == "done":
            self.done += 1
        elif item.reason.startswith(NOT_ASKED):
            self.not_asked += 1
        else:
            self.failed += 1
            self.unread += item.reason.startswith(UNREAD)
            self.failures.append((item.source, item.reason))


Progress = Callable[[Item, str | None, Summary], None]
"""Called with a row, its track when it is done, and the sums so far."""
Explain = Callable[[str, str], None]
"""Called with a source and why it is read, or why it is not."""

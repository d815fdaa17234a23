"""A place that documents come from, as somebody else writes and installs one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class DocumentSource(Protocol):
    """Lists and reads documents at addresses ``NAME://…``, where NAME is that of its entry point."""

    def addresses(self, address: str) -> Iterable[str]:
        """The address itself where one document is there, or those of all documents below it, in a stable order."""
        ...

    def read(self, address: str) -> bytes:
        """The bytes of one document.

        Raises:
            FileNotFoundError: there is none.
        """
        ...

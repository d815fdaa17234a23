"""A reader that somebody else wrote, held to what the stages expect of any."""

from __future__ import annotations

import inspect
from contextlib import nullcontext

from ..errors import EvaluatorError, ModelError
from ..models.reading import Reading, ReadingRequest
from ..plugins import READERS, broken, installed, load
from ..readers.protocol import Reader, Turn
from ..settings import Settings


def installed_reader(name: str, settings: Settings) -> Reader:
    """The reader of an extension, made for these settings.

    Raises:
        ConfigurationError: the extension cannot be used.
        UsageError: no extension has this name.
    """
    make = load(READERS, name)
    try:
        reader: Reader = make(settings)  # type: ignore[operator]
        str(reader.name)
    except EvaluatorError:
        raise
    except Exception as error:
        raise broken(installed(READERS)[name], error) from error
    return reader


class CustomReader:
    """Waits for a turn around each reading, and turns whatever goes wrong into this candidate's error.

    Args:
        reader: of the user, or of an installed extension.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = str(reader.name)
        self.prompts: dict[str, str] = {}

    async def read(
        self, request: ReadingRequest, *, sample: int = 0, turn: Turn = nullcontext
    ) -> Reading:
        """Read one candidate; see :class:`~evaluator.readers.protocol.QueuedReader`.

        Raises:
            ModelError: the reader failed, or returned something else than a reading.
        """
        async with turn():
            try:
                found = await self._reader.read(request, sample=sample)
            except EvaluatorError:
                raise
            except Exception as error:
                message = f"The reader {self.name} failed ({type(error).__name__})."
                raise ModelError(message) from error
        if not isinstance(found, Reading):
            message = f"The reader {self.name} returned no Reading."
            raise ModelError(message)
        return found

    def get_ready(self) -> None:
        """Nothing is known that could be begun before the first question."""

    async def aclose(self) -> None:
        """Close the reader, where it has an ``aclose``."""
        close = getattr(self._reader, "aclose", None)
        if close is not None:
            done = close()
            if inspect.isawaitable(done):
                await done

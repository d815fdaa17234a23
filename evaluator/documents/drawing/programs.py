"""Programs of the machine that draw documents, so that it is seen what a page shows and not only worked out.

The extra ``render``: Chromium for HTML, LibreOffice for office formats. What they draw is read like any PDF.
"""

from __future__ import annotations

import json
import logging
import shutil
from functools import cache
from importlib.util import find_spec
from tempfile import TemporaryDirectory

from ...events import log_event
from ...models.document import DocumentFormat
from ...workers import WorkerDied, WorkerPool

SECONDS = 60.0
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LIBREOFFICE = ("soffice", "libreoffice")
HOW_TO_INSTALL = (
    "pip install 'resume-evaluator[render]' && apt-get install chromium libreoffice-writer"
)

_log = logging.getLogger(__name__)


@cache
def programs() -> dict[str, str]:
    """Paths of the programs that draw documents here, by their names; none without the extra."""
    if find_spec("playwright") is None:
        return {}
    found = {
        "chromium": next(filter(None, map(shutil.which, _CHROMIUM)), None),
        "libreoffice": next(filter(None, map(shutil.which, _LIBREOFFICE)), None),
    }
    return {name: path for name, path in found.items() if path}


def is_drawn_here(format_: DocumentFormat) -> bool:
    """Whether a program of this machine draws documents of a format."""
    is_page = format_ in {DocumentFormat.HTML, DocumentFormat.MARKDOWN}
    return ("chromium" if is_page else "libreoffice") in programs()


class Drawer:
    """Has documents drawn, few at a time: browsers are large. Belongs to one event loop.

    Args:
        size: documents drawn at once.
        seconds: wall time that one may take.
    """

    def __init__(self, size: int = 1, *, seconds: float = SECONDS) -> None:
        self._workers = WorkerPool(
            "evaluator.documents.drawing.worker", size, seconds=seconds, most=1
        )

    async def drawn(self, data: bytes, name: str) -> bytes:
        """Views of a document, packed; nothing where none can be had."""
        with TemporaryDirectory(prefix="evaluator-", ignore_cleanup_errors=True) as folder:
            told = {"name": name, "programs": programs(), "folder": folder}
            request = json.dumps(told).encode("utf-8", "replace") + b"\n" + data
            try:
                return await self._workers.ask(request)
            except (TimeoutError, WorkerDied) as error:
                log_event(_log, logging.WARNING, "drawing failed", error=type(error).__name__)
                return b""

    async def aclose(self) -> None:
        """End what draws."""
        await self._workers.aclose()

"""The program of a process that has documents drawn: without a network where the system can take it away, inside limits.

A request is JSON with the programs, the folder and the file's name, a newline, and the file's bytes. A reply is
what :func:`~evaluator.documents.drawing.pictures.packed` makes, or nothing where the document was not drawn.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from ...errors import DocumentError
from ...models.document import DocumentFormat
from ...workers import serve
from ..browser_encodings import are_tags_the_same
from ..decoding import decoded
from ..reading import content_of
from ..sniffing import sniff
from .chromium import chromium_at, draw_page
from .libreoffice import draw_office
from .pictures import packed

PROCESSOR_SECONDS = 40
DATA_BYTES = 2 * 1024**3
"""That each process may have for itself; a browser reserves a thousand times as much as it fills."""
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def main() -> None:
    """Serve requests on standard input."""
    serve(answered, prepare=confine)


def confine() -> None:
    """Take the network away and set limits that all started from here have too."""
    if sys.platform == "win32":
        return
    import resource

    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (ceiling, hard))
    if sys.platform == "linux":
        leave_network()


def leave_network() -> bool:
    """Move to a network of its own, which leads nowhere; False where the system does not let this process."""
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_NEW_NETWORK) == 0:
        return True
    user = os.getuid()
    if unshare(_NEW_NETWORK | _NEW_USER) != 0:
        return False
    with suppress(OSError):  # without a name for itself it goes on as nobody
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
    return True


def answered(request: bytes) -> bytes:
    """The reply to one request."""
    head, _, data = request.partition(b"\n")
    told = json.loads(head)
    try:
        return drawn(data, told["name"], told["programs"], Path(told["folder"]))
    except DocumentError:
        return b""


def drawn(data: bytes, name: str, programs: dict[str, str], folder: Path) -> bytes:
    """Views of a document.

    Raises:
        DocumentError: it cannot be drawn.
    """
    content = content_of(data, name)
    format_ = sniff(content.data, content.name)
    if format_ in {DocumentFormat.HTML, DocumentFormat.MARKDOWN}:
        if "chromium" not in programs:
            return b""
        page = _page_of(content.data, format_)
        with chromium_at(programs["chromium"], folder) as browser:
            return packed("Chromium", draw_page(page, browser))
    if "libreoffice" not in programs:
        return b""
    return packed(
        "LibreOffice", draw_office(content.data, format_.value, programs["libreoffice"], folder)
    )


def _page_of(data: bytes, format_: DocumentFormat) -> str | bytes:
    """The page as it was read, or its bytes where a browser may read other tags from them."""
    if format_ is DocumentFormat.HTML:
        found = decoded(data)
        is_sure = are_tags_the_same(data, found.text, found.encoding)
        return found.text if is_sure else data
    from ..markdown import rendered  # few documents need it, and every start would pay for it

    return rendered(data)

"""Files that no applicant wrote: of operating systems, of office programs, and of our own runs."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

_SYSTEM = re.compile(
    r"[.].*|~\$.*|~WR[LD]\d*\.tmp|Thumbs\.db|ehthumbs.*\.db|desktop\.ini|Icon\r?|__MACOSX|@eaDir|lost\+found"
    r"|\$RECYCLE\.BIN|System Volume Information|.*:Zone\.Identifier|.*\.(?:lnk|tmp|part|crdownload|parquet)",
    re.I | re.S,
)
_STORES = ("run.sqlite", "run.postgres")
_OF_A_RUN = re.compile(
    r"candidates\.(?:csv|xlsx|parquet)|index\.html|log\.jsonl|reports|jobs|run\.postgres|run\.sqlite(?:-\w+)?"
)


def is_of_the_system(name: str) -> bool:
    """Whether a file or folder of this name is hidden or made by a program for itself."""
    return _SYSTEM.fullmatch(name) is not None


def without_a_run(names: Collection[str], beside: Collection[str]) -> list[str]:
    """Names in a folder without those of a run, where the folder holds one.

    Args:
        names: files, or folders.
        beside: all files of the same folder.
    """
    if not any(name in beside for name in _STORES):
        return list(names)
    return [name for name in names if not _OF_A_RUN.fullmatch(name)]


def is_of_a_run(path: Path) -> bool:
    """Whether a file was written by a run."""
    if path.parent.name == "reports" and _is_run(path.parent.parent):
        return True
    return _OF_A_RUN.fullmatch(path.name) is not None and _is_run(path.parent)


def _is_run(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _STORES)

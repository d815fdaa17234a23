"""What a batch is given, as a list of files: files, folders, globs, and CSV manifests."""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import UsageError
from ..models.base import Value


class BatchSource(Value):
    """One resume of a batch."""

    path: Path
    github: str | None = None
    """The account a manifest gives, or None for the one the resume names."""


def expand(sources: Iterable[str]) -> Iterator[BatchSource]:
    """Files in a stable order; a path that does not exist is kept, so that it gets its row.

    Raises:
        UsageError: a manifest has no column ``path``.
    """
    seen: set[Path] = set()
    for source in sources:
        for found in _expand_one(source):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _expand_one(source: str) -> Iterator[BatchSource]:
    path = Path(source)
    if path.is_dir():
        for file in _walk(path):
            yield BatchSource(path=file)
    elif path.suffix.lower() == ".csv" and path.is_file():
        yield from _manifest(path)
    elif glob.has_magic(source) and not path.exists():
        for name in sorted(glob.glob(source, recursive=True)):  # noqa: PTH207 - patterns may be absolute
            if Path(name).is_file():
                yield BatchSource(path=Path(name))
    else:
        yield BatchSource(path=path)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder; hidden ones and links that lead out are left alone."""
    inside = folder.resolve()
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(root) / name
            if name.startswith("."):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(inside):
                continue
            yield file


def _manifest(path: Path) -> Iterator[BatchSource]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not rows.fieldnames or "path" not in rows.fieldnames:
            message = f"The manifest {path} has no column “path”."
            raise UsageError(message, mend="Give a CSV with a header: path,github")
        for row in rows:
            name = (row.get("path") or "").strip()
            if name:
                file = Path(name)
                yield BatchSource(
                    path=file if file.is_absolute() else path.parent / file,
                    github=(row.get("github") or "").strip() or None,
                )

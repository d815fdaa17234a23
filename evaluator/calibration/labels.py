"""A labelled set: what careful people said of some resumes."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from ..errors import UsageError
from ..models.base import Value
from ..models.vocabulary import Axis, Dimension, Seniority, Track

_MEND = "The chapter “calibrate” of the README shows a labels file."
_LISTS = ("counts", "ignores", "shown")


class Label(Value):
    """What people said of one resume, by RUBRIC.md's definitions."""

    id: str
    resume: Path
    """The file that was labelled."""
    track: Track
    ml: int = Field(ge=0, le=4)
    """Band of the ML axis."""
    ops: int = Field(ge=0, le=4)
    """Band of the Ops axis."""
    seniority: Seniority | None = None
    levels: dict[Dimension, int] | None = None
    """Levels above 0; None when dimensions were not labelled."""
    counts: tuple[str, ...] = ()
    """Words that must stand in an accepted quote."""
    ignores: tuple[str, ...] = ()
    """Words that must stand in none."""
    shown: tuple[Dimension, ...] | None = None
    """Dimensions that the candidate's own public code shows."""
    split: str = "dev"
    """The part of the set; "test" is kept apart from development."""
    group: str = "all"
    """Class of resumes for which agreement is told apart."""
    style: str = ""
    """What a resume was written for, such as a trap; a note for readers of the labels."""
    language: str = "en"

    def band(self, axis: Axis) -> int:
        """The labelled band of one axis."""
        return self.ml if axis is Axis.ML else self.ops


def load_labels(path: Path) -> tuple[Label, ...]:
    """Read labels from TOML, JSON or CSV; each resume's path is relative to the file.

    Without a ``resume`` the file is looked for by the label's id, beside the labels or in ``resumes/``.

    Raises:
        UsageError: the file cannot be read, a label is not valid or its resume is missing.
    """
    labels = tuple(_label(path, name, raw) for name, raw in _raw(path))
    if not labels:
        message = f"{path} holds no label."
        raise UsageError(message, hint=_MEND)
    return labels


def _raw(path: Path) -> list[tuple[str, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            rows = [
                {key: value for key, value in row.items() if key and value}
                for row in csv.DictReader(text.splitlines())
            ]
            return [
                (str(row.pop("id", "") or Path(row.get("resume", "")).stem), row) for row in rows
            ]
        parsed = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        return [(name, dict(raw)) for name, raw in parsed.items()]
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
    except (ValueError, TypeError, AttributeError) as error:
        message = f"{path} is no labels file: {error}."
    raise UsageError(message, hint=_MEND)


def _label(path: Path, name: str, raw: dict[str, Any]) -> Label:
    values = {
        key: value.split("|") if key in _LISTS and isinstance(value, str) else value
        for key, value in raw.items()
    }
    values["id"] = name
    values["resume"] = _resume(path.parent, name, raw.get("resume"))
    try:
        return Label.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"The label “{name}” of {path.name} is not valid: {where}: {first['msg']}."
        raise UsageError(message, hint=_MEND) from error


def _resume(folder: Path, name: str, given: str | None) -> Path:
    if given:
        found = [folder / given]
    else:
        found = [*folder.glob(f"{name}.*"), *(folder / "resumes").glob(f"{name}.*")]
    if not found or not found[0].is_file():
        message = f"The resume of “{name}” is missing: {given or f'{name}.*'} in {folder}."
        raise UsageError(message, hint=_MEND)
    return sorted(found)[0]

"""Which groups people belong to, as the user's own file says. Groups are never guessed from a name."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import combinations
from pathlib import Path

from ..errors import UsageError
from ..models.base import Value

_KEYS = ("id", "source", "file")
_SELECTED = "selected"
_YES, _NO = frozenset("1 yes y true selected".split()), frozenset("0 no n false".split())
_UNKNOWN = frozenset({"", "unknown", "n/a", "na", "?"})
_MOST_BYTES = 64 * 2**20
_MOST_GROUPS = 60


class Groups(Value):
    """Attributes of people, by what names them in the file."""

    key: str
    """``id``, ``source`` or ``file``."""
    attributes: dict[str, dict[str, str]]
    """Attribute to person to group; a pair of attributes is one as well."""
    selected: dict[str, bool]
    """Whom the user selected, where the file says so."""
    people: tuple[str, ...]


def load_groups(path: Path) -> Groups:
    """Read a CSV with a column ``id``, ``source`` or ``file``, one column an attribute, and ``selected`` if there is one.

    Raises:
        UsageError: it cannot be read, or lacks what it needs.
    """
    mend = "Give a CSV with a column id, source or file, and one for each attribute, such as sex and race."
    try:
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not in UTF-8."
        raise UsageError(message, mend="Save it as UTF-8.") from error
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise UsageError(message, mend=mend) from error
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        names = {name: (name or "").strip().casefold() for name in reader.fieldnames or ()}
        rows = [
            {names[name]: (value or "").strip() for name, value in row.items() if name in names}
            for row in reader
        ]
    except csv.Error as error:
        message = f"{path} is no CSV ({error})."
        raise UsageError(message, mend=mend) from error
    key = next((name for name in _KEYS if name in names.values()), None)
    attributes = [n for n in names.values() if n and n not in {*_KEYS, _SELECTED, "name"}]
    if key is None or not attributes:
        message = f"{path} has no column that names people." if key is None else f"{path} has no attribute."  # fmt: skip
        raise UsageError(message, mend=mend)
    return _groups(path, key, list(dict.fromkeys(attributes)), rows)


def _groups(path: Path, key: str, attributes: list[str], rows: list[dict[str, str]]) -> Groups:
    found: dict[str, dict[str, str]] = {name: {} for name in attributes}
    selected: dict[str, bool] = {}
    people = [row.get(key, "") for row in rows]
    twice = [person for person, times in Counter(people).items() if person and times > 1]
    if twice:
        message = f"{path} names somebody twice ({twice[0]})."
        raise UsageError(message, mend="Keep one row for each person.")
    for person, row in zip(people, rows, strict=True):
        for name in attributes:
            group = row.get(name, "")
            if person and group.casefold() not in _UNKNOWN:
                found[name][person] = group
        told = row.get(_SELECTED, "").casefold()
        if person and told in _YES | _NO:
            selected[person] = told in _YES
    for name in attributes:
        if len(set(found[name].values())) > _MOST_GROUPS:
            message = f"The column “{name}” of {path} has more than {_MOST_GROUPS} groups."
            raise UsageError(message, mend="Leave out columns that are no attributes of groups.")
    for one, other in combinations(attributes, 2):
        both = found[one].keys() & found[other].keys()
        found[f"{one} × {other}"] = {p: f"{found[one][p]} × {found[other][p]}" for p in both}
    return Groups(key=key, attributes=found, selected=selected, people=tuple(filter(None, people)))

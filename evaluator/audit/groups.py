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
    hint = "Give a CSV with a column id, source or file, and one for each attribute, such as sex and race."
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise UsageError(message, hint=hint) from error
    if len(content) > _MOST_BYTES:
        message = f"{path} is larger than {_MOST_BYTES // 2**20} MiB."
        raise UsageError(message, hint=hint)
    try:
        names, rows = _table(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"{path} is not in UTF-8."
        raise UsageError(message, hint="Save it as UTF-8.") from error
    except (csv.Error, ValueError) as error:
        message = f"{path} is no CSV ({error})."
        raise UsageError(message, hint=hint) from error
    key = next((name for name in _KEYS if name in names), None)
    attributes = [n for n in names if n and n not in {*_KEYS, _SELECTED, "name"}]
    if key is None or not attributes:
        message = f"{path} has no column that names people." if key is None else f"{path} has no attribute."  # fmt: skip
        raise UsageError(message, hint=hint)
    return _groups(path, key, attributes, rows)


def _table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Names of the columns, and the rows.

    Raises:
        csv.Error: quotes are not closed, or a field is too long.
        ValueError: two columns have one name, or a row has more fields than there are columns.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [name.strip().casefold() for name in next(reader, [])]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    if twice:
        message = f"two columns are called “{twice[0]}”"
        raise ValueError(message)
    rows = []
    for row in reader:
        if any(field.strip() for field in row[len(names) :]):
            message = f"line {reader.line_num} has more fields than there are columns"
            raise ValueError(message)
        if row:
            rows.append({n: f.strip() for n, f in zip(names, row, strict=False)})
    return names, rows


def _groups(path: Path, key: str, attributes: list[str], rows: list[dict[str, str]]) -> Groups:
    found: dict[str, dict[str, str]] = {name: {} for name in attributes}
    selected: dict[str, bool] = {}
    people = [row.get(key, "") for row in rows]
    twice = [person for person, times in Counter(people).items() if person and times > 1]
    if twice:
        message = f"{path} names somebody twice ({twice[0]})."
        raise UsageError(message, hint="Keep one row for each person.")
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
            raise UsageError(message, hint="Leave out columns that are no attributes of groups.")
    for one, other in combinations(attributes, 2):
        both = found[one].keys() & found[other].keys()
        found[f"{one} × {other}"] = {p: f"{found[one][p]} × {found[other][p]}" for p in both}
    return Groups(key=key, attributes=found, selected=selected, people=tuple(filter(None, people)))

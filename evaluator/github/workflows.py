"""What of a workflow can run: no comments, no job or step that is switched off, no command that only prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"^\s*(?:-\s*)?#")
_OFF = re.compile(
    r"""^\s*(?:-\s*)?if:\s*['"]?(?:\$\{\{\s*)?(?:false|!\s*true|0|null|''|never\(\)|1\s*==\s*2|github\.event_name\s*==\s*['"]never['"])(?:\s*\}\})?['"]?\s*(?:\#.*)?$""",
    re.I,
)
_PRINTS = re.compile(r"^\s*(?:-\s*)?(?:run:\s*[|>]?[+-]?\s*)?(?:echo|printf|true|:|#)(?:\s|$)")
_RUN = re.compile(r"^\s*(?:-\s*)?run:\s*(?P<first>.*)$")
_STEP = re.compile(r"^\s*(?:-\s*)?(?:run|uses):")
_BLOCK = re.compile(r"^[|>][+-]?\d*$")


def runnable(text: str) -> list[str]:
    """The lines of a workflow that take part in a run; none when nothing in it does anything."""
    lines = list(_switched_on(text.split("\n")))
    kept = [line for line in lines if not _COMMENT.match(line) and not _PRINTS.match(line)]
    return kept if _does_something(kept) else []


def _switched_on(lines: list[str]) -> Iterator[str]:
    """Without the mappings that hold a condition which is never met."""
    dropped: set[int] = set()
    for number, line in enumerate(lines):
        if _OFF.match(line):
            dropped.update(_mapping_of(lines, number))
    return (line for number, line in enumerate(lines) if number not in dropped)


def _mapping_of(lines: list[str], number: int) -> range:
    """The lines of the mapping that a key belongs to; a list's dash begins one."""
    indent = _indent(lines[number])
    first = number
    while first > 0 and not _begins_item(lines[first], indent):
        above = lines[first - 1]
        if above.strip() and _indent(above) < indent:
            break
        first -= 1
    last = number + 1
    while last < len(lines):
        line = lines[last]
        if line.strip() and (_indent(line) < indent or _begins_item(line, indent)):
            break
        last += 1
    return range(first, last)


def _indent(line: str) -> int:
    """Columns before the key, a dash counted as space."""
    return len(line) - len(re.sub(r"^\s*(?:-\s+)?", "", line))


def _begins_item(line: str, indent: int) -> bool:
    return line.lstrip().startswith("- ") and _indent(line) == indent


def _does_something(lines: list[str]) -> bool:
    for number, line in enumerate(lines):
        run = _RUN.match(line)
        if run is None:
            if _STEP.match(line):
                return True
            continue
        first = run["first"].strip()
        if first and not _BLOCK.match(first):
            return True
        following = next((below for below in lines[number + 1 :] if below.strip()), "")
        if _indent(following) > _indent(line):
            return True
    return False

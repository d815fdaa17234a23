"""How often the outline is right about resumes of real people, line by line.

    python -m benchmarks.structure --data FOLDER [--data FOLDER] [--part dev|later|test] [--wrong]
    python -m benchmarks.structure --keep LABELS

Hand labels of 100 resumes stand in ``fixtures/structure_labels.json`` by the hash of each normalised line, salted with
its file's: no word of them is kept. The texts are found below ``--data`` by their own hash; those that are not there are
left out and counted. Thirty-two of them (*dev*) were used to make the outline and forty (*later*), labelled when it stood, to
correct it; the others (*test*) never were.

A line of content is right when it stands in the right section and, in work, projects and education, under the right entry
or under none. Prints that by group and by role, then heads of entries found, and of those found the employer, title, place
and both dates that are right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from evaluator.documents.reading import read_document
from evaluator.models.document import Document
from evaluator.structure.dates import Month
from evaluator.structure.outline import Entry, Outline, outline
from evaluator.structure.sections import Section

from .kept_readings import letters

LABELS = Path(__file__).parent.parent / "fixtures" / "structure_labels.json"
PARTS = ("dev", "later", "test")
SECTIONS = {
    Section.HEADER: {"header"},
    Section.SUMMARY: {"summary"},
    Section.EMPLOYMENT: {"work"},
    Section.PROJECTS: {"projects"},
    Section.EDUCATION: {"education"},
    Section.COURSES: {"education", "certificates"},
    Section.SKILLS: {"skills"},
    Section.PUBLICATIONS: {"publications"},
    Section.CERTIFICATIONS: {"certificates"},
    Section.LANGUAGES: {"skills", "other"},
}
"""What a labeller calls each; every other section is *other*."""
WITH_ENTRIES = frozenset({"work", "projects", "education"})
CONTENT = frozenset({"passage", "list", "entry"})
FIELDS = ("employer", "title", "place", "start", "end")
NAME_LENGTH = 12


@dataclass(slots=True)
class Tally:
    """Right ones and all, by name."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, is_right: bool) -> None:
        self.right[name] += is_right
        self.all[name] += 1

    def told(self, name: str) -> str:
        share = self.right[name] / self.all[name] if self.all[name] else 0.0
        return f"{share:6.1%}  {self.right[name]} of {self.all[name]}"


class Aligned:
    """A file's lines in the text of its document, found by counting letters."""

    def __init__(self, raw: str, document: Document) -> None:
        self._before = [0]
        for line in raw.split("\n"):
            self._before.append(self._before[-1] + len(letters(line)))
        self._places = letters(document.text)

    def offset(self, line: int, share: float) -> int | None:
        """Where the letter stands that is ``share`` of the way through a line, which counts from 1."""
        first, last = self._before[line - 1], self._before[line]
        at = first + int((last - first - 1) * share)
        return self._places[at] if first < last and at < len(self._places) else None


def hashed(salt: str, text: str | None) -> str | None:
    """Of a text's letters and digits; None where there are none."""
    flat = "".join(c for c in (text or "").casefold() if c.isalnum())
    return hashlib.sha256((salt + flat).encode()).hexdigest()[:NAME_LENGTH] if flat else None


def kept(folder: Path) -> dict[str, Any]:
    """Labels of a folder with ``dev`` and ``test`` as they are kept, without words."""
    found: dict[str, Any] = {}
    for path in sorted(chain.from_iterable((folder / part).glob("*.json") for part in PARTS)):
        label = json.loads(path.read_text(encoding="utf-8"))
        source = Path(label["path"])
        data = source.read_bytes()
        name = hashlib.sha256(data).hexdigest()[:NAME_LENGTH]
        lines = data.decode("utf-8", "replace").split("\n")
        found[name] = {
            "part": path.parent.name,
            "group": _group(source),
            "lines": [
                [int(n), hashed(name, lines[int(n) - 1]), told["section"], told["role"]]
                for n, told in label["lines"].items()
                if int(n) <= len(lines)
            ],
            "entries": [
                {
                    "lines": entry["lines"],
                    "kind": entry["kind"],
                    "passages": entry["passages"],
                    **{name_: hashed(name, entry[name_]) for name_ in FIELDS},
                }
                for entry in label["entries"]
            ],
        }
    return found


def _group(path: Path) -> str:
    return path.parent.parent.name if path.parent.parent.name in {"pdf", "text"} else "cvs"


def measure(
    label: dict[str, Any], name: str, data: bytes, tally: Tally
) -> Iterator[tuple[int, str]]:
    """Add one resume to the tally; yields the lines that are wrong and how."""
    document = read_document(data, f"{name}.txt")
    parts = outline(document)
    raw = data.decode("utf-8", "replace")
    at = Aligned(raw, document)
    raw_lines = raw.split("\n")
    heads = [_span(entry["lines"], at) for entry in label["entries"]]
    for number, line_hash, section, role in label["lines"]:
        offset = at.offset(number, 0.5)
        if role not in CONTENT or offset is None:
            continue
        if hashed(name, raw_lines[number - 1]) != line_hash:
            message = f"line {number} of {name} is another than was labelled"
            raise ValueError(message)
        why = _wrong(offset, section, _entry_at(number, label["entries"]), heads, parts)
        for group in ("all", label["group"], role, section):
            tally.add(f"lines: {group}", not why)
        if why:
            yield number, f"{section}/{role}: {why}"
    _measure_entries(label, name, heads, parts, tally)


def _wrong(
    offset: int,
    section: str,
    entry: int | None,
    heads: Sequence[tuple[int, int]],
    parts: Outline,
) -> str:
    passage = parts.passage_at(offset)
    if passage is None:
        return "read as a heading"
    if section not in SECTIONS.get(passage.section, {"other"}):
        return f"in {passage.section.value}"
    if section not in WITH_ENTRIES:
        return ""
    ours = parts.entry_of(passage)
    if entry is None or ours is None:
        return "" if entry is None and ours is None else f"under {ours.title if ours else None!r}"
    first, last = heads[entry]
    return "" if first <= ours.start <= last else f"under {ours.title!r}"


def _entry_at(number: int, entries: Sequence[dict[str, Any]]) -> int | None:
    """The entry whose head or passages hold a line; of several the one that starts last."""
    holding = [
        (entry["lines"][0], index)
        for index, entry in enumerate(entries)
        if any(
            span and span[0] <= number <= span[1] for span in (entry["lines"], entry["passages"])
        )
    ]
    return max(holding)[1] if holding else None


def _span(lines: Sequence[int], at: Aligned) -> tuple[int, int]:
    first, last = at.offset(lines[0], 0.0), at.offset(lines[1], 1.0)
    return (0 if first is None else first), (-1 if last is None else last)


def _measure_entries(
    label: dict[str, Any],
    name: str,
    heads: Sequence[tuple[int, int]],
    parts: Outline,
    tally: Tally,
) -> None:
    taken: set[int] = set()
    for entry, (first, last) in zip(label["entries"], heads, strict=True):
        ours = next(
            (n for n, e in enumerate(parts.entries) if n not in taken and first <= e.start <= last),
            None,
        )
        for kind in ("all", entry["kind"]):
            tally.add(f"entries found: {kind}", ours is not None)
        if ours is None:
            continue
        taken.add(ours)
        for part, values in _fields(parts.entries[ours]).items():
            if entry[part] is not None:
                said = {hashed(name, value) for value in values}
                tally.add(f"of these right: {part}", entry[part] in said)
    for number in range(len(parts.entries)):
        tally.add("entries of ours that are one", number in taken)


def _fields(entry: Entry) -> dict[str, set[str | None]]:
    """What would be right to say of each field."""
    period = entry.period
    last = period.last if period else None
    # A period ends where the next month starts, and a bare year is the start of one.
    ends = {Month(index=last.index - n) for n in (0, 1)} if last else set()
    return {
        "employer": {entry.employer},
        "title": {entry.position},
        "place": {entry.place},
        "start": _told(period.first) if period else set(),
        "end": set().union(*map(_told, ends)) if ends else {"present"} if period else set(),
    }


def _told(month: Month) -> set[str | None]:
    return {str(month), str(month)[:4]}


def files_in(folders: Iterable[Path]) -> dict[str, bytes]:
    """Text files below some folders by the start of their hash."""
    found = {}
    for path in chain.from_iterable(folder.rglob("*.txt") for folder in folders):
        data = path.read_bytes()
        found[hashlib.sha256(data).hexdigest()[:NAME_LENGTH]] = data
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--part", choices=PARTS, help="one half only")
    parser.add_argument("--wrong", action="store_true", help="list the lines that are wrong")
    parser.add_argument(
        "--keep", type=Path, metavar="LABELS", help="make the labels anew, from labels with words"
    )
    options = parser.parse_args()
    if options.keep:
        text = json.dumps(kept(options.keep), separators=(",", ":"))
        LABELS.write_text(text.replace('"part"', '\n"part"') + "\n", encoding="utf-8")
        return
    files, tally, missing = files_in(options.data), Tally(), 0
    for name, label in json.loads(LABELS.read_text(encoding="utf-8")).items():
        if options.part and label["part"] != options.part:
            continue
        if name not in files:
            missing += 1
            continue
        for number, why in measure(label, name, files[name], tally):
            if options.wrong:
                print(f"{name} {number:4} {why}")
    print(f"{missing} labelled resumes are not there.")
    for name in sorted(tally.all):
        print(f"{name:32} {tally.told(name)}")


if __name__ == "__main__":
    main()

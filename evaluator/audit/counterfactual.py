"""The same resume from somebody else: what may not matter is swapped, and requests and verdicts are compared.

What leaves the machine has to be equal byte for byte. Where it is not, the first words that differ are listed, for a
person to say whether they tell who somebody is (a place within a job's own text is of the job).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from ..batch.store import RunStore
from ..errors import DocumentError, EvaluatorError, UsageError
from ..models.base import Value
from ..models.document import Document
from ..models.portfolio import PortfolioStatus
from ..pipeline.assessment import Assessor
from ..pipeline.inputs import load_input
from ..pipeline.preparation import Candidate, prepare
from ..pipeline.public_code import PublicCode
from ..pipeline.session import Session
from ..readers.messages import build_messages
from ..redaction import known_values
from ..redaction.studies import YEAR, schools_of
from ..render.html import environment
from ..report import PortfolioOutcome
from ..structure.contact import contact
from ..structure.outline import outline
from ..structure.sections import Section
from .rewriting import Edit, rewritten

_SHOWN = 160


class Swap(Value):
    """What became of one factor in one resume."""

    resume: str
    """First 16 hex digits of the document's SHA-256."""
    factor: str
    variants: int
    requests: int
    """Different requests among the variants; 1 is as it should be."""
    verdicts: int
    """Different verdicts among them."""
    differs: tuple[str, str] | None = None
    """The first words of two requests that are not equal."""
    why: str = ""
    """Why the factor could not be swapped, or a variant could not be read."""

    @property
    def is_equal(self) -> bool:
        """Whether nothing differed, in a resume in which something was swapped."""
        return self.variants > 1 and self.requests == self.verdicts == 1 and not self.why


class Swaps(Value):
    """All factors in all resumes that were tried."""

    resumes: int
    says: dict[str, str]
    """What each factor swaps."""
    swaps: tuple[Swap, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differed in any of them, and something was swapped."""
        tried = [swap for swap in self.swaps if swap.variants > 1]
        return bool(tried) and all(swap.is_equal for swap in tried)

    def tried(self, factor: str) -> list[Swap]:
        """Resumes in which a factor could be swapped."""
        return [swap for swap in self.swaps if swap.factor == factor and swap.variants > 1]


@cache
def factors() -> dict[str, dict[str, object]]:
    """The data of the swaps."""
    text = files(__package__).joinpath("swaps.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


async def sample_of(folder: Path, most: int, session: Session) -> list[Document]:
    """Documents of a run's sources that are still there, drawn with a fixed seed.

    Raises:
        StorageError: another process works on the run.
        UsageError: none of its sources can be read.
    """
    with RunStore(folder) as store:
        items = [i for i in store.items() if i.state == "done"]
    found: dict[str, Document] = {}
    for item in Random("counterfactual").sample(items, len(items)):  # noqa: S311
        if len(found) == most:
            break
        try:
            loaded = load_input(Path(item.source))
            if loaded.id == item.id:
                found[item.id] = await session.read_document(loaded)
        except DocumentError:
            continue
    if not found:
        message = f"None of the sources of {folder} is where it was when it was evaluated."
        raise UsageError(message, hint="Run it from the folder in which batch was run.")
    return list(found.values())


def swaps_html(swaps: Swaps) -> str:
    """A page with a line for each factor, and every difference."""
    return environment().get_template("swaps.html.j2").render(swaps=swaps)


def swap_all(documents: Sequence[Document], assessor: Assessor) -> Swaps:
    """Every factor in every document, read by the embedded rules.

    Args:
        documents: as they were read.
        assessor: judges.
    """
    says = {name: str(data["says"]) for name, data in factors().items()}
    found = tuple(
        _swap(document, factor, assessor) for document in documents for factor in factors()
    )
    return Swaps(resumes=len(documents), says=says, swaps=found)


def _swap(document: Document, factor: str, assessor: Assessor) -> Swap:
    made = list(variants(document, factor))
    result = Swap(resume=document.id, factor=factor, variants=len(made), requests=0, verdicts=0)
    if len(made) < 2:
        return result.model_copy(update={"why": "nothing to swap was found"})
    requests: list[str] = []
    shown: list[str] = []
    verdicts: set[str] = set()
    try:
        for variant in made:
            candidate = _candidate(variant)
            requests.append(json.dumps(build_messages(candidate.request), ensure_ascii=False))
            shown.append(candidate.request.model_dump_json())
            report = assessor.report(candidate, None)
            verdicts.add(
                json.dumps(
                    [report.track, report.axes.model_dump(mode="json"), report.seniority,
                     [(d.level, d.standing) for d in report.dimensions.values()]]
                )
            )  # fmt: skip
    except EvaluatorError as error:
        return result.model_copy(update={"why": f"a variant was not read: {error.message}"})
    return result.model_copy(
        update={
            "requests": len(set(requests)),
            "verdicts": len(verdicts),
            "differs": _first_difference(shown),
        }
    )


def _candidate(document: Document) -> Candidate:
    parts = outline(document)
    code = PublicCode(outcome=PortfolioOutcome(status=PortfolioStatus.NONE))
    return prepare(document, parts, contact(document, parts), code)


def _first_difference(shown: Sequence[str]) -> tuple[str, str] | None:
    one = shown[0]
    for other in shown[1:]:
        if other != one:
            at = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
            begin = max(0, at - _SHOWN // 4)
            return one[begin : begin + _SHOWN], other[begin : begin + _SHOWN]
    return None


def variants(document: Document, factor: str) -> Iterator[Document]:
    """The document with one factor in all its forms; none where it has not what would be swapped."""
    data = factors()[factor]
    for kind, make in _MAKERS.items():
        values = data.get(kind)
        if isinstance(values, list):
            for value in values:
                edits = make(document, value, str(data.get("heading", "")))
                if edits:
                    yield rewritten(document, edits)


def _renamed(document: Document, name: object, _: str) -> list[Edit]:
    person = contact(document, outline(document))
    if not person.name or len(person.name.split()) < 2:
        return []
    every = re.findall(r"[^\W\d_]+", person.name)
    old = [word for word in every if len(word) > 1] or every
    words = str(name).split()
    place = {word.casefold(): words[0] if n == 0 else words[-1] for n, word in enumerate(old)}
    place[old[0][0].casefold()] = words[0][0]  # as citations write it
    known = known_values(person, ())
    edits = [Edit(*span, str(name)) for span in _spans(document.text, person.name)]
    for start, end, _kind in known.spans(document.text):
        if any(e.start < end and start < e.end for e in edits):
            continue
        said = document.text[start:end]
        swapped = re.sub(r"[^\W\d_]+", lambda m: _as_written(m[0], place), said)
        swapped = _TWICE.sub(r"\1", swapped)
        if swapped != said:
            edits.append(Edit(start, end, swapped))
    return edits


_TWICE = re.compile(r"\b(\w{2,})(?:[ -]\1\b)+")
"""Two family names of which each became the new one."""


def _as_written(word: str, place: dict[str, str]) -> str:
    new = place.get(word.casefold())
    if new is None:
        return word
    return new.lower() if word.islower() else new.upper() if word.isupper() else new


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        yield found.span()


def _after_name(document: Document, words: object, _: str) -> list[Edit]:
    at = _end_of_name(document)
    return [] if at is None else [Edit(at, at, f" {words}")]


def _in_header(document: Document, words: object, _: str) -> list[Edit]:
    at = _end_of_name(document)
    if at is None:
        return []
    end = document.line_at(at).end
    return [Edit(end, end, f"\n{words}")]


def _end_of_name(document: Document) -> int | None:
    name = contact(document, outline(document)).name
    found = next(_spans(document.text, name), None) if name else None
    return found[1] if found else None


def _schools(document: Document, school: object, _: str) -> list[Edit]:
    names = sorted(schools_of(document, outline(document)), key=len, reverse=True)
    edits: list[Edit] = []
    for name in names:
        for start, end in _spans(document.text, name):
            if not any(e.start < end and start < e.end for e in edits):
                edits.append(Edit(start, end, str(school)))
    return edits


def _study_years(document: Document, by: object, _: str) -> list[Edit]:
    assert isinstance(by, int)
    return [
        Edit(start, end, str(int(document.text[start:end]) + by))
        for passage in outline(document).passages
        if passage.section is Section.EDUCATION
        for found in YEAR.finditer(document.text, passage.start, passage.end)
        for start, end in [found.span()]
        if document.text[start:end].isdigit()
    ]


def _section(document: Document, words: object, heading: str) -> list[Edit]:
    end = len(document.text)
    return [Edit(end, end, f"\n\n{heading}\n{words}")]


_MAKERS: dict[str, Callable[[Document, object, str], list[Edit]]] = {
    "values": _renamed,
    "after_name": _after_name,
    "header": _in_header,
    "schools": _schools,
    "study_years": _study_years,
    "section": _section,
}

"""A candidate's correction: facts that are struck or added, each with its basis, and what the reading is with them.

The report stays as it is. What a correction makes of it is kept beside it, with who said what and why.
"""

from __future__ import annotations

import tomllib
from itertools import count
from pathlib import Path

from pydantic import Field, ValidationError

from ..access import Access
from ..batch.files import write_if_changed
from ..batch.outputs import place_of
from ..errors import UsageError
from ..models.base import Value
from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Axis, Context, Dimension, Outcome, Track
from ..report import CandidateReport
from ..rubric import Rubric
from ..scoring import Verdict
from .recomputing import verdict_of

_MEND = "A correction has [[strike]] with words and basis, and [[add]] with text, dimension, context, agency, outcome and basis."
_LEAST_WORDS = 6
"""Characters by which a passage is named."""


class Strike(Value):
    """A passage that is not to count."""

    words: str = Field(min_length=_LEAST_WORDS)
    """Of the passage, as the notice quotes it."""
    basis: str = Field(min_length=3)
    """Why, and who says so."""


class Added(Value):
    """A fact that the resume does not tell."""

    text: str = Field(min_length=_LEAST_WORDS)
    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool = False
    ml_specific: bool = False
    months: int | None = Field(default=None, ge=0)
    basis: str = Field(min_length=3)
    """Where it can be seen, and who looked."""

    def as_evidence(self, number: int) -> Evidence:
        """As an item that stands in no document: its place is before the first."""
        given = self.model_dump(exclude={"text", "basis"})
        at = Location(start=-number - 1, end=-number - 1)
        return Evidence(id=f"a{number}", quote=self.text, source=RESUME, location=at, **given)


class Correction(Value):
    """What a correction file holds."""

    strike: tuple[Strike, ...] = ()
    add: tuple[Added, ...] = ()


class Result(Value):
    """A verdict in short."""

    track: Track
    bands: dict[Axis, int]
    scores: dict[Axis, float]
    levels: dict[Dimension, int]


class Corrected(Value):
    """A reading before and after a correction."""

    id: str
    """Of the report."""
    rubric: str
    correction: Correction
    struck: dict[str, tuple[str, ...]]
    """Words of each strike to the quotes that it took out."""
    before: Result
    after: Result


def load_correction(path: Path) -> Correction:
    """Read a correction file.

    Raises:
        UsageError: it cannot be read, or is no correction.
    """
    try:
        found = Correction.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise UsageError(message, hint=_MEND) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"The correction {path} is not valid: {place}: {first['msg']}."
        raise UsageError(message, hint=_MEND) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or nested without end
        message = f"The correction {path} is not valid: {error}."
        raise UsageError(message, hint=_MEND) from error
    if not (found.strike or found.add):
        message = f"The correction {path} strikes nothing and adds nothing."
        raise UsageError(message, hint=_MEND)
    return found


def correct(report: CandidateReport, correction: Correction, rubric: Rubric) -> Corrected:
    """Compute the verdict again with a correction.

    Raises:
        UsageError: a passage to be struck is not among the evidence.
    """
    struck: dict[str, tuple[str, ...]] = {}
    rest = list(report.evidence)
    for one in correction.strike:
        meant = [item for item in report.evidence if _plain(one.words) in _plain(item.quote)]
        if not meant:
            message = f"No passage that counted holds “{one.words}”."
            raise UsageError(message, hint="Give words of it as “evaluator notice” quotes them.")
        struck[one.words] = tuple(dict.fromkeys(item.quote for item in meant))
        rest = [item for item in rest if item not in meant]
    added = [fact.as_evidence(number) for number, fact in enumerate(correction.add)]
    return Corrected(
        id=report.id,
        rubric=rubric.key,
        correction=correction,
        struck=struck,
        before=result_of(verdict_of(report, report.evidence, rubric)),
        after=result_of(verdict_of(report, (*rest, *added), rubric)),
    )


def keep_beside(folder: Path, id_: str, corrected: Corrected, access: Access) -> Path:
    """Keep a correction as ``reports/ID.correction-N.json``; the same again is kept once.

    Raises:
        StorageError: the folder cannot be written.
    """
    content = (corrected.model_dump_json(indent=2) + "\n").encode("utf-8")
    for number in count(1):  # pragma: no branch - there is always a number that is free
        path = place_of(folder, id_, f"correction-{number}.json")
        if not path.exists() or path.read_bytes() == content:
            break
    write_if_changed(path, content, access)
    return path


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def result_of(verdict: Verdict) -> Result:
    """A verdict in short."""
    return Result(
        track=verdict.track, bands=verdict.bands, scores=verdict.scores, levels=verdict.levels
    )

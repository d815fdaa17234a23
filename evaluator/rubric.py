"""The numbers of the judgement, from their file, validated."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from .errors import UsageError
from .models.base import Value
from .models.vocabulary import Outcome
from .prompt_files import read_resource

Points = Annotated[float, Field(ge=0, le=4)]


class ByOutcome(Value):
    none: Points
    scope: Points
    stated: Points
    quantified: Points

    def of(self, outcome: Outcome) -> float:
        """Points of an outcome."""
        return float(getattr(self, outcome.value))


class Strength(Value):
    listed: Points
    credential: Points
    coursework: Points
    exposed: Points
    contributed: ByOutcome
    owned: ByOutcome
    owned_quantified_production: Points
    responsibility: Points
    responsibility_months: int
    owned_corroborated: Points
    demonstrated_cap: Points
    demonstrated_releases: int
    papers: int
    papers_proven: Points
    quality_cap: Points
    security_cap: Points
    dimensions_of_one: int


class Smoothing(Value):
    further_item: Points
    further_most: Points


class Score(Value):
    weights: tuple[float, ...]


class Bands(Value):
    stray_mentions: int
    mentions_of_exercise: int
    working_applied: int
    strong_owned: int
    strong_applied: int
    strong_proven: int
    strong_results: int
    strong_years: float
    sustained_years: float
    sustained_applied: int
    sustained_owned: int
    expert_proven: int
    expert_owned: int
    expert_years: float
    ops_without_ml: int
    office_alone: int
    quality_alone: int
    security_alone: int
    deep: int


class SeniorityRules(Value):
    engineer_years: float
    results: int
    senior_years: float
    senior_guides: int
    lead_years: float
    lead_facts: int
    lead_title_years: float
    director_years: float


class ReviewRules(Value):
    few_items: int
    bands_apart: int


class ConfidenceRules(Value):
    half_at: float
    nothing_found: float


class ReadingRules(Value):
    most: int
    sparse: float


class SupportRules(Value):
    few_items: int
    items: int
    share: float
    few_places: int
    dimensions_of_one: int
    flattered_items: int
    flattered_few_share: float
    flattered_share: float


class Rubric(Value):
    """One version of the judgement's numbers."""

    version: str
    strength: Strength
    smoothing: Smoothing
    score: Score
    bands: Bands
    seniority: SeniorityRules
    review: ReviewRules
    confidence: ConfidenceRules
    readings: ReadingRules
    support: SupportRules
    sha256: str

    @property
    def key(self) -> str:
        """Version and the first digits of the content's digest, as reports show it."""
        return f"{self.version}+{self.sha256[:12]}"


@cache
def load_rubric(path: Path | None = None) -> Rubric:
    """The rubric that ships with this version, or a user's own file of the same form.

    Raises:
        UsageError: there is no such file, or it is no rubric.
    """
    text = text_of_file(path) if path else read_resource("prompts", "rubrics/default.toml")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    try:
        return Rubric.model_validate({**tomllib.loads(text), "sha256": digest})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"The rubric {path} is not valid: {first_line(error)}."
        raise UsageError(message, hint="See prompts/rubrics/default.toml for the form.") from error


def text_of_file(path: Path) -> str:
    """The text of a file that a user names.

    Raises:
        UsageError: it is none, or not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not in UTF-8."
        raise UsageError(message, hint="Save it as UTF-8.") from error
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise UsageError(message, hint="Give the path of a TOML file in UTF-8.") from error


def first_line(error: Exception) -> str:
    """What is wrong with a file's content, in a line."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}"
    return str(error).splitlines()[0]
